/** The attributes `onopen`, `onmessage`, `onerror` and `onclose`. */
import { openManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const names = ['onopen', 'onmessage', 'onerror', 'onclose'] as const;

export const attributeScenarios: readonly Scenario[] = [
  {
    title: 'functions are assigned and read',
    covers: ['10.attribute.set', '10.attribute.get', '10.attribute.again'],
    run(world) {
      const { websocket } = openManually(world) as { websocket: any };
      for (const name of names) {
        const type = name.slice(2);
        const first = (): void => {};
        const second = (): void => {};
        world.note(name, websocket[name], websocket.listenerCount(type));
        for (const value of [first, second, second, null, first]) {
          websocket[name] = value;
          world.note(name, websocket[name] === value, websocket.listenerCount(type));
        }
      }
    },
  },
  {
    title: 'what an attribute is called with',
    covers: ['10.attribute.set'],
    run(world) {
      const { websocket } = openManually(world) as { websocket: any };
      for (const name of names) {
        websocket[name] = function (this: unknown, ...values: any[]) {
          world.note(name, this === websocket, values.length, values[0].type);
        };
      }
      websocket.emit('open');
      websocket.emit('message', Buffer.from('text'), false);
      websocket.emit('error', new Error('by hand'));
      websocket.emit('close', 1000, Buffer.alloc(0));
    },
  },
  {
    title: 'values that are no functions',
    covers: ['10.attribute.null', '10.attribute.again', '10.attribute.get'],
    run(world) {
      const { websocket } = openManually(world) as { websocket: any };
      const object = { handleEvent: () => world.note('handleEvent') };
      for (const value of [null, undefined, object, 'text', 5, true, [], Symbol('symbol')]) {
        websocket.onmessage = () => world.note('called');
        websocket.onmessage = value;
        world.note('read', websocket.onmessage, websocket.listenerCount('message'));
        websocket.emit('message', Buffer.from('text'), false);
      }
    },
  },
  {
    title: 'a class and an async function',
    covers: ['10.attribute.get', '10.attribute.set'],
    async run(world) {
      const { websocket } = openManually(world) as { websocket: any };
      websocket.onopen = class Handler {};
      world.note('class', websocket.onopen);
      world.attempt('emit', () => websocket.emit('open'));
      websocket.onopen = async () => world.note('async function');
      world.attempt('emit', () => websocket.emit('open'));
    },
  },
  {
    title: 'the place among other listeners',
    covers: ['10.attribute.set', '10.attribute.again'],
    run(world) {
      const { websocket } = openManually(world);
      websocket.onopen = () => world.note('first attribute');
      websocket.on('open', () => world.note('on'));
      websocket.addEventListener('open', () => world.note('listener'));
      websocket.emit('open');
      websocket.onopen = () => world.note('second attribute');
      websocket.emit('open');
      websocket.onopen = null;
      websocket.emit('open');
    },
  },
  {
    title: 'one function in every manner',
    covers: ['10.attribute.independent', '10.remove.others'],
    run(world) {
      const { websocket } = openManually(world);
      const listener = (): void => world.note('called');
      websocket.onopen = listener;
      websocket.addEventListener('open', listener);
      websocket.on('open', listener);
      world.note('count', websocket.listenerCount('open'));
      websocket.emit('open');
      websocket.removeEventListener('open', listener);
      world.note('count', websocket.listenerCount('open'), websocket.onopen === listener);
      websocket.addEventListener('open', listener);
      websocket.onopen = null;
      world.note('count', websocket.listenerCount('open'), websocket.onopen);
      websocket.emit('open');
      websocket.removeAllListeners('open');
      websocket.addEventListener('open', listener, { once: true });
      websocket.onopen = listener;
      websocket.emit('open');
      world.note('count', websocket.listenerCount('open'), websocket.onopen === listener);
    },
  },
  {
    title: 'all listeners are removed',
    covers: ['10.attribute.get'],
    run(world) {
      const { websocket } = openManually(world);
      websocket.onopen = () => {};
      websocket.onclose = () => {};
      websocket.removeAllListeners('open');
      world.note('read', websocket.onopen, typeof websocket.onclose);
      websocket.removeAllListeners();
      world.note('read', websocket.onopen, websocket.onclose);
    },
  },
  {
    title: 'an attribute that is replaced while it runs',
    covers: ['10.attribute.again'],
    run(world) {
      const { websocket } = openManually(world);
      websocket.onopen = () => {
        world.note('first');
        websocket.onopen = () => world.note('second');
      };
      websocket.emit('open');
      websocket.emit('open');
      world.note('count', websocket.listenerCount('open'));
    },
  },
];
