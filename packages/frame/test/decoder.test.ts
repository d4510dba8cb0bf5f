/** Who calls whom and when: hold, release, stop, calls from inside the handler, exceptions. */
import { describe, expect, test, vi } from 'vitest';
import { FrameDecoder } from '../src/index.js';
import type { FrameDecoderOptions, FrameHandler } from '../src/index.js';
import { Recorder, byteByByte, cut, frameEvent, hex, join, repeated } from './wire.js';
import type { Event } from './wire.js';

const a = hex('81 01 61');
const b = hex('81 01 62');
const c = hex('81 01 63');
const cutText = hex('81 04 61626364');
const rsv2 = hex('a1 00');

const eventA = frameEvent(1, '61');
const eventB = frameEvent(1, '62');
const eventC = frameEvent(1, '63');

/** A decoder whose handler does `react` after it recorded what happened. */
function setUp(
  react: (event: Event, decoder: FrameDecoder) => void = () => undefined,
  options: Partial<FrameDecoderOptions> = {},
): { decoder: FrameDecoder; events: Event[] } {
  const recorder = new Recorder();
  const { events } = recorder;
  const handler: FrameHandler = {
    onFrame(...frame) {
      recorder.onFrame(...frame);
      react(events.at(-1) as Event, decoder);
    },
    onError(error) {
      recorder.onError(error);
      react(events.at(-1) as Event, decoder);
    },
  };
  const decoder = new FrameDecoder(handler, { role: 'client', ...options });
  return { decoder, events };
}

describe('hold and release', () => {
  test('what is pushed during a hold waits, in order, until the release returns', () => {
    const { decoder, events } = setUp();
    decoder.hold();
    expect(decoder.held).toBe(true);
    for (const chunk of [a, b, c]) decoder.push(chunk);
    expect(events).toEqual([]);
    expect(decoder.queuedBytes).toBe(9);
    decoder.release();
    expect(decoder.held).toBe(false);
    expect(decoder.queuedBytes).toBe(0);
    expect(events).toEqual([eventA, eventB, eventC]);
  });

  test('a hold inside the handler keeps the rest of the chunk', () => {
    const { decoder, events } = setUp((_, d) => d.hold());
    decoder.push(join(a, b, c));
    expect(events).toEqual([eventA]);
    expect(decoder.queuedBytes).toBe(6);
    decoder.push(a);
    expect(decoder.queuedBytes).toBe(9);
    decoder.release();
    expect(events).toEqual([eventA, eventB]);
    decoder.release();
    decoder.release();
    expect(events).toEqual([eventA, eventB, eventC, eventA]);
    expect(decoder.queuedBytes).toBe(0);
    expect(decoder.held).toBe(true);
  });

  test('a hold in the middle of a frame keeps its beginning', () => {
    const { decoder, events } = setUp();
    for (let at = 1; at < cutText.length; at++) {
      const [first, second] = cut(cutText, at);
      decoder.push(first ?? hex(''));
      decoder.hold();
      decoder.push(second ?? hex(''));
      expect(events).toHaveLength(at - 1);
      decoder.release();
      expect(events).toHaveLength(at);
    }
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
  });

  test('a hold and a release inside the handler change nothing', () => {
    const { decoder, events } = setUp((_, d) => {
      d.hold();
      d.release();
      expect(d.held).toBe(false);
    });
    decoder.push(join(a, b, c));
    expect(events).toEqual([eventA, eventB, eventC]);
  });

  test('a release inside the handler calls no handler before it returns', () => {
    let depth = 0;
    const { decoder, events } = setUp((_, d) => {
      depth += 1;
      expect(depth).toBe(1);
      d.push(c);
      d.hold();
      d.release();
      depth -= 1;
      if (events.length >= 4) d.stop();
    });
    decoder.push(join(a, b));
    expect(events).toEqual([eventA, eventB, eventC, eventC]);
  });

  test('a release without a hold does nothing', () => {
    const { decoder, events } = setUp();
    decoder.push(a.slice(0, 1));
    decoder.release();
    decoder.push(a.slice(1));
    expect(events).toEqual([eventA]);
  });

  test('an error comes in its turn', () => {
    const { decoder, events } = setUp();
    decoder.hold();
    decoder.push(join(a, rsv2));
    decoder.push(b);
    decoder.release();
    expect(events).toMatchObject([eventA, { error: 'WS_ERR_UNEXPECTED_RSV_2_3' }]);
    expect(decoder.queuedBytes).toBe(0);
  });

  test('many small chunks in a hold are read in linear time and in order', () => {
    const { decoder, events } = setUp();
    decoder.hold();
    for (let i = 0; i < 30_000; i++)
      decoder.push(i % 3 === 0 ? hex('81') : hex(i % 3 === 1 ? '01' : '61'));
    decoder.release();
    expect(events).toHaveLength(10_000);
    expect(events.every((event) => 'payload' in event && event.payload === '61')).toBe(true);
  });
});

