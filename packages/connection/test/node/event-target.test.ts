import { describe, expect, it } from 'vitest';
import { WebSocket as Ws } from 'ws';
import { CloseEvent, ErrorEvent, Event, MessageEvent } from '../../src/node/index.js';
import type { WebSocket } from '../../src/node/index.js';
import { openBench, sameAsWs } from './support/bench.js';
import { implementations } from './support/implementations.js';

type Listening = Pick<WebSocket, 'addEventListener' | 'removeEventListener'>;
type AnyEvent = Event & Record<string, unknown>;

/** Plays a scenario with a WebSocket of each implementation that has no socket; the records must agree. */
function both(scenario: (websocket: WebSocket, note: (...values: unknown[]) => void) => void) {
  const records = implementations.map(({ create }) => {
    const record: unknown[][] = [];
    scenario(create(), (...values) => record.push(values));
    return record;
  });
  expect(records[0]).toEqual(records[1]);
  return records[0];
}

/** The event object that a listener gets for what is emitted by hand. */
function eventOf(create: () => WebSocket, type: string, ...values: unknown[]): AnyEvent {
  const websocket = create();
  let caught: unknown;
  websocket.addEventListener(type as 'open', (event) => (caught = event));
  (websocket.emit as (name: string, ...values: unknown[]) => boolean)(type, ...values);
  return caught as AnyEvent;
}

const emitted: [type: string, values: unknown[]][] = [
  ['open', []],
  ['message', [Buffer.from('text'), false]],
  ['message', [Buffer.from('binary'), true]],
  ['error', [new Error('went wrong')]],
  ['close', [1000, Buffer.from('reason')]],
];

describe('event objects', () => {
  it.each(emitted)('of %s have the class, the accessors and the values of ws', (type, values) => {
    const described = implementations.map(({ create }) => {
      const event = eventOf(create, type, ...values);
      const classes: unknown[] = [];
      for (
        let at = Object.getPrototypeOf(event);
        at !== Object.prototype;
        at = Object.getPrototypeOf(at)
      ) {
        const accessors = Object.entries(Object.getOwnPropertyDescriptors(at))
          .filter(([name]) => name !== 'constructor')
          .map(([name, each]) => [
            name,
            typeof each.get,
            each.set,
            each.enumerable,
            each.configurable,
          ])
          .sort();
        classes.push((at as object).constructor.name, accessors);
      }
      const shown: [string, unknown][] = [];
      for (const name in event) if (name !== 'target') shown.push([name, event[name]]);
      return {
        classes,
        shown: shown.sort(),
        own: Object.keys(event),
        isDom: event instanceof globalThis.Event,
      };
    });
    expect(described[0]).toEqual(described[1]);
    expect(described[0]).toMatchObject({ own: [], isDom: false });
    expect(described[0]?.shown.length).toBeGreaterThan(0);
  });

  it('can be made by hand, with the defaults of ws', () => {
    const made = implementations.map(({ create }) =>
      emitted.map(([type, values]) => {
        const Class = eventOf(create, type, ...values).constructor as new (
          type: string,
          init?: object,
        ) => AnyEvent;
        const shown = [new Class('any'), new Class('any', {}), new Class('any', { code: 3, reason: 'r', wasClean: true, error: 1, message: 'm', data: 'd' }), new Class('any', { code: null, reason: null, wasClean: null, error: null, message: null, data: null })]; // prettier-ignore
        return shown.map((event) => {
          const { target, code, reason, wasClean, error, message, data } = event;
          return { type: event.type, target, code, reason, wasClean, error, message, data };
        });
      }),
    );
    expect(made[0]).toEqual(made[1]);
    expect(made[0]?.[4]?.[0]).toMatchObject({ type: 'any', target: null, code: 0, reason: '' });
  });

  it('are of the exported classes', () => {
    const [ours] = implementations;
    const classes = emitted.map(
      ([type, values]) => eventOf(ours!.create, type, ...values).constructor,
    );
    expect(classes).toEqual([Event, MessageEvent, MessageEvent, ErrorEvent, CloseEvent]);
    for (const Class of [MessageEvent, ErrorEvent, CloseEvent]) {
      expect(Class.prototype).toBeInstanceOf(Event);
    }
  });

  it('have read-only accessors', () => {
    const event = new Event('open');
    expect(() => Object.assign(event, { type: 'close' })).toThrow(TypeError);
    expect(() => Object.assign(event, { target: null })).toThrow(TypeError);
  });
});

