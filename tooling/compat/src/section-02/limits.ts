/** Limits of fragments, of windows and of pongs. */
import { constants, deflateRawSync } from 'node:zlib';
import { masked, unmasked } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { manualServer, upgradeManually } from '../upgrades.js';

const deflated = deflateRawSync('text', { finishFlush: constants.Z_SYNC_FLUSH });

/** Fragments in one chunk, none of which has the end. */
function fragments(count: number, frame: typeof masked): Buffer {
  return Buffer.concat([frame(0x02), ...Array<Buffer>(count - 1).fill(frame(0x00))]);
}

export const limitScenarios: readonly Scenario[] = [
  {
    title: 'the defaults of a server',
    covers: ['2.limits.defaults', '2.pongs'],
    run(world) {
      const { options } = manualServer(world);
      world.note('limits', options.maxBufferedChunks, options.maxFragments);
      world.note('pongs', options.maxPendingAutoPongs);
    },
  },
  {
    title: 'the default of maxFragments, on either side, reached and passed',
    covers: ['2.limits.defaults', '2.limits.empty'],
    async run(world) {
      const opened: any[] = [];
      const server = upgradeManually(manualServer(world), {}, (one) => opened.push(one));
      const client = await openClientManually(world);
      opened.push(client.websocket);
      for (const [index, socket] of [server.socket, client.socket].entries()) {
        const frame = index === 0 ? masked : unmasked;
        world.watch(opened[index], 'websocket', ['message', 'error']);
        await socket.receive(fragments(16_383, frame), frame(0x80));
        await socket.receive(fragments(16_384, frame), frame(0x80));
        world.note('state', opened[index].readyState);
      }
    },
  },
  {
    title: 'the default of maxBufferedChunks',
    covers: ['2.limits.defaults'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      world.watch(websocket, 'websocket', ['error']);
      const byte = Buffer.alloc(1);
      // Not by the stream: it would join what waits for its turn.
      socket.emit('data', Buffer.from('827f0000000001000000', 'hex'));
      for (let i = 0; i < 262_144; i++) socket.emit('data', byte);
      await turn();
      world.note('reached', websocket.readyState);
      socket.emit('data', byte);
      await turn();
      world.note('passed', websocket.readyState);
    },
  },
  {
    title: 'empty fragments',
    covers: ['2.limits.empty'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, { maxFragments: 2 });
      world.watch(websocket, 'websocket', ['message', 'error']);
      await socket.receive(masked(0x01), masked(0x80), masked(0x01), masked(0x00), masked(0x80));
    },
  },
  {
    title: 'one compressed fragment too many, which is corrupt',
    covers: ['2.limits.first'],
    async run(world) {
      const opened: any[] = [];
      const { socket } = upgradeManually(
        manualServer(world, { perMessageDeflate: true, maxFragments: 2 }),
        { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' } },
        (one) => opened.push(one),
      );
      socket.take();
      const failed = new Promise((resolve) => opened[0].on('error', resolve));
      await socket.receive(
        masked(0x41, deflated),
        masked(0x00, deflated),
        masked(0x80, Buffer.from('ffffffff', 'hex')),
      );
      world.note('error', await failed, socket.take());
    },
  },
  {
    title: 'windows',
    covers: ['2.window'],
    run(world) {
      const server = manualServer(world, { perMessageDeflate: { clientMaxWindowBits: 10 } });
      for (const bits of ['=9', '=10', '=11', '']) {
        const offer = `permessage-deflate; client_max_window_bits${bits}`;
        const headers = { 'Sec-WebSocket-Extensions': offer };
        world.note(offer, upgradeManually(server, { headers }).socket.take().toString());
      }
    },
  },
  {
    title: 'the default of maxPendingAutoPongs, on either side',
    covers: ['2.pongs'],
    async run(world) {
      const opened: any[] = [];
      const server = upgradeManually(manualServer(world), {}, (one) => opened.push(one));
      const client = await openClientManually(world);
      opened.push(client.websocket);
      for (const [index, socket] of [server.socket, client.socket].entries()) {
        const ping = index === 0 ? masked(0x89) : unmasked(0x89);
        world.watch(opened[index], 'websocket', ['error', 'close']);
        socket.held = true;
        opened[index].send('held');
        await socket.receive(...Array<Buffer>(60).fill(ping));
        world.note('60', opened[index].readyState);
        await socket.receive(ping);
        world.note('61', opened[index].readyState, socket.destroyed);
        await turn();
      }
    },
  },
  {
    title: 'a ping behind close',
    covers: ['2.pongs.open'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['ping', 'message']);
      websocket.close(1000);
      await turn();
      socket.take();
      await socket.receive(masked(0x89, 'late'), masked(0x81, 'late'));
      world.note('wire', socket.take());
    },
  },
];
