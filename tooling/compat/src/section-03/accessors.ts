/** What the constants and properties are, as descriptors. */
import type { Scenario } from '../scenario.js';
import { openManually } from '../manual-socket.js';

const constants = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

const properties = [
  'binaryType',
  'bufferedAmount',
  'extensions',
  'isPaused',
  'onopen',
  'onerror',
  'onclose',
  'onmessage',
  'protocol',
  'readyState',
  'url',
];

export const accessorScenarios: readonly Scenario[] = [
  {
    title: 'the constants, described',
    covers: ['3.constants'],
    run(world) {
      for (const name of constants) {
        world.note(name, Object.getOwnPropertyDescriptor(world.lib.WebSocket, name));
        world.note(name, Object.getOwnPropertyDescriptor(world.lib.WebSocket.prototype, name));
      }
    },
  },
  {
    title: 'constants that are assigned and deleted',
    covers: ['3.constants.fixed'],
    run(world) {
      for (const target of [world.lib.WebSocket, world.lib.WebSocket.prototype] as any[]) {
        for (const name of constants) {
          const isClass = typeof target === 'function';
          world.attempt(`${name} = 7`, () =>
            isClass ? setStatic(target, name) : set(target, name),
          );
          world.note(name, target[name]);
        }
      }
    },
  },
  {
    title: 'the accessors, described',
    covers: ['3.accessors'],
    run(world) {
      for (const name of properties) {
        const { prototype } = world.lib.WebSocket;
        const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
        world.note(name, {
          enumerable: descriptor?.enumerable,
          configurable: descriptor?.configurable,
          get: typeof descriptor?.get,
          set: typeof descriptor?.set,
        });
      }
    },
  },
  {
    title: 'what a loop over a WebSocket finds on the prototype',
    covers: ['3.accessors', '3.constants'],
    run(world) {
      world.note('enumerable', Object.keys(world.lib.WebSocket.prototype).sort());
    },
  },
  {
    title: 'every property is assigned',
    covers: ['3.accessors.setters'],
    run(world) {
      const { websocket } = openManually(world);
      for (const name of properties) {
        const listener = (): void => {};
        const value = name.startsWith('on') ? listener : 'fragments';
        world.attempt(`${name} = value`, () => {
          (websocket as any)[name] = value;
        });
        world.note(name, (websocket as any)[name]);
      }
    },
  },
];

function set(target: any, name: string): void {
  target[name] = 7;
}

/** Strict mode names the class in the message, whose text differs by its source alone. */
function setStatic(target: any, name: string): boolean {
  return Reflect.set(target, name, 7) || Reflect.deleteProperty(target, name);
}
