/** The limits, and what is allocated before and after them. */
import { describe, expect, test } from 'vitest';
import { FrameDecoder } from '../src/index.js';
import {
  Recorder,
  byteByByte,
  countingAllocator,
  cut,
  decode,
  everyWay,
  frameEvent,
  hex,
  isSame,
  join,
  repeated,
} from './wire.js';
import type { ErrorEvent, Options } from './wire.js';

const tooLong: ErrorEvent = {
  error: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  closeCode: 1009,
  message: 'Max payload size exceeded',
};
const unsupported: ErrorEvent = {
  error: 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
  closeCode: 1009,
  message: 'Unsupported WebSocket frame: payload length > 2^53 - 1',
};
const tooMany = (what: string): ErrorEvent => ({
  error: 'WS_ERR_TOO_MANY_BUFFERED_PARTS',
  closeCode: 1008,
  message: `Too many ${what}`,
});

/** A header for both roles: the MASK bit and a key are added for a server. */
function header(role: 'client' | 'server', first: string, length: string): Uint8Array {
  if (role === 'client') return hex(`${first} ${length}`);
  const bytes = hex(`${first} ${length} 00000000`);
  bytes[1] = (bytes[1] ?? 0) | 0x80;
  return bytes;
}

describe.each(['client', 'server'] as const)('announced lengths, as a %s', (role) => {
  function run(options: Options, chunks: readonly Uint8Array[]) {
    const { allocate, sizes } = countingAllocator();
    return { events: decode(chunks, { role, allocate, ...options }), sizes };
  }

  test.each([
    ['2^53', '7f 0020000000000000'],
    ['2^53 + 1', '7f 0020000000000001'],
    ['2^63', '7f 8000000000000000'],
    ['FFFFFFFFFFFFFFFF', '7f ffffffffffffffff'],
    ['2^63 - 1', '7f 7fffffffffffffff'],
  ])('F5 %s is refused on the header, nothing is allocated', (_, length) => {
    for (const maxPayloadBytes of [0, 100]) {
      // Without the masking key: the length alone decides.
      const bytes = header(role, '82', length).subarray(0, 10);
      for (const chunks of everyWay(bytes)) {
        const { events, sizes } = run({ maxPayloadBytes }, chunks);
        expect(events).toEqual([unsupported]);
        expect(sizes).toEqual([]);
      }
      expect(run({ maxPayloadBytes }, [bytes.slice(0, 9)]).events).toEqual([]);
    }
  });

  test.each([
    ['2^31', '7f 0000000080000000', 2 ** 31],
    ['2^32', '7f 0000000100000000', 2 ** 32],
    ['2^53 - 1', '7f 001fffffffffffff', 2 ** 53 - 1],
  ])(
    'F5 %s: refused under a limit, else nothing is allocated past what came',
    (_, length, size) => {
      const bytes = header(role, '82', length);
      for (const limit of [size - 1, 1]) {
        const { events, sizes } = run({ maxPayloadBytes: limit }, [bytes.slice(0, 10)]);
        expect(events).toEqual([tooLong]);
        expect(sizes).toEqual([]);
      }
      for (const chunks of [cut(bytes), byteByByte(bytes)]) {
        expect(run({}, chunks)).toEqual({ events: [], sizes: [] });
      }
      expect(run({}, [join(bytes, repeated('61', 10))])).toEqual({ events: [], sizes: [16384] });
      expect(run({ maxPayloadBytes: size }, [bytes.slice()]).events).toEqual([]);
    },
  );

  test('F5 limit + 1 is refused, the limit is fine, and control frames do not count', () => {
    const fine = join(header(role, '82', '7e 03e8'), repeated('61', 1000));
    const over = header(role, '82', '7e 03e9').subarray(0, 4);
    const ping = join(header(role, '89', '7d'), repeated('62', 125));
    const { events } = run({ maxPayloadBytes: 1000 }, [join(fine, over)]);
    expect(events).toEqual([frameEvent(2, repeated('61', 1000)), tooLong]);
    for (const chunks of everyWay(over)) {
      expect(run({ maxPayloadBytes: 1000 }, chunks)).toEqual({ events: [tooLong], sizes: [] });
    }
    expect(run({ maxPayloadBytes: 10 }, [ping]).events).toEqual([
      frameEvent(9, repeated('62', 125)),
    ]);
  });

  test('the limit counts the sum over fragments, and starts anew with each message', () => {
    const first = join(header(role, '01', '06'), repeated('61', 6));
    const last = join(header(role, '80', '04'), repeated('62', 4));
    const ping = join(header(role, '89', '09'), repeated('63', 9));
    const over = header(role, '80', '05').subarray(0, 2);
    const events = [
      frameEvent(1, repeated('61', 6), { fin: false }),
      frameEvent(9, repeated('63', 9)),
    ];
    const fine = join(first, ping, last);
    for (const chunks of everyWay(join(fine, fine, first, ping, over))) {
      expect(decode(chunks, { role, maxPayloadBytes: 10 })).toEqual([
        ...events,
        frameEvent(0, repeated('62', 4)),
        ...events,
        frameEvent(0, repeated('62', 4)),
        ...events,
        tooLong,
      ]);
    }
  });

  test('the sum may pass 2^53 - 1 without a limit and is refused with the greatest', () => {
    const first = join(header(role, '02', '01'), hex('61'));
    const next = header(role, '00', '7f 001fffffffffffff');
    expect(decode([join(first, next)], { role })).toHaveLength(1);
    expect(decode([join(first, next)], { role, maxPayloadBytes: 2 ** 53 - 1 })).toEqual([
      frameEvent(2, '61', { fin: false }),
      tooLong,
    ]);
  });
});

