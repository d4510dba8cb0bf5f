import { describe, expect, it } from 'vitest';
import { MessageReader } from '../src/index.js';
import type { MessageReaderOptions } from '../src/index.js';
import { FakeTransform, turn } from './support/fake-transform.js';
import { manualPlatform } from './support/manual-platform.js';

const hex = (value: string): Buffer => Buffer.from(value.replaceAll(' ', ''), 'hex');
const ascii = (value: string): string => Buffer.from(value).toString('hex');

/** Reads with everything recorded as text. */
function reader(options: Partial<MessageReaderOptions> = {}) {
  const events: string[] = [];
  const calls = { onEvent: (): void => {} };
  const note = (event: string): void => {
    events.push(event);
    calls.onEvent();
  };
  const { platform } = manualPlatform();
  const read = new MessageReader(
    {
      onMessage: (opcode, payload) => note(`${opcode} ${Buffer.from(payload).toString()}`),
      onFragments: (opcode, list) =>
        note(`${opcode} [${list.map((each) => Buffer.from(each).toString()).join('|')}]`),
      onPing: (payload) => note(`ping ${Buffer.from(payload).toString()}`),
      onPong: (payload) => note(`pong ${Buffer.from(payload).toString()}`),
      onClose: (code, reason) => note(`close ${code} ${Buffer.from(reason).toString()}`),
      onError: (error) => note(`error ${String(error.code)} ${error.closeCode}`),
      onDrain: () => note('drain'),
    },
    { role: 'client', platform, ...options },
  );
  return { read, events, calls };
}

/** Runs the bytes whole, byte by byte and at every split: always the same events. */
function expectEvents(
  wire: Uint8Array,
  expected: readonly string[],
  options: Partial<MessageReaderOptions> = {},
): void {
  const whole = reader(options);
  whole.read.push(Buffer.from(wire));
  expect(whole.events).toEqual(expected);
  const single = reader(options);
  for (const byte of wire) single.read.push(Buffer.of(byte));
  expect(single.events).toEqual(expected);
  for (let at = 1; at < wire.length; at++) {
    const split = reader(options);
    split.read.push(Buffer.from(wire.subarray(0, at)));
    split.read.push(Buffer.from(wire.subarray(at)));
    expect(split.events).toEqual(expected);
  }
}

describe('messages', () => {
  it('in one frame', () => {
    expectEvents(hex('81 05 48656c6c6f  82 03 414243  81 00  82 00'), [
      '1 Hello',
      '2 ABC',
      '1 ',
      '2 ',
    ]);
  });

  it('in fragments, with control frames between them', () => {
    expectEvents(hex('01 03 48656c  89 02 6869  80 02 6c6f  8a 00'), [
      'ping hi',
      '1 Hello',
      'pong ',
    ]);
    expectEvents(hex('02 00  00 01 41  00 00  80 01 42'), ['2 AB']);
  });

  it('as lists, when asked for: binary ones, without empty fragments', () => {
    const { read, events } = reader();
    read.deliverFragments = true;
    read.push(hex('02 01 41  00 00  80 01 42  82 01 43  82 00  01 01 61  80 01 62'));
    expect(events).toEqual(['2 [A|B]', '2 [C]', '2 []', '1 ab']);
  });

  it('as lists from the moment it is asked for', () => {
    const { read, events } = reader();
    read.push(hex('02 01 41'));
    read.deliverFragments = true;
    read.push(hex('80 01 42'));
    expect(events).toEqual(['2 [A|B]']);
  });

  it('larger than the limit are refused on their header', () => {
    expectEvents(hex('82 7f 0000000000000065'), ['error WS_ERR_UNSUPPORTED_MESSAGE_LENGTH 1009'], {
      maxPayloadBytes: 100,
    });
    expectEvents(hex('02 02 4142  80 02'), ['error WS_ERR_UNSUPPORTED_MESSAGE_LENGTH 1009'], {
      maxPayloadBytes: 3,
    });
  });
});

