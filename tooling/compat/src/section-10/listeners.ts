/** `addEventListener` and `removeEventListener`. */
import { masked } from '../frames.js';
import { openManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const types = ['message', 'close', 'error', 'open'] as any[];

/** Arguments with which each event may be emitted by hand. */
const emitted: { [type: string]: unknown[] } = {
  open: [],
  message: [Buffer.from('text'), false],
  error: [new Error('by hand')],
  close: [4000, Buffer.from('by hand')],
};

export const listenerScenarios: readonly Scenario[] = [
  {
    title: 'listeners for every type, and for types that there are not',
    covers: ['10.add.types', '10.add.count', '10.add.by-hand'],
    run(world) {
      const { websocket } = openManually(world);
      const others = ['ping', 'pong', 'upgrade', 'unexpected-response', 'redirect', 'Message', ''];
      for (const type of [...types, ...others] as any[]) {
        const listener = (event: any): void => world.note('called', type, event.type);
        world.attempt(type, () => websocket.addEventListener(type, listener));
        world.note('count', websocket.listenerCount(type), websocket.listeners(type).length);
        if (type in emitted) world.note('emit', websocket.emit(type, ...emitted[type]!));
      }
      world.note('names', websocket.eventNames());
    },
  },
  {
    title: 'a function, and what it is called with',
    covers: ['10.add.function'],
    run(world) {
      const { websocket } = openManually(world);
      for (const type of types) {
        websocket.addEventListener(type, function (this: unknown, ...values: unknown[]) {
          world.note(type, this === websocket, values.length);
        });
        websocket.emit(type, ...emitted[type as string]!);
      }
    },
  },
  {
    title: 'objects with handleEvent, and a function that has one',
    covers: ['10.add.object', '10.add.function'],
    run(world) {
      const { websocket } = openManually(world);
      const listener: any = {
        handleEvent(...values: any[]) {
          world.note('object', this === listener, values.length, values[0].type);
        },
      };
      class Listener {
        handleEvent(event: any): void {
          world.note('instance', this instanceof Listener, event.type);
        }
      }
      const both = Object.assign(() => world.note('the function'), {
        handleEvent: () => world.note('its handleEvent'),
      });
      for (const each of [listener, new Listener(), both]) {
        websocket.addEventListener('open', each);
      }
      websocket.emit('open');
      listener.handleEvent = () => world.note('replaced');
      websocket.emit('open');
    },
  },
  {
    title: 'once',
    covers: ['10.add.once', '10.add.count'],
    run(world) {
      const { websocket } = openManually(world);
      for (const type of types) {
        const listener = (): void => world.note('called', type);
        websocket.addEventListener(type, listener, { once: true });
        world.note('count', websocket.listenerCount(type));
        websocket.emit(type, ...emitted[type as string]!);
        world.note('count', websocket.listenerCount(type));
      }
    },
  },
  {
    title: 'options that are no options, or have nothing to do with once',
    covers: ['10.add.once'],
    run(world) {
      const { websocket } = openManually(world);
      for (const options of [undefined, {}, true, { once: 1 }, { once: 0 }, { capture: true }]) {
        const listener = (): void => world.note('called', options);
        websocket.addEventListener('open', listener, options as object);
        websocket.emit('open');
        websocket.emit('open');
        websocket.removeEventListener('open', listener);
      }
    },
  },
  {
    title: 'the same listener again, with and without once',
    covers: ['10.add.twice', '10.add.count'],
    run(world) {
      const { websocket } = openManually(world);
      const listener = (): void => world.note('called');
      const object = { handleEvent: () => world.note('object called') };
      for (const each of [listener, object] as any[]) {
        websocket.addEventListener('open', each, { once: true });
        websocket.addEventListener('open', each);
        websocket.addEventListener('open', each, { once: true });
        world.note('count', websocket.listenerCount('open'));
        websocket.emit('open');
        world.note('count', websocket.listenerCount('open'));
        websocket.addEventListener('open', each);
        websocket.addEventListener('open', each, { once: true });
        websocket.addEventListener('close', each);
        world.note('count', websocket.listenerCount('open'), websocket.listenerCount('close'));
        websocket.emit('open');
        websocket.emit('open');
        websocket.removeEventListener('open', each);
        websocket.removeEventListener('close', each);
      }
    },
  },
  {
    title: 'the methods of the emitter that are called, and newListener',
    covers: ['10.add.emitter'],
    run(world) {
      const { websocket } = openManually(world);
      for (const method of ['on', 'once', 'removeListener'] as const) {
        const original = websocket[method].bind(websocket) as (...values: any[]) => any;
        (websocket as any)[method] = (type: string, listener: any): unknown => {
          world.note(method, type, typeof listener);
          return original(type, listener);
        };
      }
      const listener = (): void => {};
      websocket.addEventListener('message', listener);
      websocket.addEventListener('close', listener, { once: true });
      websocket.removeEventListener('message', listener);
      websocket.removeEventListener('close', listener);
      websocket.onopen = listener;
      websocket.onopen = null;
      websocket.on('newListener', (type: string) => world.note('newListener', type));
      websocket.on('removeListener', (type: string) => world.note('removeListener', type));
      websocket.addEventListener('error', listener);
      websocket.removeEventListener('error', listener);
    },
  },
  {
    title: 'listeners of every kind, in the order in which they are called',
    covers: ['10.add.emitter', '10.attribute.set'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.on('message', (data, isBinary) => world.note('on', data, isBinary));
      websocket.addEventListener('message', ({ data }) => world.note('listener', data));
      websocket.onmessage = ({ data }) => world.note('attribute', data);
      websocket.once('message', () => world.note('once'));
      websocket.prependListener('message', () => world.note('prepended'));
      world.note('count', websocket.listenerCount('message'));
      await socket.receive(masked(0x81, 'hello'), masked(0x82, 'bytes'));
    },
  },
  {
    title: 'removing',
    covers: ['10.remove', '10.add.count'],
    run(world) {
      const { websocket } = openManually(world);
      const listener = (): void => world.note('called');
      const object = { handleEvent: listener };
      for (const each of [listener, object] as any[]) {
        for (const type of types) {
          websocket.addEventListener(type, each);
          websocket.removeEventListener(type, () => {});
          websocket.removeEventListener('ping' as any, each);
          world.note('count', websocket.listenerCount(type));
          websocket.removeEventListener(type, each);
          world.note('count', websocket.listenerCount(type));
          websocket.addEventListener(type, each, { once: true });
          websocket.removeEventListener(type, each);
          world.note('count', websocket.listenerCount(type));
          world.attempt('again', () => websocket.removeEventListener(type, each));
        }
      }
    },
  },
  {
    title: 'removing what was added otherwise',
    covers: ['10.remove.others'],
    run(world) {
      const { websocket } = openManually(world);
      const listener = (): void => world.note('called');
      websocket.on('open', listener);
      websocket.removeEventListener('open', listener);
      world.note('on', websocket.listenerCount('open'));
      websocket.onopen = listener;
      websocket.removeEventListener('open', listener);
      world.note('attribute', websocket.listenerCount('open'), websocket.onopen === listener);
      websocket.addEventListener('open', listener);
      websocket.removeListener('open', listener);
      world.note('removeListener', websocket.listenerCount('open'));
      websocket.emit('open');
    },
  },
];