describe('stop', () => {
  test('what is pushed later is dropped', () => {
    const { decoder, events } = setUp();
    decoder.push(a);
    decoder.stop();
    expect(decoder.stopped).toBe(true);
    decoder.push(b);
    decoder.release();
    expect(events).toEqual([eventA]);
    expect(decoder.queuedBytes).toBe(0);
  });

  test('inside the handler it drops the rest of the chunk', () => {
    const { decoder, events } = setUp((_, d) => d.stop());
    decoder.push(join(a, b));
    expect(events).toEqual([eventA]);
    expect(decoder.queuedBytes).toBe(0);
  });

  test('it drops what a hold kept, and ends the hold', () => {
    const { decoder, events } = setUp();
    decoder.hold();
    decoder.push(a);
    decoder.stop();
    expect(decoder.held).toBe(false);
    expect(decoder.queuedBytes).toBe(0);
    decoder.hold();
    expect(decoder.held).toBe(false);
    decoder.release();
    decoder.push(b);
    expect(events).toEqual([]);
  });
});

describe('after an error', () => {
  test('nothing follows, whatever is called, and memory that waited is dropped', () => {
    const { decoder, events } = setUp();
    decoder.push(join(a, rsv2, b));
    decoder.push(c);
    decoder.release();
    expect(events).toHaveLength(2);
    expect(decoder.stopped).toBe(true);
    expect(decoder.held).toBe(false);
    expect(decoder.queuedBytes).toBe(0);
  });

  test('the decoder is stopped already when the handler learns of it', () => {
    const { decoder, events } = setUp((event, d) => {
      if (!('error' in event)) return;
      expect(d.stopped).toBe(true);
      d.push(a);
      d.release();
    });
    decoder.push(join(rsv2, b));
    expect(events).toHaveLength(1);
  });

  test('an exception of onError leaves push, and the decoder stays deaf', () => {
    const { decoder, events } = setUp(() => {
      throw new Error('from the handler');
    });
    expect(() => decoder.push(join(rsv2, a))).toThrow('from the handler');
    decoder.push(a);
    decoder.release();
    expect(events).toHaveLength(1);
    expect(decoder.queuedBytes).toBe(0);
  });
});

describe('push inside the handler', () => {
  test('is queued behind the rest of the chunk and read before the outer push returns', () => {
    const { decoder, events } = setUp((event, d) => {
      if (event === events[0]) {
        d.push(c);
        expect(events).toHaveLength(1);
        expect(d.queuedBytes).toBe(3);
      }
    });
    decoder.push(join(a, b));
    expect(events).toEqual([eventA, eventB, eventC]);
    expect(decoder.queuedBytes).toBe(0);
  });

  test('together with a hold keeps the order', () => {
    const { decoder, events } = setUp((event, d) => {
      if (event !== events[0]) return;
      d.push(c);
      d.hold();
    });
    decoder.push(join(a, b));
    decoder.push(a);
    expect(events).toEqual([eventA]);
    expect(decoder.queuedBytes).toBe(9);
    decoder.release();
    expect(events).toEqual([eventA, eventB, eventC, eventA]);
  });
});

