/** The options of `send`, and messages in fragments. */
import { openClientManually, openManually, turn } from '../manual-socket.js';
import { zeroKey } from '../frames.js';
import type { Scenario } from '../scenario.js';

export const sendScenarios: readonly Scenario[] = [
  {
    title: 'text or binary',
    covers: ['8.send.binary', '8.send.binary.option'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const values: any[] = ['text', Buffer.from('bytes'), 5, '', null, undefined, false, [1]];
      const choices: any[] = [{}, { binary: true }, { binary: false }, { binary: undefined }, null];
      for (const options of [...choices, { binary: 0 }, { binary: 'yes' }, undefined]) {
        for (const data of values) {
          websocket.send(data, options);
          await turn();
          world.note(String(data), options, socket.take());
        }
      }
    },
  },
  {
    title: 'with and without compression, where it was negotiated',
    covers: ['8.send.compress'],
    async run(world) {
      const headers = ['Sec-WebSocket-Extensions: permessage-deflate'];
      const options = { generateMask: zeroKey, perMessageDeflate: { threshold: 0 } };
      const { websocket, socket } = await openClientManually(world, options, headers);
      for (const each of [{}, { compress: false }, { compress: true }, { compress: undefined }]) {
        await new Promise((resolve) => {
          websocket.send('hello hello hello', each as object, resolve);
        });
        world.note('sent', each, socket.take());
      }
    },
  },
  {
    title: 'with and without compression, where it was not negotiated',
    covers: ['8.send.compress.off'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      for (const compress of [true, false, undefined]) {
        websocket.send('x'.repeat(2000), { compress } as object);
        await turn();
        world.note('sent', socket.take());
      }
    },
  },
  {
    title: 'frames of clients and of servers, masked and not',
    covers: ['8.send.mask', '8.send.mask.option', '8.send.fin'],
    async run(world) {
      const generateMask = (key: Buffer): void => void key.set([1, 2, 3, 4]);
      const client = await openClientManually(world, { generateMask });
      const server = openManually(world, {}, { generateMask });
      for (const { websocket, socket } of [client, server]) {
        for (const options of [
          {},
          { mask: true },
          { mask: false },
          { mask: undefined },
          { mask: 1 },
        ]) {
          websocket.send('hello', options as object);
          await turn();
          world.note('sent', options, socket.take());
        }
      }
    },
  },
  {
    title: 'the callback in the place of the options, and options that nobody knows',
    covers: ['8.send.options-callback', '8.send.unknown'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.send('text', (...values: unknown[]) => world.note('callback', ...values));
      (websocket as any).send(
        'text',
        () => world.note('the one called'),
        () => world.note('the other one'),
      );
      websocket.send('text', { opcode: 9, rsv1: true, readOnly: true, other: 1 } as object);
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'options that are inherited',
    covers: ['8.send.unknown'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.send('text', Object.create({ binary: true, fin: false }) as object);
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'fragments, and a message behind them',
    covers: ['8.send.fragments', '8.send.fin'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.send('one', { fin: false });
      websocket.send('two', { fin: false });
      websocket.send('three', { fin: true });
      websocket.send(Buffer.from('four'), { fin: false });
      websocket.send('', { fin: undefined } as object);
      websocket.send('five');
      websocket.send('six');
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'later fragments with another binary',
    covers: ['8.send.fragments.first'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.send('one', { fin: false });
      websocket.send(Buffer.from('two'), { fin: false, binary: true });
      websocket.send('three', { binary: true });
      websocket.send('four', { fin: false, binary: true });
      websocket.send('five', { binary: false });
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'later fragments with another compress',
    covers: ['8.send.fragments.first', '8.send.interleaved'],
    async run(world) {
      const { client, remote } = await world.pair({
        client: { generateMask: zeroKey, perMessageDeflate: { threshold: 0 } },
        server: { perMessageDeflate: true },
      });
      const wire: Buffer[] = [];
      (remote as any)._socket.prependListener('data', (chunk: Buffer) => {
        wire.push(Buffer.from(chunk));
      });
      const last = world.next(remote, 'pong');
      world.watch(remote, 'remote', ['message', 'ping']);
      client.send('hello', { fin: false, compress: true });
      client.send('hello', { fin: false, compress: false });
      client.ping('between');
      client.send('hello', { fin: true, compress: false });
      client.send('hello', { fin: false, compress: false });
      client.send('hello', { fin: true, compress: true });
      client.pong('end');
      await last;
      world.note('wire', Buffer.concat(wire));
    },
  },
  {
    title: 'fragments below the threshold without context takeover',
    covers: ['8.send.fragments.first', '8.send.compress'],
    async run(world) {
      const headers = ['Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover'];
      const options = { generateMask: zeroKey, perMessageDeflate: { threshold: 10 } };
      const { websocket, socket } = await openClientManually(world, options, headers);
      const sizes = [
        [5, 50],
        [50, 5],
      ];
      for (const [first = 0, second = 0] of sizes) {
        websocket.send('x'.repeat(first), { fin: false });
        await new Promise((resolve) => {
          websocket.send('x'.repeat(second), resolve);
        });
        world.note('wire', socket.take());
      }
    },
  },
  {
    title: 'control frames between fragments',
    covers: ['8.send.interleaved'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.send('one', { fin: false });
      websocket.ping('ping');
      websocket.send('two', { fin: false });
      websocket.pong('pong');
      websocket.send('three');
      websocket.send('half', { fin: false });
      websocket.close(1000);
      await turn();
      world.note('wire', socket.take());
    },
  },
];
