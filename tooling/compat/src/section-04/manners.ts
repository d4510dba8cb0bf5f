/** The options that say how an open client behaves. */
import { unmasked } from '../frames.js';
import { openClientManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { timerDelays } from '../timer-delays.js';
import type { World } from '../world.js';

/** The delay of the timer that the closing handshake starts. */
async function closeDelay(world: World, options: object): Promise<number[]> {
  const { websocket } = await openClientManually(world, options);
  const delays = timerDelays(() => websocket.close());
  websocket.terminate();
  return delays;
}

/** Notes the warnings of the process until the scenario is over. */
function noteWarnings(world: World): void {
  const note = (warning: Error): void => world.note('warning', warning.name);
  process.on('warning', note);
  world.cleanUp(() => void process.off('warning', note));
}

export const mannerScenarios: readonly Scenario[] = [
  {
    title: 'allowSynchronousEvents',
    covers: ['4.allowSynchronousEvents', '4.options.undefined'],
    async run(world) {
      for (const allowSynchronousEvents of ['absent', true, undefined, 1, false, null, 0]) {
        const options = allowSynchronousEvents === 'absent' ? {} : { allowSynchronousEvents };
        const { websocket, socket } = await openClientManually(world, options);
        websocket.on('message', (data) => {
          world.note(String(allowSynchronousEvents), data);
          queueMicrotask(() => world.note('microtask'));
        });
        await socket.receive(unmasked(0x81, 'a'), unmasked(0x81, 'b'), unmasked(0x81, 'c'));
        for (let turns = 0; turns < 6; turns++) await turn();
      }
    },
  },
  {
    title: 'autoPong',
    covers: ['4.autoPong', '4.options.undefined'],
    async run(world) {
      for (const autoPong of ['absent', true, 1, false, 0, null, undefined]) {
        const options = autoPong === 'absent' ? {} : { autoPong };
        const { websocket, socket } = await openClientManually(world, options);
        world.watch(websocket, String(autoPong), ['ping']);
        await socket.receive(unmasked(0x89, 'ping'));
        world.note('written', socket.take().length);
      }
    },
  },
  {
    title: 'closeTimeout',
    covers: ['4.closeTimeout', '4.options.undefined'],
    async run(world) {
      world.note('absent', await closeDelay(world, {}));
      for (const closeTimeout of [1234, 0.5, 0, -1, undefined, null, '50', NaN]) {
        world.note(String(closeTimeout), await closeDelay(world, { closeTimeout }));
      }
    },
  },
  {
    title: 'a closeTimeout that no timer can have',
    covers: ['4.closeTimeout'],
    async run(world) {
      noteWarnings(world);
      for (const closeTimeout of [Infinity, 2 ** 31]) {
        world.note(String(closeTimeout), await closeDelay(world, { closeTimeout }));
        await turn();
      }
    },
  },
  {
    title: 'generateMask',
    covers: ['4.generateMask', '4.generateMask.sync', '4.generateMask.buffer'],
    async run(world) {
      const keys: Buffer[] = [];
      const generateMask = (key: Buffer): void => {
        keys.push(key);
        world.note('generateMask', Buffer.isBuffer(key), key.length);
        key.set([1, 2, 3, keys.length]);
      };
      const { websocket, socket } = await openClientManually(world, { generateMask });
      for (const send of [
        () => websocket.send('text'),
        () => websocket.send(Buffer.alloc(200)),
        () => websocket.send(Buffer.alloc(20_000)),
        () => websocket.send('', { fin: false }),
        () => websocket.send('end'),
        () => websocket.send('no mask', { mask: false }),
        () => websocket.ping('ping'),
        () => websocket.pong(),
        () => websocket.close(),
      ]) {
        send();
        world.note('called');
      }
      await turn();
      world.note('wire', socket.take());
      world.note('one Buffer', new Set(keys).size);
    },
  },
  {
    title: 'generateMask of two connections, one of them compressed',
    covers: ['4.generateMask.buffer', '4.generateMask.sync'],
    async run(world) {
      const keys = new Set<Buffer>();
      const options = {
        generateMask: (key: Buffer) => {
          keys.add(key);
          key.fill(7);
        },
      };
      const headers = ['Sec-WebSocket-Extensions: permessage-deflate'];
      const plain = await openClientManually(world, options);
      const compressed = await openClientManually(world, options, headers);
      for (const { websocket, socket } of [plain, compressed]) {
        await new Promise((resolve) => {
          websocket.send('hello', resolve);
        });
        await turn();
        world.note('wire', socket.take());
      }
      world.note('Buffers', keys.size);
    },
  },
  {
    title: 'a masking key of zeros',
    covers: ['4.generateMask.zero'],
    async run(world) {
      const generateMask = (key: Buffer): void => void key.fill(0);
      const { websocket, socket } = await openClientManually(world, { generateMask });
      const data = Buffer.from('not changed');
      websocket.send(data);
      websocket.send('readable');
      await turn();
      world.note('wire', socket.take(), data);
    },
  },
  {
    title: 'without generateMask the keys are random',
    covers: ['4.generateMask'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      const keys = new Set<string>();
      for (let sent = 0; sent < 20; sent++) {
        websocket.send('');
        await turn();
        const frame = socket.take();
        world.note('frame', frame.length, frame.subarray(0, 2));
        keys.add(frame.toString('hex', 2, 6));
      }
      world.note('different', keys.size > 1);
    },
  },
];
