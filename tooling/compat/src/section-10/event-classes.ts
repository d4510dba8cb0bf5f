/** The classes of event objects. */
import { openManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** One event object of each class, and its WebSocket. */
function eventsOf(world: World): { websocket: any; events: any[] } {
  const { websocket } = openManually(world) as { websocket: any };
  const events: any[] = [];
  for (const type of ['open', 'message', 'error', 'close']) {
    websocket.addEventListener(type, (event: any) => events.push(event));
  }
  websocket.emit('open');
  websocket.emit('message', Buffer.from('text'), false);
  websocket.emit('error', new RangeError('by hand'));
  websocket.emit('close', 4000, Buffer.from('reason'));
  return { websocket, events };
}

const members = ['type', 'target', 'code', 'reason', 'wasClean', 'error', 'message', 'data'];

export const eventClassScenarios: readonly Scenario[] = [
  {
    title: 'names and ancestors',
    covers: ['10.class.names', '10.class.own'],
    run(world) {
      const { events } = eventsOf(world);
      const [{ constructor: Event }] = events;
      for (const event of events) {
        const Class = event.constructor;
        const Parent = Object.getPrototypeOf(Class);
        world.note(Class.name, Class.length, Parent === Event, Parent === Function.prototype);
        world.note('of the DOM', event instanceof globalThis.Event, event instanceof Event);
        world.note('as text', String(event), Object.prototype.toString.call(event));
      }
      const again = eventsOf(world).events;
      world.note(
        'the same',
        ...again.map((event, at) => event.constructor === events[at].constructor),
      );
    },
  },
  {
    title: 'exports',
    covers: ['10.class.not-exported'],
    run(world) {
      for (const name of ['Event', 'CloseEvent', 'ErrorEvent', 'MessageEvent']) {
        world.note(name, name in world.lib.module, name in world.lib.WebSocket);
      }
    },
  },
  {
    title: 'the members, described',
    covers: ['10.class.getters'],
    run(world) {
      for (const event of eventsOf(world).events) {
        const prototype = Object.getPrototypeOf(event);
        for (const name of members) {
          const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
          world.note(
            event.constructor.name,
            name,
            descriptor && {
              enumerable: descriptor.enumerable,
              configurable: descriptor.configurable,
              get: typeof descriptor.get,
              set: typeof descriptor.set,
            },
          );
        }
      }
    },
  },
  {
    title: 'members that are assigned',
    covers: ['10.class.getters'],
    run(world) {
      for (const event of eventsOf(world).events) {
        for (const name of members.filter((each) => each in event)) {
          world.attempt(`${event.constructor.name}.${name}`, () => {
            event[name] = 'assigned';
          });
        }
      }
    },
  },
  {
    title: 'keys, loops, copies and JSON',
    covers: ['10.class.keys', '10.class.getters'],
    run(world) {
      for (const event of eventsOf(world).events) {
        const looped: string[] = [];
        for (const name in event) looped.push(name);
        world.note(event.type, Object.keys(event), looped, JSON.stringify(event));
        world.note('names', Object.getOwnPropertyNames(event));
      }
    },
  },
  {
    title: 'constructed without more than a type',
    covers: ['10.class.constructors'],
    run(world) {
      for (const { constructor: Class } of eventsOf(world).events) {
        for (const values of [['made'], ['made', {}], ['made', undefined], []]) {
          const event = new Class(...values);
          world.note(Class.name, ...members.map((name) => [name, event[name]]));
        }
      }
    },
  },
  {
    title: 'constructed with values',
    covers: ['10.class.constructors'],
    run(world) {
      const all = { code: 7, reason: 'r', wasClean: true, error: 'e', message: 'm', data: 'd' };
      const names = Object.keys(all);
      const nulls = Object.fromEntries(names.map((name) => [name, null]));
      const undefineds = Object.fromEntries(names.map((name) => [name, undefined]));
      const falsy = Object.fromEntries(names.map((name) => [name, 0]));
      for (const { constructor: Class } of eventsOf(world).events) {
        for (const init of [all, nulls, undefineds, falsy, { ...all, target: 't', type: 'u' }]) {
          const event = new Class('made', init);
          world.note(Class.name, ...members.map((name) => [name, event[name]]));
        }
      }
    },
  },
  {
    title: 'an event made of an event',
    covers: ['10.class.constructors'],
    run(world) {
      for (const event of eventsOf(world).events) {
        const copy = new event.constructor(event.type, event);
        world.note(event.type, ...members.map((name) => [name, copy[name]]));
      }
    },
  },
];