describe('addEventListener', () => {
  it('calls a function with the WebSocket as this, and an object as itself', () => {
    both((websocket, note) => {
      const listener = {
        handleEvent(event: Event) {
          note('object', this === listener, event.target === websocket, event.type);
        },
      };
      websocket.addEventListener('open', function (this: unknown, event) {
        note('function', this === websocket, event.target === websocket, event.type);
      });
      websocket.addEventListener('open', listener);
      websocket.emit('open');
    });
  });

  it('calls the handleEvent that the object has when the event comes', () => {
    const record = both((websocket, note) => {
      const listener = { handleEvent: () => note('former') };
      websocket.addEventListener('open', listener);
      listener.handleEvent = () => note('new');
      websocket.emit('open');
    });
    expect(record).toEqual([['new']]);
  });

  it('keeps a listener once, whatever once is', () => {
    const record = both((websocket, note) => {
      const listener = (): void => note('called');
      websocket.addEventListener('open', listener);
      websocket.addEventListener('open', listener);
      websocket.addEventListener('open', listener, { once: true });
      note(websocket.listenerCount('open'));
      websocket.emit('open');
      websocket.emit('open');
    });
    expect(record).toEqual([[1], ['called'], ['called']]);
  });

  it('calls a listener once where that was asked for, with any truth', () => {
    const record = both((websocket, note) => {
      websocket.addEventListener('open', () => note('one'), { once: true });
      websocket.addEventListener('open', () => note('two'), { once: 1 as never });
      websocket.addEventListener('open', () => note('three'), { once: false });
      websocket.addEventListener('open', () => note('four'), true as never);
      const twice = (): void => note('twice');
      websocket.addEventListener('open', twice, { once: true });
      websocket.addEventListener('open', twice);
      websocket.emit('open');
      note('again');
      websocket.emit('open');
      note(websocket.listenerCount('open'));
    });
    expect(record?.slice(-4)).toEqual([['again'], ['three'], ['four'], [2]]);
  });

  it('ignores types that have no event object', () => {
    both((websocket, note) => {
      for (const type of ['ping', 'pong', 'upgrade', 'x', 'Message', '']) {
        websocket.addEventListener(type as 'open', () => note(type));
      }
      note(websocket.eventNames());
    });
  });

  it('keeps the order among listeners of all kinds', () => {
    const record = both((websocket, note) => {
      websocket.on('open', () => note('on'));
      websocket.onopen = () => note('attribute');
      websocket.addEventListener('open', () => note('listener'));
      websocket.once('open', () => note('once'));
      websocket.prependListener('open', () => note('first'));
      websocket.emit('open');
    });
    expect(record?.flat()).toEqual(['first', 'on', 'attribute', 'listener', 'once']);
  });

  it('makes messages strings or what they are', () => {
    const record = both((websocket, note) => {
      websocket.addEventListener('message', ({ data }) => note(data));
      websocket.emit('message', Buffer.from('häh'), false);
      websocket.emit('message', Buffer.from('binary'), true);
      websocket.emit('message', [Buffer.from('fragment')], true);
      websocket.emit('message', 'by hand' as never, false);
    });
    expect(record?.[0]).toEqual(['häh']);
    expect(record?.[1]).toEqual([Buffer.from('binary')]);
  });

  it('throws what a listener throws, to whom emits', () => {
    both((websocket, note) => {
      websocket.addEventListener('open', () => {
        throw new Error('of the listener');
      });
      for (const emit of ['open', 'open'] as const) {
        try {
          websocket.emit(emit);
        } catch (error) {
          note((error as Error).message);
        }
      }
    });
  });

  it.each([null, undefined, 'text', {}, { handleEvent: 1 }])(
    'of %s throws a TypeError when the event comes',
    (listener) => {
      const record = both((websocket, note) => {
        websocket.addEventListener('open', listener as never);
        try {
          websocket.emit('open');
        } catch (error) {
          note((error as Error).name);
        }
      });
      expect(record).toEqual([['TypeError']]);
    },
  );

  it('of an error counts: it is not thrown', () => {
    both((websocket, note) => {
      websocket.addEventListener('error', ({ message, error }) => note(message, error as Error));
      websocket.emit('error', new Error('went wrong'));
    });
  });
});

describe('removeEventListener', () => {
  const remove = (websocket: Listening, listener: () => void): void =>
    websocket.removeEventListener('open', listener);

  it('removes what addEventListener added, and nothing else', () => {
    const record = both((websocket, note) => {
      const listener = (): void => note('called');
      websocket.on('open', listener);
      websocket.onopen = listener;
      remove(websocket, listener);
      note(websocket.listenerCount('open'));
      websocket.addEventListener('open', listener);
      note(websocket.listenerCount('open'));
      remove(websocket, listener);
      remove(websocket, listener);
      note(websocket.listenerCount('open'));
      websocket.emit('open');
    });
    expect(record).toEqual([[2], [3], [2], ['called'], ['called']]);
  });

  it('removes objects, and listeners that were to be called once', () => {
    const record = both((websocket, note) => {
      const listener = { handleEvent: () => note('called') };
      websocket.addEventListener('open', listener, { once: true });
      websocket.removeEventListener('open', listener);
      websocket.addEventListener('close', listener);
      websocket.removeEventListener('close', { ...listener });
      note(websocket.listenerCount('open'), websocket.listenerCount('close'));
      websocket.removeEventListener('ping' as 'open', listener);
    });
    expect(record).toEqual([[0, 1]]);
  });

  it('does not remove by the event of another type', () => {
    both((websocket, note) => {
      const listener = (): void => {};
      websocket.addEventListener('open', listener);
      websocket.removeEventListener('close', listener);
      note(websocket.listenerCount('open'));
    });
  });

  it('is not off: that knows nothing of the function', () => {
    const record = both((websocket, note) => {
      const listener = (): void => {};
      websocket.addEventListener('open', listener);
      websocket.off('open', listener);
      note(websocket.listenerCount('open'));
      websocket.removeAllListeners('open');
      note(websocket.listenerCount('open'));
    });
    expect(record).toEqual([[1], [0]]);
  });
});

