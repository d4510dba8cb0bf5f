/** The closing handshake. */
import type { WebSocket } from 'ws';
import { doneAtOnce, largePayload, smallPayload } from '../compression.js';
import { closing, masked, unmasked, zeroKey } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { RawPeer, World } from '../world.js';
import { watchStates } from './states.js';

const payloads = ['', closing(1000), closing(1001, 'reason'), closing(4999, 'ü'.repeat(61))];

/** A peer that closes with each payload, over a network. */
async function closeByPeer(
  world: World,
  frame: typeof masked,
  open: () => Promise<{ websocket: WebSocket; peer: RawPeer }>,
): Promise<void> {
  for (const payload of payloads) {
    const { websocket, peer } = await open();
    watchStates(world, 'websocket', websocket);
    const closed = world.closeOf(websocket);
    peer.write(Buffer.concat([frame(0x88, payload), frame(0x81, 'behind'), frame(0x83)]));
    await peer.readAll();
    peer.socket.end();
    await closed;
    world.note('sent', peer.bytes);
  }
}

/** A compressed message, a close frame and the end, all in one chunk. */
async function noteLast(world: World, payload: Buffer): Promise<void> {
  const header = 'Sec-WebSocket-Extensions: permessage-deflate';
  const { websocket, socket } = await openClientManually(world, {}, [header]);
  watchStates(world, 'websocket', websocket);
  socket.on('close', () => world.note('socket close'));
  const closed = world.closeOf(websocket);
  socket.push(Buffer.concat([unmasked(0xc1, payload), unmasked(0x88, closing(1000))]));
  socket.push(null);
  await closed;
}

/** A peer that answers a close with something, over a network. */
async function closeFirst(
  world: World,
  frame: typeof masked,
  open: () => Promise<{ websocket: WebSocket; peer: RawPeer }>,
): Promise<void> {
  for (const answer of payloads) {
    const { websocket, peer } = await open();
    watchStates(world, 'websocket', websocket);
    const closed = world.closeOf(websocket);
    websocket.close(4000, 'own');
    await peer.read(({ length }) => length >= 7);
    world.note('peer has not ended', peer.ended);
    peer.write(frame(0x88, answer));
    await peer.readAll();
    peer.socket.end();
    await closed;
    world.note('sent', peer.bytes);
  }
}

function noteCalls(world: World, websocket: WebSocket, callThrough: boolean): void {
  const { close } = websocket;
  websocket.close = (...values: any[]): void => {
    world.note('method close', websocket.readyState, values.length, ...values);
    if (callThrough) close.apply(websocket, values as []);
  };
}

