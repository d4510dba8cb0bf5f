/** `_sender.sendFrame`, and `Sender.frame`, as Socket.IO uses them. */
import { masked } from '../frames.js';
import { dialManually, openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const frameOptions = { readOnly: false, mask: false, rsv1: false, opcode: 1, fin: true };

export const senderScenarios: readonly Scenario[] = [
  {
    title: 'one frame for many WebSockets',
    covers: ['20.sender', '20.sender.frame'],
    async run(world) {
      const list = world.lib.module['Sender'].frame(Buffer.from('4shared'), frameOptions);
      world.note('list', list);
      for (let i = 0; i < 2; i++) {
        const { websocket, socket }: any = openManually(world);
        world.note('type', typeof websocket._sender.sendFrame);
        websocket._sender.sendFrame(list);
        await turn();
        world.note('wire', socket.take());
      }
      world.note('list', list);
    },
  },
  {
    title: 'in turn with messages, and its callback',
    covers: ['20.sender', '20.sender.callback'],
    async run(world) {
      const { websocket, socket }: any = openManually(world);
      const list = world.lib.module['Sender'].frame('text', frameOptions);
      const done = (name: string) => (error: unknown) => world.note(name, error);
      websocket.send('first', done('first'));
      websocket._sender.sendFrame(list, done('second'));
      websocket._sender.sendFrame([Buffer.from('8100', 'hex')], done('third'));
      websocket.send('last', done('last'));
      world.note('returned');
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'forms of lists',
    covers: ['20.sender', '20.sender.frame'],
    async run(world) {
      const { frame } = world.lib.module['Sender'];
      const { websocket, socket }: any = await openClientManually(world);
      socket.take();
      const mask = { ...frameOptions, mask: true, generateMask: (key: Buffer) => key.fill(1) };
      for (const [data, options] of [
        [Buffer.alloc(0), frameOptions],
        ['', frameOptions],
        ['grüße', frameOptions],
        [Buffer.from('masked'), mask],
        ['masked', mask],
        [Buffer.from('read only'), { ...mask, readOnly: true }],
      ]) {
        const list = frame(data, options);
        world.note('list', list);
        websocket._sender.sendFrame(list);
        await turn();
        world.note('wire', socket.take());
      }
    },
  },
  {
    title: 'before it is open, and after it was closed',
    covers: ['20.sender.null', '20.sender.callback'],
    async run(world) {
      const { websocket: dialing }: any = dialManually(world);
      world.note('dialing', dialing._sender);
      const { websocket, socket }: any = openManually(world);
      const { _sender: sender } = websocket;
      websocket.terminate();
      await turn();
      world.note('same', websocket._sender === sender);
      const list = [Buffer.from('8100', 'hex')];
      const told = new Promise((resolve) => {
        sender.sendFrame(list, (error: any) => resolve(error instanceof Error));
      });
      world.note('told', await told, socket.take());
    },
  },
  {
    title: 'behind a message that is being compressed',
    covers: ['20.sender'],
    because: 'A frame that is sent by hand goes past a compression in ws, and waits for it in hybi',
    compare: (entries) => entries.filter(([what]) => what === 'frame'),
    async run(world) {
      const { remote, client } = await world.pair({
        server: { perMessageDeflate: true },
      });
      const both = new Promise<void>((resolve) => {
        let count = 0;
        client.on('message', (data: Buffer) => {
          if (data.toString() === 'frame') world.note('frame', data);
          else world.note('message', data);
          if (++count === 2) resolve();
        });
      });
      remote.send('message');
      (remote as any)._sender.sendFrame([Buffer.from('8105', 'hex'), Buffer.from('frame')]);
      await both;
    },
  },
  {
    title: 'from a message listener',
    covers: ['20.sender'],
    async run(world) {
      const { websocket, socket }: any = openManually(world);
      const list = world.lib.module['Sender'].frame(Buffer.from('echo'), frameOptions);
      websocket.on('message', () => websocket._sender.sendFrame(list));
      await socket.receive(masked(0x81, 'a'), masked(0x81, 'b'));
      world.note('wire', socket.take());
    },
  },
];