describe('a handler that throws', () => {
  const throwOn = (text: string) => (event: Event) => {
    if ('payload' in event && event.payload === text) throw new Error('from the handler');
  };

  test.each<[string, (decoder: FrameDecoder) => void]>([
    ['a push', (decoder) => decoder.push(c)],
    ['a release', (decoder) => (decoder.release(), decoder.push(c))],
  ])('the rest of the chunk is read by %s', (_, goOn) => {
    const { decoder, events } = setUp(throwOn('61'));
    expect(() => decoder.push(join(a, b))).toThrow('from the handler');
    expect(events).toEqual([eventA]);
    expect(decoder.queuedBytes).toBe(3);
    goOn(decoder);
    expect(events).toEqual([eventA, eventB, eventC]);
    expect(decoder.queuedBytes).toBe(0);
  });

  test('at the end of a chunk nothing waits', () => {
    const { decoder, events } = setUp(throwOn('61'));
    expect(() => decoder.push(a)).toThrow('from the handler');
    expect(decoder.queuedBytes).toBe(0);
    decoder.push(b);
    expect(events).toEqual([eventA, eventB]);
  });

  test('every frame is handed over once, though every call throws', () => {
    const { decoder, events } = setUp(() => {
      throw new Error('from the handler');
    });
    expect(() => decoder.push(join(a, b, c))).toThrow();
    expect(() => decoder.release()).toThrow();
    expect(() => decoder.push(a)).toThrow();
    expect(() => decoder.release()).toThrow();
    decoder.release();
    expect(events).toEqual([eventA, eventB, eventC, eventA]);
  });

  test('out of a release, with more chunks behind', () => {
    const { decoder, events } = setUp(throwOn('61'));
    decoder.hold();
    for (const chunk of [join(a, b), c]) decoder.push(chunk);
    expect(() => decoder.release()).toThrow('from the handler');
    expect(decoder.held).toBe(false);
    expect(decoder.queuedBytes).toBe(6);
    decoder.release();
    expect(events).toEqual([eventA, eventB, eventC]);
  });

  test('after it held or stopped, that stays in force', () => {
    for (const order of ['hold', 'stop'] as const) {
      const { decoder, events } = setUp((_, d) => {
        d[order]();
        throw new Error('from the handler');
      });
      expect(() => decoder.push(join(a, b))).toThrow('from the handler');
      decoder.push(c);
      expect(events).toEqual([eventA]);
      expect(decoder.queuedBytes).toBe(order === 'hold' ? 6 : 0);
    }
  });
});

describe('cutShort', () => {
  test('is true inside a frame and inside a fragmented message', () => {
    const { decoder } = setUp(undefined, { role: 'server' });
    const bytes = hex('01 fe 0080 01020304');
    expect(decoder.cutShort).toBe(false);
    for (const byte of byteByByte(join(bytes, repeated('61', 128)))) {
      decoder.push(byte);
      expect(decoder.cutShort).toBe(true);
    }
    decoder.push(hex('89 80 00000000'));
    expect(decoder.cutShort).toBe(true);
    decoder.push(hex('80 80 00000000'));
    expect(decoder.cutShort).toBe(false);
  });
});

describe('the masking that it is given', () => {
  test('is used for whole and for cut payloads, and not for keys of zeros', () => {
    const masking = { inPlace: vi.fn(), into: vi.fn() };
    const { decoder } = setUp(undefined, { role: 'server', masking });
    decoder.push(hex('81 82 00000000 6162'));
    for (const chunk of cut(hex('81 82 00000000 6162'), 7)) decoder.push(chunk);
    expect(masking.inPlace).not.toHaveBeenCalled();
    expect(masking.into).not.toHaveBeenCalled();

    const chunk = hex('81 82 01020304 6162');
    decoder.push(chunk);
    expect(masking.inPlace).toHaveBeenCalledExactlyOnceWith(chunk, 6, 8, 0x01020304, 0);

    const [first, second] = cut(chunk, 7);
    decoder.push(first ?? hex(''));
    decoder.push(second ?? hex(''));
    expect(
      masking.into.mock.calls.map(([, start, end, , to, key, phase]) => [
        start,
        end,
        to,
        key,
        phase,
      ]),
    ).toEqual([
      [6, 7, 0, 0x01020304, 0],
      [0, 1, 1, 0x01020304, 1],
    ]);
  });
});

test('an empty chunk is nothing', () => {
  const { decoder, events } = setUp(undefined, { maxBufferedChunks: 1 });
  for (const chunk of [hex(''), hex('81'), hex(''), hex('')]) decoder.push(chunk);
  expect(events).toEqual([]);
  expect(decoder.cutShort).toBe(true);
});