export const handshakeScenarios: readonly Scenario[] = [
  {
    title: 'the peer of a server closes',
    covers: [
      '11.code.peer',
      '11.code.1005',
      '11.peer.stop',
      '11.peer.echo',
      '11.peer.echo-empty',
      '11.end',
    ],
    run: (world) => closeByPeer(world, masked, () => world.rawPeer()),
  },
  {
    title: 'the peer of a client closes',
    covers: ['11.code.peer', '11.code.1005', '11.peer.echo', '11.peer.echo-empty', '11.end.client'],
    run: (world) =>
      closeByPeer(world, unmasked, () => world.rawServer({ client: { generateMask: zeroKey } })),
  },
  {
    title: 'a server closes, and the peer answers',
    covers: ['11.code.peer', '11.code.1005', '11.code.own', '11.end'],
    run: (world) => closeFirst(world, masked, () => world.rawPeer()),
  },
  {
    title: 'a client closes, and the peer answers',
    covers: ['11.code.peer', '11.code.1005', '11.code.own', '11.end', '11.end.client'],
    run: (world) =>
      closeFirst(world, unmasked, () => world.rawServer({ client: { generateMask: zeroKey } })),
  },
  {
    title: 'a peer that ends instead of answering',
    covers: ['11.code.1006', '11.code.own', '11.fin'],
    async run(world) {
      for (const ownFirst of [true, false]) {
        const { websocket, peer } = await world.rawPeer();
        watchStates(world, 'websocket', websocket);
        const closed = world.closeOf(websocket);
        if (ownFirst) websocket.close(4000);
        peer.socket.end();
        await closed;
        await peer.readAll();
        world.note('sent', peer.bytes);
      }
    },
  },
  {
    title: 'a close frame in each of several chunks, and in pieces',
    covers: ['11.peer.stop', '11.peer.echo'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      watchStates(world, 'websocket', websocket);
      for (const byte of masked(0x88, closing(3000, 'why')))
        await socket.receive(Buffer.from([byte]));
      await socket.receive(masked(0x81, 'behind'));
      await socket.receive(masked(0x88, closing(3001)));
      world.note('sent', socket.take(), socket.ends, websocket.readyState);
    },
  },
  {
    title: 'the socket is drained behind the close frame of the peer',
    covers: ['11.peer.drain', '11.peer.stop'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      watchStates(world, 'websocket', websocket);
      websocket.on('message', () => websocket.pause());
      await socket.receive(masked(0x81, 'pauses'), masked(0x88, closing(1000)));
      world.note('paused', websocket.isPaused, socket.isPaused(), socket.readableFlowing);
      await socket.receive(Buffer.alloc(1000));
      world.note('drained', socket.readableLength);
      socket.push(null);
      await turn();
    },
  },
  {
    title: 'the method close, called by a close frame and by an error',
    covers: ['11.peer.method', '11.error.method'],
    async run(world) {
      for (const bytes of [
        masked(0x88),
        masked(0x88, closing(1000)),
        masked(0x88, closing(4000, 'reason')),
        masked(0x83),
        masked(0x81, Buffer.from([0xff])),
      ]) {
        for (const callThrough of [true, false]) {
          const { websocket, socket } = openManually(world);
          watchStates(world, 'websocket', websocket);
          noteCalls(world, websocket, callThrough);
          await socket.receive(Buffer.from(bytes));
          world.note('sent', callThrough, websocket.readyState, socket.take(), socket.ends);
          socket.push(null);
          await turn();
          world.note('at last', websocket.readyState, socket.destroyed);
        }
      }
    },
  },
  {
    title: 'the method close, called in CLOSING',
    covers: ['11.peer.method', '11.error.method', '11.end'],
    async run(world) {
      for (const bytes of [unmasked(0x88, closing(1000)), unmasked(0x83)]) {
        const { websocket, socket } = await openClientManually(world, { generateMask: zeroKey });
        watchStates(world, 'websocket', websocket);
        websocket.close(1000);
        noteCalls(world, websocket, true);
        await socket.receive(Buffer.from(bytes));
        world.note('sent', websocket.readyState, socket.take(), socket.ends);
      }
    },
  },
  {
    title: 'a listener that closes, and one that terminates, when the peer has closed',
    covers: ['11.end', '11.peer.echo'],
    async run(world) {
      for (const method of ['close', 'terminate'] as const) {
        const { websocket, socket } = openManually(world);
        watchStates(world, 'websocket', websocket);
        websocket.on('message', () => websocket[method]());
        await socket.receive(masked(0x81, 'text'), masked(0x88, closing(1001, 'peer')));
        world.note('sent', method, websocket.readyState, socket.take(), socket.ends);
        socket.push(null);
        await turn();
      }
    },
  },
  {
    title: 'both sides close at once',
    covers: ['11.end', '11.code.peer'],
    async run(world) {
      const { client, remote } = await world.pair();
      const codes = Promise.all(
        [client, remote].map((each) => {
          return new Promise((resolve) => {
            each.on('close', (...values) => resolve(values));
          });
        }),
      );
      client.close(4001, 'client');
      remote.close(4002, 'server');
      world.note('closed', ...(await codes));
    },
  },
  {
    title: 'messages that wait for a turn of their own when the socket closes',
    covers: ['11.close.last', '11.closed'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, { allowSynchronousEvents: false });
      watchStates(world, 'websocket', websocket);
      socket.on('close', () => world.note('socket close', websocket.readyState));
      const closed = world.closeOf(websocket);
      socket.push(Buffer.concat(['a', 'b', 'c'].map((each) => masked(0x81, each))));
      socket.push(null);
      await closed;
    },
  },
  {
    title: 'bad bytes, and the socket is destroyed in the same tick',
    covers: ['11.close.last', '11.closed'],
    async run(world) {
      const header = 'Sec-WebSocket-Extensions: permessage-deflate';
      for (const bytes of [unmasked(0x83), unmasked(0xc1, Buffer.from('0ee30f00', 'hex'))]) {
        const { websocket, socket } = await openClientManually(world, {}, [header]);
        watchStates(world, 'websocket', websocket);
        const closed = world.closeOf(websocket);
        socket.push(bytes);
        world.note('received', websocket.readyState);
        socket.destroy();
        await closed;
      }
    },
  },
  {
    title: 'a compressed message is inflated when the socket closes',
    covers: ['11.close.last'],
    because: 'whether the message or the socket is first is up to the thread that inflates',
    run: (world) => noteLast(world, largePayload()),
    compare: (entries) => entries.filter(([what]) => what !== 'socket close'),
  },
  {
    title: 'a small compressed message when the socket closes',
    covers: ['11.close.last'],
    because: `${doneAtOnce}, so the message comes before the end of the socket`,
    run: (world) => noteLast(world, smallPayload),
    compare: (entries) =>
      entries
        .filter(([what]) => what !== 'socket close')
        .map(([what, state, value]) =>
          what === 'websocket close' ? [what, state, value] : [what, state],
        ),
    expected: {
      ws: [
        ['websocket message', 2],
        ['websocket close', 3, 1000],
      ],
      hybi: [
        ['websocket message', 1],
        ['websocket close', 3, 1000],
      ],
    },
  },
];