describe('an allocator that throws', () => {
  test('is a message too big, with the cause, and never an exception', () => {
    const cause = new RangeError('Array buffer allocation failed');
    const errors: Error[] = [];
    const decoder = new FrameDecoder(
      { onFrame: () => expect.unreachable(), onError: (error) => errors.push(error) },
      {
        role: 'client',
        allocate: () => {
          throw cause;
        },
      },
    );
    decoder.push(hex('82 7f 0000400000000000 61'));
    decoder.push(hex('61'));
    expect(errors).toMatchObject([{ code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', cause }]);
    expect(decoder.stopped).toBe(true);
  });
});

describe('R1 the number of fragments', () => {
  const first = hex('01 00');
  const more = hex('00 00');
  const last = hex('80 00');

  test('16,385 one-byte fragments: the last one is an error, the ones before are not', () => {
    const recorder = new Recorder();
    const decoder = new FrameDecoder(recorder, { role: 'client', maxFragments: 16384 });
    decoder.push(hex('02 01 61'));
    for (let i = 1; i < 16384; i++) decoder.push(hex('00 01 61'));
    expect(recorder.events).toHaveLength(16384);
    expect(recorder.errors).toEqual([]);
    decoder.push(hex('00 01 61'));
    expect(recorder.events.slice(16384)).toEqual([tooMany('message fragments')]);
  });

  test('empty fragments count, control frames between them do not', () => {
    const ping = hex('89 00');
    const options: Options = { maxFragments: 3 };
    const fine = join(first, ping, more, ping, last);
    expect(decode([join(fine, fine)], options)).toHaveLength(10);
    const over = join(first, ping, more, ping, more, last);
    for (const chunks of everyWay(over)) {
      expect(decode(chunks, options).slice(5)).toEqual([tooMany('message fragments')]);
    }
  });

  test('an unfragmented message counts as one', () => {
    const text = hex('81 01 61');
    expect(decode([join(text, text, text)], { maxFragments: 1 })).toHaveLength(3);
    expect(decode([join(text, first, last)], { maxFragments: 1 })).toEqual([
      frameEvent(1, '61'),
      frameEvent(1, '', { fin: false }),
      tooMany('message fragments'),
    ]);
  });

  test('it is checked when the frame is complete, not on its header', () => {
    const decoded = (bytes: Uint8Array): number =>
      decode([join(first, bytes)], { maxFragments: 1 }).length;
    expect(decoded(hex('80 02 61'))).toBe(1);
    expect(decoded(hex('80 02 6162'))).toBe(2);
  });
});

describe('R2 the number of chunks', () => {
  function errorsAfter(max: number, ...chunks: string[]): string[] {
    return decode(chunks.map(hex), { role: 'server', maxBufferedChunks: max }).flatMap((event) =>
      'error' in event ? [event.message] : [],
    );
  }
  const refused = ['Too many buffered chunks'];

  test.each([
    ['as many chunks as the limit may wait', 2, ['81 83 00000000 61', '62'], []],
    [
      'one more is an error, though it ends the frame',
      2,
      ['81 83 00000000 61', '62', '63'],
      refused,
    ],
    ['a header that ends its chunk waits for nothing', 1, ['81 83 00000000', '616263'], []],
    ['nor does any part that ends its chunk', 1, ['81fe', '0003', '00000000', '616263'], []],
    ['a header that does not end its chunk', 1, ['81 83 00000000 61', '6263'], refused],
    ['the first two bytes are a part', 1, ['81', '83'], refused],
    ['so is the length', 1, ['81 fe', '00', '80'], refused],
    ['so is the masking key', 1, ['81 83', '00', '000000'], refused],
    ['a finished part counts no more', 2, ['81', '83 00', '000000', '61', '62'], []],
    ['a chunk counts in the part that it ends in', 2, ['81', '83 00', '000000 61', '62'], []],
    ['and that part counts anew', 2, ['81', '83 00', '000000 61', '62', '63'], refused],
    ['no limit', 0, ['81', '83', '00', '00', '00', '00', '61', '62', '63'], []],
  ])('%s', (_, max, chunks, errors) => {
    expect(errorsAfter(max, ...chunks)).toEqual(errors);
  });

  test('the error closes with 1008, and nothing follows it', () => {
    const chunks = ['81 02 61', '62', '81 00'].map(hex);
    expect(decode(chunks, { role: 'client', maxBufferedChunks: 1 })).toEqual([
      tooMany('buffered chunks'),
    ]);
  });

  test('chunks that wait for a release do not count', () => {
    const recorder = new Recorder();
    const decoder = new FrameDecoder(recorder, { role: 'client', maxBufferedChunks: 1 });
    decoder.hold();
    for (let i = 0; i < 10; i++) decoder.push(hex('81 01 61'));
    decoder.release();
    expect(recorder.events).toHaveLength(10);
    expect(recorder.errors).toEqual([]);
  });

  test('100 MiB announced and sent in one-byte chunks: memory follows what arrived', () => {
    const { allocate, sizes } = countingAllocator();
    const recorder = new Recorder();
    const decoder = new FrameDecoder(recorder, {
      role: 'server',
      allocate,
      maxBufferedChunks: 40_000,
    });
    decoder.push(hex('82 ff 0000000006400000 00000000'));
    expect(sizes).toEqual([]);
    for (let i = 0; i < 40_000; i++) decoder.push(hex('61'));
    expect(sizes).toEqual([16_384, 65_536]);
    expect(recorder.events).toEqual([]);
    decoder.push(hex('61'));
    expect(recorder.events).toEqual([tooMany('buffered chunks')]);
  });

  test('memory is never more than four times what arrived, from 16 KiB on', () => {
    const { allocate, sizes } = countingAllocator();
    const recorder = new Recorder();
    const decoder = new FrameDecoder(recorder, { role: 'client', allocate });
    const total = 3_000_000;
    decoder.push(hex('82 7f 00000000002dc6c0'));
    for (let at = 0; at < total; at += 1000) {
      decoder.push(repeated('61', 1000));
      expect(sizes.at(-1)).toBeLessThanOrEqual(Math.max(16_384, 4 * (at + 1000)));
    }
    expect(sizes).toEqual([16_384, 65_536, 262_144, 1_048_576, total]);
    expect(isSame(recorder.payloads[0] ?? hex(''), repeated('61', total))).toBe(true);
  });
});

test.each(['maxPayloadBytes', 'maxFragments', 'maxBufferedChunks'])(
  'a wrong %s throws at the call',
  (name) => {
    for (const value of [-1, 1.5, Number.NaN, Infinity, '5']) {
      const options = { role: 'client', [name]: value } as const;
      expect(() => new FrameDecoder(new Recorder(), options)).toThrow(RangeError);
    }
    expect(() => new FrameDecoder(new Recorder(), { role: 'client', [name]: 0 })).not.toThrow();
  },
);

test('a wrong role throws at the call', () => {
  const options = { role: 'proxy' } as unknown as { role: 'client' };
  expect(() => new FrameDecoder(new Recorder(), options)).toThrow(
    new TypeError("The role must be 'client' or 'server', not 'proxy'"),
  );
});
