/** What waits is lost: the socket was destroyed, or a Blob could not be read. */
import type { WebSocket } from 'ws';
import { closing, masked, unmasked, zeroKey } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const deflate = 'Sec-WebSocket-Extensions: permessage-deflate';

function openDeflating(world: World) {
  return openClientManually(world, { generateMask: zeroKey, perMessageDeflate: true }, [deflate]);
}

function noting(world: World, what: string): (error?: Error) => void {
  return (error) => world.note(`callback of ${what}`, error ?? 'no error');
}

/** A Blob whose reading ends when and how the scenario wants. */
function heldBlob(size = 4) {
  let resolve: (bytes: ArrayBuffer) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const reading = new Promise<ArrayBuffer>((onRead, onFailure) => {
    resolve = onRead;
    reject = onFailure;
  });
  // A Blob behind one that can not be read is not read itself.
  reading.catch(() => {});
  const blob = Object.assign(new Blob([Buffer.alloc(size)]), { arrayBuffer: () => reading });
  return { blob: blob as any, read: () => resolve(new ArrayBuffer(size)), fail: reject };
}

function sendBehind(world: World, websocket: WebSocket): void {
  websocket.send('text', noting(world, 'text'));
  websocket.ping('ping', undefined, noting(world, 'ping'));
  websocket.send('without a callback');
  websocket.pong('pong', undefined, noting(world, 'pong'));
}

const events = ['error', 'close'];