describe.each(['open', 'message', 'error', 'close'] as const)('on%s', (type) => {
  const name = `on${type}` as const;
  type Attributes = Record<string, unknown>;

  it('is null, or the function that was set', () => {
    const record = both((websocket, note) => {
      const attributes = websocket as unknown as Attributes;
      const first = (): void => {};
      const second = (): void => {};
      note(attributes[name]);
      attributes[name] = first;
      note(attributes[name] === first, websocket.listenerCount(type));
      attributes[name] = second;
      note(attributes[name] === second, websocket.listenerCount(type));
      for (const nothing of [null, undefined, 0, 'text', {}, { handleEvent: first }]) {
        attributes[name] = first;
        attributes[name] = nothing;
        note(attributes[name], websocket.listenerCount(type));
      }
    });
    expect(record?.slice(0, 3)).toEqual([[null], [true, 1], [true, 1]]);
    expect(record?.slice(3)).toEqual(Array.from({ length: 6 }, () => [null, 0]));
  });

  it('goes to the end when it is set again', () => {
    const record = both((websocket, note) => {
      const attributes = websocket as unknown as Attributes;
      attributes[name] = () => note('former');
      websocket.on(type, () => note('on'));
      attributes[name] = () => note('attribute');
      const [, values] = emitted.find(([each]) => each === type)!;
      (websocket.emit as (name: string, ...values: unknown[]) => boolean)(type, ...values);
    });
    expect(record).toEqual([['on'], ['attribute']]);
  });

  it('and addEventListener with the same function are two', () => {
    const record = both((websocket, note) => {
      const attributes = websocket as unknown as Attributes;
      const listener = (): void => {};
      attributes[name] = listener;
      websocket.addEventListener(type, listener);
      note(websocket.listenerCount(type));
      websocket.removeEventListener(type, listener);
      note(websocket.listenerCount(type), attributes[name] === listener);
      websocket.addEventListener(type, listener);
      attributes[name] = null;
      note(websocket.listenerCount(type), attributes[name]);
    });
    expect(record).toEqual([[2], [1, true], [1, null]]);
  });

  it('does not see what on added', () => {
    both((websocket, note) => {
      websocket.on(type, () => {});
      note((websocket as unknown as Attributes)[name]);
    });
  });
});

describe('over a connection', () => {
  sameAsWs(
    'all event objects come, and the end is clean',
    {},
    async ({ websocket, peer, note, closed }) => {
      websocket.onmessage = ({ data }) => note('data', data);
      websocket.onerror = ({ message }) => note('onerror', message);
      websocket.onclose = ({ code, reason, wasClean }) => note('onclose', code, reason, wasClean);
      peer.sendFrames(
        [0x81, 'text'],
        [0x82, 'binary'],
        [0x88, Buffer.from('\u0003èbye', 'latin1')],
      );
      await peer.untilEnd();
      peer.socket.end();
      await closed;
    },
    [
      'open @1',
      'message <text> false @1',
      'data text @1',
      'message <binary> true @1',
      'data <binary> @1',
      'close 1000 <bye> @3',
      'onclose 1000 bye true @3',
    ],
  );

  sameAsWs(
    'an end without close frames is not clean',
    {},
    async ({ websocket, note, closed }) => {
      websocket.onclose = ({ code, reason, wasClean }) => note('onclose', code, reason, wasClean);
      websocket.terminate();
      await closed;
    },
    ['open @1', 'close 1006 <> @3', 'onclose 1006  false @3'],
  );

  sameAsWs(
    'an end with our close frame alone is not clean',
    {},
    async ({ websocket, note, peer, closed }) => {
      websocket.onclose = ({ wasClean }) => note('onclose', wasClean);
      websocket.close(1000);
      await peer.untilFrames(1);
      await peer.close();
      await closed;
    },
    ['open @1', 'close 1006 <> @3', 'onclose false @3'],
  );

  it('onopen set before attach sees the open WebSocket', async () => {
    for (const implementation of implementations) {
      const seen: unknown[] = [];
      const { websocket } = await openBench('client', {
        implementation,
        prepare: (each) => {
          each.onopen = function (this: unknown, event) {
            seen.push(this === each, event.type, event.target === each, each.readyState);
          };
        },
      });
      expect(websocket).toBeInstanceOf(implementation.name === 'ws' ? Ws : Object);
      expect(seen).toEqual([true, 'open', true, 1]);
    }
  });
});
