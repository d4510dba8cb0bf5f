/** Where masking keys come from. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { loadAgain } from '../fresh.js';
import type { WsModule } from '../implementations.js';
import { ManualSocket, answer, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const keysPerFill = 2048;

/** Notes each filling of a pool; the bytes are counted up, so no key comes twice. */
function watchFillings(world: World): void {
  const { randomFillSync } = crypto;
  let next = 0;
  const replace = (value: unknown): void => {
    Object.defineProperty(crypto, 'randomFillSync', {
      configurable: true,
      enumerable: true,
      value,
    });
    syncBuiltinESMExports();
  };
  world.cleanUp(() => replace(randomFillSync));
  replace((target: NodeJS.ArrayBufferView) => {
    world.note('filled', target.byteLength);
    const words = new Uint32Array(target.buffer, target.byteOffset, target.byteLength / 4);
    for (let i = 0; i < words.length; i++) words[i] = next++;
    return target;
  });
}

function makeFrames(module: WsModule, count: number, options: object = {}): Set<string> {
  const keys = new Set<string>();
  for (let i = 0; i < count; i++) {
    const data = Buffer.alloc(1);
    const [frame] = module.Sender.frame(data, { fin: true, opcode: 2, mask: true, ...options });
    keys.add((frame as Buffer).toString('hex', 2, 6));
  }
  return keys;
}

/** A client of that module, open on a socket of the scenario's. */
async function openClientOf(world: World, module: WsModule, options: object = {}) {
  const socket = new ManualSocket();
  const websocket = new module.WebSocket('ws://example.test', {
    createConnection: () => socket as any,
    ...options,
  });
  world.cleanUp(() => websocket.terminate());
  const open = world.next(websocket, 'open');
  await turn();
  void answer(socket);
  await open;
  return { websocket, socket };
}

export const maskingKeyScenarios: readonly Scenario[] = [
  {
    title: 'frames until the pool is used up, and one more',
    covers: ['13.key.pool', '13.key.four', '13.key.refill', '13.key.lazy'],
    async run(world) {
      watchFillings(world);
      const module = await loadAgain(world.lib);
      world.note('loaded');
      makeFrames(module, 3, { mask: false });
      world.note('unmasked frames');
      world.note('keys', makeFrames(module, keysPerFill).size);
      world.note('one more', makeFrames(module, 1).size);
      world.note('keys', makeFrames(module, keysPerFill - 1).size);
      world.note('one more', makeFrames(module, 1).size);
    },
  },
  {
    title: 'two clients and a Sender, which share the pool',
    covers: ['13.key.process', '13.key.four'],
    async run(world) {
      watchFillings(world);
      const module = await loadAgain(world.lib);
      const one = await openClientOf(world, module);
      const other = await openClientOf(world, module);
      world.note('open');
      for (let i = 0; i < 500; i++) {
        one.websocket.send('x');
        other.websocket.ping();
      }
      await turn();
      world.note('sent', one.socket.take().length, other.socket.take().length);
      makeFrames(module, keysPerFill - 1000);
      world.note('framed');
      makeFrames(module, 1);
    },
  },
  {
    title: 'a server, and a client with generateMask',
    covers: ['13.key.generate', '13.key.lazy'],
    async run(world) {
      watchFillings(world);
      const module = await loadAgain(world.lib);
      const server = new (module.WebSocket as any)(null, undefined, { autoPong: true });
      world.cleanUp(() => server.terminate());
      server.setSocket(new ManualSocket(), Buffer.alloc(0), {});
      for (const data of ['text', Buffer.from('bytes'), '']) server.send(data);
      world.note('the server has sent');
      const keys: Buffer[] = [];
      const generateMask = (key: Buffer): void => {
        keys.push(key);
        key.fill(keys.length);
      };
      const { websocket, socket } = await openClientOf(world, module, { generateMask });
      for (const data of ['text', Buffer.from('bytes'), '']) websocket.send(data);
      websocket.ping('ping');
      websocket.close(1000);
      await turn();
      world.note('sent', socket.take(), keys.length, new Set(keys).size);
      makeFrames(module, 2, { generateMask });
      world.note('framed', keys.length);
    },
  },
];