describe('text', () => {
  const bad = 'error WS_ERR_INVALID_UTF8 1007';

  it('F9 is checked, at every split', () => {
    for (const sequence of ['c0af', 'eda080', 'f4908080', 'ff', '80', 'e282']) {
      const length = (sequence.length / 2 + 2).toString(16).padStart(2, '0');
      expectEvents(hex(`81 ${length} 6161 ${sequence}`), [bad]);
    }
  });

  it('F9 may be cut anywhere between fragments', () => {
    expectEvents(hex('01 02 41e2  00 01 82  80 02 ac42'), ['1 A€B']);
  });

  it('F9 must not end inside a character', () => {
    expectEvents(hex('01 02 41e2  80 01 82'), [bad]);
    expectEvents(hex('01 01 41  80 02 e282'), [bad]);
  });

  it('F9 fails in the first of many fragments', () => {
    const { read, events } = reader();
    read.push(hex('01 03 41ff42'));
    expect(events).toEqual([bad]);
    read.push(hex('80 01 41'));
    expect(events).toEqual([bad]);
  });

  it('F9 fails at the first bad byte, long before the frame is complete', () => {
    const { read, events } = reader();
    read.push(hex('81 7e ffff 41ff'));
    expect(events).toEqual([bad]);
    const second = reader();
    second.read.push(hex('01 01 41  80 7e ffff 42 f4'));
    expect(second.events).toEqual([]);
    second.read.push(hex('90'));
    expect(second.events).toEqual([bad]);
  });

  it('is taken as it comes when asked for', () => {
    const { read, events } = reader({ skipUtf8Validation: true });
    read.push(hex('81 01 ff  88 03 03e8 ff'));
    expect(events).toHaveLength(2);
  });

  it('in binary messages is nobody’s business', () => {
    expectEvents(hex('82 01 ff').subarray(0, 3), ['2 \ufffd']);
  });
});

describe('close frames', () => {
  it('carry a code and a reason, or neither', () => {
    expectEvents(hex('88 00'), ['close 1005 ']);
    expectEvents(hex('88 02 03e8'), ['close 1000 ']);
    expectEvents(hex(`88 05 0bb8 ${ascii('bye')}`), ['close 3000 bye']);
  });

  it('F7 are the last thing that is read', () => {
    expectEvents(hex('88 00  81 01 41  88 00'), ['close 1005 ']);
  });

  it('F8 with a code that must not be sent are refused', () => {
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535]) {
      const wire = Buffer.of(0x88, 2, code >> 8, code & 0xff);
      expectEvents(wire, ['error WS_ERR_INVALID_CLOSE_CODE 1002']);
    }
  });

  it('F8 with a malformed reason or one byte are refused', () => {
    expectEvents(hex('88 03 03e8 ff'), ['error WS_ERR_INVALID_UTF8 1007']);
    expectEvents(hex('88 01'), ['error WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH 1002']);
  });
});

describe('a transform', () => {
  const encoded = (value: string): string => Buffer.from(turn(Buffer.from(value))).toString('hex');

  it('decodes messages whose RSV1 is set, and those only', () => {
    const transform = new FakeTransform();
    transform.synchronous = true;
    expectEvents(
      hex(`c1 02 ${encoded('hi')}  81 01 41  41 01 ${encoded('a')}  89 00  80 01 ${encoded('b')}`),
      ['1 hi', '1 A', 'ping ', '1 ab'],
      { transform },
    );
  });

  it('may take its time: order is kept', () => {
    const transform = new FakeTransform();
    const { read, events } = reader({ transform });
    read.push(hex(`c1 02 ${encoded('hi')}  81 01 41  89 00  c2 01 ${encoded('b')} 81 01 43`));
    expect(events).toEqual([]);
    expect(read.held).toBe(true);
    transform.finish();
    expect(events).toEqual(['1 hi', '1 A', 'ping ']);
    transform.finish();
    expect(events).toEqual(['1 hi', '1 A', 'ping ', '2 b', '1 C']);
    expect(read.held).toBe(false);
  });

  it('F9 R4 text is checked after decoding, fragment by fragment', () => {
    const transform = new FakeTransform();
    transform.synchronous = true;
    expectEvents(hex('41 02 beff'), [], { transform });
    const { read, events } = reader({ transform });
    read.push(hex(`41 01 ${Buffer.from(turn(Buffer.of(0xff))).toString('hex')}`));
    expect(events).toEqual(['error WS_ERR_INVALID_UTF8 1007']);
  });

  it('R4 its output counts against the limit', () => {
    const transform = new FakeTransform();
    transform.decode = () => new Uint8Array(101);
    expectEvents(hex('c2 01 00'), ['error WS_ERR_UNSUPPORTED_MESSAGE_LENGTH 1009'], {
      transform,
      maxPayloadBytes: 100,
    });
    transform.decode = () => new Uint8Array(50);
    const { read, events } = reader({ transform, maxPayloadBytes: 100 });
    read.push(hex('42 01 00  00 01 00  80 01 00'));
    expect(events).toEqual(['error WS_ERR_UNSUPPORTED_MESSAGE_LENGTH 1009']);
  });

  it('R4 its error ends the connection with its code, or 1007', () => {
    const transform = new FakeTransform();
    const first = reader({ transform });
    first.read.push(hex('c1 01 00  81 01 41'));
    transform.finish(Object.assign(new Error('bad'), { code: 'Z_DATA_ERROR' }));
    expect(first.events).toEqual(['error Z_DATA_ERROR 1007']);
    transform.throws = Object.assign(new Error('too big'), { code: 'BIG', closeCode: 1009 });
    const second = reader({ transform });
    second.read.push(hex('c1 01 00  81 01 41'));
    expect(second.events).toEqual(['error BIG 1009']);
  });

  it('that finishes after the end is not heard', () => {
    const transform = new FakeTransform();
    const { read, events } = reader({ transform });
    read.push(hex('c1 01 00'));
    read.stop();
    transform.finish();
    expect(events).toEqual([]);
  });
});

