/** What event objects tell. */
import { closing, masked } from '../frames.js';
import { answer, dialManually, openClientManually, openManually, turn } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

function watchClose(world: World, websocket: any): void {
  websocket.addEventListener('close', (event: any) => {
    world.note('close', event.code, event.reason, event.wasClean);
  });
  websocket.addEventListener('error', () => {});
}

/** How a connection ends. */
const endings: { [how: string]: (websocket: any, socket: ManualSocket) => Promise<unknown> } = {
  async 'the peer closes'(_websocket, socket) {
    await socket.receive(masked(0x88, closing(4000, 'Grüße')));
    await socket.receiveEnd();
  },
  async 'the peer closes without a code'(_websocket, socket) {
    await socket.receive(masked(0x88));
    await socket.receiveEnd();
  },
  async 'both close'(websocket, socket) {
    websocket.close(1000, 'mine');
    await socket.receive(masked(0x88, closing(1001, 'yours')));
    await socket.receiveEnd();
  },
  async 'only this side closes'(websocket, socket) {
    websocket.close(1000, 'mine');
    await socket.receiveEnd();
  },
  async 'the peer closes, and the answer can not be written'(_websocket, socket) {
    socket.held = true;
    await socket.receive(masked(0x88, closing(1000)));
    socket.destroy();
  },
  async 'nobody closes'(_websocket, socket) {
    await socket.receiveEnd();
  },
  async 'this side terminates'(websocket) {
    websocket.terminate();
  },
  async 'bad bytes come'(_websocket, socket) {
    await socket.receive(masked(0x83));
    await socket.receiveEnd();
  },
  async 'it is emitted by hand'(websocket) {
    websocket.emit('close', 1000, Buffer.from('by hand'));
  },
};

export const eventScenarios: readonly Scenario[] = [
  {
    title: 'the type and the target',
    covers: ['10.target'],
    async run(world) {
      const { websocket, socket } = dialManually(world) as { websocket: any; socket: ManualSocket };
      for (const type of ['open', 'message', 'error', 'close']) {
        websocket.addEventListener(type, (event: any) => {
          world.note(type, event.type, event.target === websocket, event.constructor.name);
        });
        websocket[`on${type}`] = (event: any): void => {
          world.note(`on${type}`, event.type, event.target === websocket);
        };
      }
      await turn();
      await answer(socket, [], Buffer.from('810161', 'hex'));
      await socket.receive(Buffer.from('8300', 'hex'));
      await socket.receiveEnd();
      await turn();
    },
  },
  {
    title: 'listeners of one event get objects of their own',
    covers: ['10.target'],
    run(world) {
      const { websocket } = openManually(world) as { websocket: any };
      const events: unknown[] = [];
      websocket.addEventListener('open', (event: any) => events.push(event));
      websocket.onopen = (event: any) => events.push(event);
      websocket.emit('open');
      world.note('objects', events.length, events[0] === events[1]);
    },
  },
  {
    title: 'texts',
    covers: ['10.message.text'],
    async run(world) {
      const { websocket, socket } = openManually(world) as { websocket: any; socket: ManualSocket };
      websocket.addEventListener('message', (event: any) => world.note('listener', event.data));
      for (const binaryType of ['nodebuffer', 'arraybuffer', 'fragments', 'blob']) {
        websocket.binaryType = binaryType;
        await socket.receive(masked(0x81, 'Grüße'), masked(0x81));
        await socket.receive(masked(0x01, 'a'), masked(0x80, 'b'));
      }
    },
  },
  {
    title: 'binary messages',
    covers: ['10.message.binary'],
    async run(world) {
      const { websocket, socket } = openManually(world) as { websocket: any; socket: ManualSocket };
      websocket.onmessage = ({ data }: any): void => {
        if (data instanceof Blob) world.note('Blob', data.size, data.type);
        else world.note('attribute', data);
      };
      for (const binaryType of ['nodebuffer', 'arraybuffer', 'fragments', 'blob']) {
        websocket.binaryType = binaryType;
        await socket.receive(masked(0x82, 'bytes'), masked(0x82));
        await socket.receive(masked(0x02, 'a'), masked(0x80, 'b'));
      }
    },
  },
  {
    title: 'messages that are emitted by hand',
    covers: ['10.message.text', '10.message.binary', '10.add.by-hand'],
    run(world) {
      const { websocket } = openManually(world) as { websocket: any };
      websocket.addEventListener('message', (event: any) => world.note('data', event.data));
      websocket.emit('message', Buffer.from('text'), false);
      websocket.emit('message', Buffer.from('bytes'), true);
      websocket.emit('message', 'a string', false);
      websocket.emit('message', { any: 'thing' }, true);
      websocket.emit('message', Buffer.from('without isBinary'));
      world.attempt('nothing', () => websocket.emit('message'));
    },
  },
  {
    title: 'every ending',
    covers: ['10.close', '10.close.clean'],
    async run(world) {
      for (const [how, end] of Object.entries(endings)) {
        const { websocket, socket } = openManually(world);
        watchClose(world, websocket);
        world.note(how);
        await end(websocket, socket);
        await turn();
      }
    },
  },
  {
    title: 'a failed opening handshake',
    covers: ['10.close', '10.close.clean', '10.error'],
    async run(world) {
      const { websocket } = dialManually(world);
      watchClose(world, websocket);
      websocket.onerror = ({ error, message, type }): void => {
        world.note('error', error, message, type);
      };
      websocket.terminate();
      await turn();
    },
  },
  {
    title: 'an error of the protocol, on a client and on a server',
    covers: ['10.error'],
    async run(world) {
      const client = await openClientManually(world);
      for (const { websocket, socket } of [client, openManually(world)]) {
        websocket.addEventListener('error', ({ error, message, type }) => {
          world.note('error', error, message, type, error instanceof RangeError);
        });
        await socket.receive(Buffer.from('8300', 'hex'));
      }
    },
  },
  {
    title: 'errors that are emitted by hand',
    covers: ['10.error', '10.add.by-hand'],
    run(world) {
      const { websocket } = openManually(world) as { websocket: any };
      websocket.onerror = ({ error, message }: any): void => world.note('error', error, message);
      for (const error of [new Error('by hand'), { message: 'like an error' }, 'text']) {
        websocket.emit('error', error);
      }
    },
  },
];
