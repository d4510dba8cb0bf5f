/** What is sent while something else takes its time. */
import type { WebSocket } from 'ws';
import { doneAtOnce, largeText } from '../compression.js';
import { closing, unmasked, zeroKey } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const deflate = 'Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover';

function openDeflating(world: World) {
  const perMessageDeflate = { threshold: 0 };
  return openClientManually(world, { generateMask: zeroKey, perMessageDeflate }, [deflate]);
}

/** A callback that notes what it gets. */
function noting(world: World, what: string): (error?: Error) => void {
  return (error) => world.note(what, error ?? 'no error');
}

/** Sends everything there is; the callbacks note their turn. */
function sendMore(world: World, websocket: WebSocket): void {
  websocket.send('text', { compress: false }, noting(world, 'text'));
  websocket.ping('ping', undefined, noting(world, 'ping'));
  websocket.send(Buffer.from('binary'), { compress: true }, noting(world, 'binary'));
  websocket.send(new Blob(['blob']) as any, { compress: true }, noting(world, 'blob'));
  websocket.pong('pong', undefined, noting(world, 'pong'));
  websocket.send('begin', { fin: false, compress: true }, noting(world, 'begin'));
  websocket.ping();
  websocket.send(new Blob(['middle']) as any, { fin: false }, noting(world, 'middle'));
  websocket.send('end', noting(world, 'end'));
}

async function noteRest(world: World, websocket: WebSocket, socket: ManualSocket): Promise<void> {
  const last = new Promise((resolve) => {
    websocket.send('last', resolve);
  });
  world.note('at once', socket.take());
  websocket.close(1000, 'bye');
  world.note('state', websocket.readyState);
  await last;
  await turn();
  world.note('sent', socket.take());
  const closed = world.closeOf(websocket);
  void socket.receive(unmasked(0x88, closing(1000, 'bye')));
  socket.push(null);
  await closed;
}

/** A compressed message, everything there is behind it, and a close. */
async function noteOrder(world: World, first: string): Promise<void> {
  const { websocket, socket } = await openDeflating(world);
  websocket.send(first, { compress: true }, noting(world, 'compressed'));
  sendMore(world, websocket);
  await noteRest(world, websocket, socket);
}

export const orderScenarios: readonly Scenario[] = [
  {
    title: 'a compressed message, and everything behind it',
    covers: ['13.order.compression', '13.order.mixed'],
    run: (world) => noteOrder(world, largeText),
  },
  {
    title: 'a small compressed message, and everything behind it',
    covers: ['13.order.compression', '13.order.mixed'],
    because: `${doneAtOnce}, so the message is written earlier`,
    run: (world) => noteOrder(world, 'compressed'),
    compare(entries) {
      const written = entries.filter(([what]) => what === 'at once' || what === 'sent');
      const bytes = written.map(([, buffer]) => (buffer as string[])[1]).join('');
      return [bytes, entries.filter((entry) => !written.includes(entry))];
    },
  },
  {
    title: 'what is written of a small compressed message when send returns',
    covers: ['13.order.compression'],
    because: doneAtOnce,
    async run(world) {
      const { websocket, socket } = await openDeflating(world);
      websocket.send('compressed');
      world.note('bytes', socket.take().length);
    },
    expected: { ws: [['bytes', 0]], hybi: [['bytes', 18]] },
  },
  {
    title: 'a Blob, and everything behind it',
    covers: ['13.order.blob', '13.order.mixed'],
    async run(world) {
      const { websocket, socket } = await openDeflating(world);
      websocket.send(new Blob(['a blob']) as any, { compress: false }, noting(world, 'a blob'));
      sendMore(world, websocket);
      await noteRest(world, websocket, socket);
    },
  },
  {
    title: 'a Blob without the extension, and everything behind it',
    covers: ['13.order.blob', '13.order.mixed'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: zeroKey });
      websocket.send(new Blob(['a blob']) as any, noting(world, 'a blob'));
      sendMore(world, websocket);
      await noteRest(world, websocket, socket);
    },
  },
  {
    title: 'Blobs as pings and pongs',
    covers: ['13.order.blob'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.ping(new Blob(['ping']), undefined, noting(world, 'ping') as any);
      websocket.pong(new Blob(['pong']), undefined, noting(world, 'pong') as any);
      world.note('at once', socket.take());
      await new Promise((resolve) => {
        websocket.send('text', resolve);
      });
      world.note('sent', socket.take());
    },
  },
  {
    title: 'messages that are sent in the callbacks of others',
    covers: ['13.order.mixed'],
    async run(world) {
      const { websocket, socket } = await openDeflating(world);
      await new Promise((resolve) => {
        websocket.send('one', () => {
          websocket.send('four', { compress: false }, resolve);
          world.note('in the callback of one');
        });
        websocket.send('two', () => world.note('in the callback of two'));
        websocket.send('three', { compress: false });
      });
      world.note('sent', socket.take());
    },
  },
];