describe('hold', () => {
  it('stops delivery after the running call, and release goes on', () => {
    const { read, events, calls } = reader();
    calls.onEvent = () => read.hold();
    read.push(hex('81 01 41  81 01 42  81 01 43'));
    expect(events).toEqual(['1 A']);
    read.release();
    expect(events).toEqual(['1 A', '1 B']);
    calls.onEvent = () => {};
    read.release();
    expect(events).toEqual(['1 A', '1 B', '1 C']);
  });

  it('asks for a pause when much waits, and tells when it is over', () => {
    const { read, events } = reader();
    read.hold();
    expect(read.push(hex('81 01 41'))).toBe(true);
    expect(read.push(Buffer.concat([hex('82 7e 4e20'), Buffer.alloc(20_000)]))).toBe(false);
    read.release();
    expect(events.at(-1)).toBe('drain');
    expect(events).toHaveLength(3);
  });

  it('whenIdle waits for what is held', () => {
    const { read, events } = reader();
    read.hold();
    read.push(hex('81 01 41'));
    read.whenIdle(() => events.push('idle'));
    expect(events).toEqual([]);
    read.release();
    expect(events).toEqual(['1 A', 'idle']);
    read.whenIdle(() => events.push('idle again'));
    expect(events.at(-1)).toBe('idle again');
  });
});

describe('deliverLater', () => {
  it('gives each message, ping and pong a turn of its own', () => {
    const turns: (() => void)[] = [];
    const { read, events } = reader({ deliverLater: (task) => turns.push(task) });
    read.push(hex('81 01 41  89 00  82 01 42  88 00'));
    expect(events).toEqual([]);
    const seen: string[][] = [];
    while (turns.length > 0) {
      turns.shift()?.();
      seen.push([...events]);
    }
    expect(seen).toEqual([['1 A'], ['1 A', 'ping '], ['1 A', 'ping ', '2 B', 'close 1005 ']]);
  });
});

describe('a handler that throws', () => {
  it('R9 loses its message only', () => {
    const { read, events, calls } = reader();
    calls.onEvent = () => {
      if (events.length === 1) throw new Error('of the application');
    };
    expect(() => read.push(hex('81 01 41  81 01 42  81 01 43'))).toThrow('of the application');
    read.push(hex('81 01 44'));
    expect(events).toEqual(['1 A', '1 B', '1 C', '1 D']);
  });

  it('R9 does not keep the rest of its chunk back, nor its end', () => {
    const { platform, endTick } = manualPlatform();
    const { read, events, calls } = reader({ platform });
    calls.onEvent = () => {
      if (events.length <= 2) throw new Error(`of event ${events.length}`);
    };
    expect(() => read.push(hex('81 01 41  81 01 42  81 01 43'))).toThrow('of event 1');
    read.whenIdle(() => events.push('idle'));
    expect(events).toEqual(['1 A']);
    expect(endTick).toThrow('of event 2');
    expect(events).toEqual(['1 A', '1 B']);
    endTick();
    expect(events).toEqual(['1 A', '1 B', '1 C', 'idle']);
  });

  it('R9 behind a transform does not keep the rest back either', () => {
    const { platform, endTick } = manualPlatform();
    const transform = new FakeTransform();
    const { read, events, calls } = reader({ platform, transform });
    calls.onEvent = () => {
      if (events.length === 2) throw new Error('of the application');
    };
    read.push(hex('c1 01 be  81 01 42  81 01 43'));
    expect(() => transform.finish()).toThrow('of the application');
    expect(events).toEqual(['1 A', '1 B']);
    endTick();
    expect(events).toEqual(['1 A', '1 B', '1 C']);
  });
});