export const failureScenarios: readonly Scenario[] = [
  {
    title: 'terminate during a compression',
    covers: ['13.closed.compression'],
    async run(world) {
      const { websocket } = await openDeflating(world);
      world.watch(websocket, 'websocket', events);
      const closed = world.closeOf(websocket);
      websocket.send('x'.repeat(100_000), noting(world, 'compressed'));
      sendBehind(world, websocket);
      websocket.terminate();
      world.note('terminated', websocket.readyState);
      await closed;
      await turn();
      world.note('closed', websocket.readyState);
    },
    because: 'whether the compression or the socket ends first is up to its thread',
    compare: (entries) => {
      const callbacks = entries.filter(([what]) => String(what).startsWith('callback'));
      return [callbacks, entries.filter((entry) => !callbacks.includes(entry))];
    },
  },
  {
    title: 'terminate behind close, during a compression',
    covers: ['13.closed.compression'],
    async run(world) {
      const { websocket, socket } = await openDeflating(world);
      world.watch(websocket, 'websocket', events);
      const closed = world.closeOf(websocket);
      const told = new Promise<void>((resolve) => {
        websocket.send('x'.repeat(100_000), (error) => {
          world.note('compressed', error ?? 'no error');
          resolve();
        });
      });
      websocket.close(1000);
      socket.destroy();
      await Promise.all([closed, told]);
      world.note('written', socket.take());
    },
    because: 'whether the compression or the socket ends first is up to its thread',
    compare: (entries) => [...entries].sort(([one], [other]) => (one! < other! ? -1 : 1)),
  },
  {
    title: 'terminate while a Blob is read',
    covers: ['13.closed.blob', '13.closed.blob.later'],
    async run(world) {
      const { websocket } = await openClientManually(world);
      world.watch(websocket, 'websocket', events);
      const { blob, read } = heldBlob();
      websocket.send(blob, noting(world, 'blob'));
      sendBehind(world, websocket);
      websocket.terminate();
      read();
      await turn();
      await turn();
      world.note('closed', websocket.readyState, websocket.bufferedAmount);
    },
    because: 'hybi tells the callbacks when the socket has closed, ws when the Blob is read',
    compare: (entries) => {
      const callbacks = entries.filter(([what]) => String(what).startsWith('callback'));
      return [callbacks, entries.filter(([what]) => String(what).startsWith('websocket'))];
    },
  },
  {
    title: 'a Blob that can not be read, on a client and on a server',
    covers: [
      '13.unreadable.callbacks',
      '13.unreadable.event',
      '13.unreadable.closing',
      '13.closed.blob.later',
    ],
    async run(world) {
      const client = await openClientManually(world, { generateMask: zeroKey });
      for (const { websocket, socket } of [client, openManually(world)]) {
        world.watch(websocket, 'websocket', events);
        const { blob, fail } = heldBlob();
        websocket.send('before');
        websocket.send(blob, noting(world, 'blob'));
        sendBehind(world, websocket);
        fail(new DOMException('The Blob could not be read.', 'NotReadableError'));
        await turn();
        await turn();
        world.note('failed', websocket.readyState, socket.ends, socket.take());
        websocket.send('too late', noting(world, 'too late'));
        await turn();
        const closed = world.closeOf(websocket);
        socket.push(null);
        await closed;
      }
    },
  },
  {
    title: 'a message that arrives after a Blob could not be read',
    covers: ['13.unreadable.closing'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message', ...events]);
      const { blob, fail } = heldBlob();
      websocket.send(blob);
      fail(new Error('unreadable'));
      await turn();
      await socket.receive(masked(0x81, 'still here'), masked(0x89, 'ping'));
      world.note('sent', socket.take(), websocket.readyState);
      await socket.receive(masked(0x88, closing(1000)));
      socket.push(null);
      await turn();
      world.note('closed', websocket.readyState, socket.take());
    },
  },
  {
    title: 'a Blob that can not be read, and a peer that does not end',
    covers: ['13.unreadable.timer'],
    async run(world) {
      const { websocket, socket } = openManually(world, { closeTimeout: 5 });
      world.watch(websocket, 'websocket', events);
      const closed = world.closeOf(websocket);
      const { blob, fail } = heldBlob();
      websocket.send(blob);
      fail(new Error('unreadable'));
      await closed;
      world.note('closed', socket.destroyed, socket.ends);
    },
  },
  {
    title: 'a Blob that can not be read in CLOSED',
    covers: ['13.unreadable.closed', '13.unreadable.callbacks'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      world.watch(websocket, 'websocket', events);
      const { blob, fail } = heldBlob();
      websocket.send(blob);
      const closed = world.closeOf(websocket);
      socket.destroy();
      await closed;
      fail(new Error('unreadable'));
      await turn();
      world.note('closed', websocket.readyState);
    },
  },
  {
    title: 'a Blob that can not be read after an error of the protocol',
    covers: ['13.unreadable.second', '13.unreadable.callbacks'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: zeroKey });
      world.watch(websocket, 'websocket', events);
      const { blob, fail } = heldBlob();
      websocket.send(blob, noting(world, 'blob'));
      await socket.receive(unmasked(0x83));
      world.note('protocol error', websocket.readyState, socket.take());
      fail(new Error('unreadable'));
      await turn();
      await turn();
      world.note('unreadable', websocket.readyState, socket.ends, socket.take());
    },
  },
  {
    title: 'two Blobs, of which the first can not be read',
    covers: ['13.unreadable.second', '13.unreadable.callbacks'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', events);
      const one = heldBlob();
      const other = heldBlob();
      websocket.send(one.blob, noting(world, 'one'));
      websocket.send(other.blob, noting(world, 'other'));
      one.fail(new Error('unreadable'));
      other.fail(new Error('unreadable too'));
      await turn();
      await turn();
      world.note('sent', socket.take(), websocket.readyState);
    },
  },
  {
    title: 'a Blob that can not be read, and nobody listens for errors',
    covers: ['13.unreadable.event'],
    async run(world) {
      const { websocket } = openManually(world);
      const uncaught = new Promise((resolve) => {
        const listeners = process.listeners('uncaughtException');
        process.removeAllListeners('uncaughtException');
        process.once('uncaughtException', (error) => {
          for (const each of listeners) process.on('uncaughtException', each);
          resolve(error);
        });
      });
      const { blob, fail } = heldBlob();
      websocket.send(blob, noting(world, 'blob'));
      fail(new Error('unreadable'));
      world.note('uncaught', await uncaught, websocket.readyState);
    },
  },
];
