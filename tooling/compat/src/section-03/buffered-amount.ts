/** The property `bufferedAmount`. */
import { doneAtOnce, largeText } from '../compression.js';
import { masked, zeroKey } from '../frames.js';
import { dialManually, openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** A message that is compressed, and others behind it. */
async function noteCompression(world: World, text: string): Promise<void> {
  const { client } = await world.pair({ server: { perMessageDeflate: { threshold: 0 } } });
  client.send(text);
  world.note('compressing', client.bufferedAmount);
  client.send('y'.repeat(200));
  client.send('not compressed', { compress: false });
  client.ping('ping');
  world.note('waiting', client.bufferedAmount);
  await new Promise((resolve) => {
    client.pong('', undefined, resolve);
  });
  world.note('written', client.bufferedAmount);
}

export const bufferedAmountScenarios: readonly Scenario[] = [
  {
    title: 'while dialing, and when open',
    covers: ['3.bufferedAmount.initial'],
    async run(world) {
      world.note('dialing', dialManually(world).websocket.bufferedAmount);
      world.note('open', (await openClientManually(world)).websocket.bufferedAmount);
      world.note('server', openManually(world).websocket.bufferedAmount);
    },
  },
  {
    title: 'sends while the socket of a server is busy',
    covers: ['3.bufferedAmount.queue'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      socket.held = true;
      websocket.send('hello');
      world.note('text', websocket.bufferedAmount);
      websocket.send(Buffer.alloc(300));
      world.note('binary', websocket.bufferedAmount);
      websocket.send(Buffer.alloc(70_000));
      world.note('long', websocket.bufferedAmount);
      websocket.ping('ping');
      websocket.pong();
      world.note('control', websocket.bufferedAmount);
      await turn();
      world.note('a turn later', websocket.bufferedAmount);
      socket.release();
      await turn();
      world.note('written', websocket.bufferedAmount);
    },
  },
  {
    title: 'sends while the socket of a client is busy',
    covers: ['3.bufferedAmount.queue'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      socket.held = true;
      websocket.send('hello');
      websocket.send('unmasked', { mask: false });
      world.note('sent', websocket.bufferedAmount);
      await turn();
      world.note('a turn later', websocket.bufferedAmount);
      websocket.close(1000, 'bye');
      world.note('close', websocket.bufferedAmount);
      socket.release();
      await turn();
      world.note('written', websocket.bufferedAmount);
    },
  },
  {
    title: 'a message that is compressed, and others behind it',
    covers: ['3.bufferedAmount.compression'],
    run: (world) => noteCompression(world, largeText),
  },
  {
    title: 'a small message that is compressed, and others behind it',
    covers: ['3.bufferedAmount.compression'],
    because: `${doneAtOnce}; what is behind it counts as frames that leave with the tick`,
    run: (world) => noteCompression(world, 'x'.repeat(5000)),
    compare: (entries) =>
      entries.map(([what, amount]) => [what, (amount as number) < 100 ? 'frames' : amount]),
    expected: {
      ws: [
        ['compressing', 5000],
        ['waiting', 5218],
        ['written', 'frames'],
      ],
      hybi: [
        ['compressing', 'frames'],
        ['waiting', 'frames'],
        ['written', 'frames'],
      ],
    },
  },
  {
    title: 'a Blob, and messages behind it',
    covers: ['3.bufferedAmount.blob'],
    async run(world) {
      const { websocket } = await openClientManually(world);
      websocket.send(new Blob(['hello']) as any);
      world.note('reading', websocket.bufferedAmount);
      websocket.send('text');
      websocket.send(new Blob(['more']) as any);
      websocket.ping('ping');
      world.note('waiting', websocket.bufferedAmount);
      await new Promise((resolve) => {
        websocket.send('last', resolve);
      });
      world.note('written', websocket.bufferedAmount);
    },
  },
  {
    title: 'after a failed opening handshake',
    covers: ['3.bufferedAmount.failed'],
    async run(world) {
      const { websocket } = dialManually(world);
      const error = world.next(websocket, 'error');
      websocket.terminate();
      world.note('CLOSING', websocket.bufferedAmount);
      websocket.send('hello');
      world.note('sent', websocket.bufferedAmount);
      await error;
      websocket.ping('ping');
      websocket.pong(Buffer.alloc(3));
      websocket.send(new Blob(['blob']) as any);
      world.note('CLOSED', websocket.readyState, websocket.bufferedAmount);
    },
  },
  {
    title: 'sends in CLOSING and in CLOSED',
    covers: ['3.bufferedAmount.late', '3.bufferedAmount.late-blob', '3.bufferedAmount.stays'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const closed = world.next(websocket, 'close');
      websocket.close();
      const values: any[] = ['hé', 12345, null, Buffer.alloc(300), new Blob(['blob']), [1, 2]];
      for (const value of values) {
        for (const method of ['send', 'ping', 'pong'] as const) {
          websocket[method](value);
          world.note(`${method} in CLOSING`, websocket.bufferedAmount);
        }
      }
      await socket.receive(masked(0x88));
      await socket.receiveEnd();
      await closed;
      world.note('CLOSED', websocket.bufferedAmount);
      for (const value of values) {
        for (const method of ['send', 'ping', 'pong'] as const) {
          websocket[method](value);
          world.note(`${method} in CLOSED`, websocket.bufferedAmount);
        }
      }
      await turn();
      world.note('at last', websocket.bufferedAmount);
    },
  },
  {
    title: 'what was sent too late adds to what the socket holds',
    covers: ['3.bufferedAmount.late', '3.bufferedAmount.queue'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: zeroKey });
      socket.held = true;
      websocket.send('hello');
      websocket.close(1000);
      world.note('closing', websocket.bufferedAmount);
      websocket.send('late');
      world.note('sent', websocket.bufferedAmount);
      socket.release();
      await turn();
      world.note('written', websocket.bufferedAmount);
    },
  },
  {
    title: 'a send that the kernel takes at once',
    covers: ['3.bufferedAmount.kernel'],
    async run(world) {
      const { client, remote } = await world.pair();
      const message = world.next(remote, 'message');
      client.send('hello');
      world.note('client', client.bufferedAmount);
      await message;
      remote.send(Buffer.alloc(2000));
      world.note('server', remote.bufferedAmount);
    },
  },
];
