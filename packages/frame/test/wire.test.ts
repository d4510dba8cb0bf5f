/** Every shape of frame as literal bytes, in both directions and for both roles. */
import { describe, expect, test } from 'vitest';
import { FrameDecoder, encodeFrame } from '../src/index.js';
import type { FrameInit } from '../src/index.js';
import {
  Recorder,
  cut,
  decode,
  everyWay,
  frameEvent,
  hex,
  isSame,
  join,
  repeated,
} from './wire.js';
import type { Options } from './wire.js';

const maskingKey = 0x37fa213d;

interface Shape {
  frame: Required<Omit<FrameInit, 'maskingKey'>>;
  /** Bytes that a continuation needs before it. */
  before?: { unmasked: Uint8Array; masked: Uint8Array };
  unmasked: Uint8Array;
  masked: Uint8Array;
}

function shape(
  first: { opcode: FrameInit['opcode']; fin?: boolean; rsv1?: boolean },
  payload: Uint8Array,
  unmasked: string,
  masked: string,
): Shape {
  const { opcode, fin = true, rsv1 = false } = first;
  return {
    frame: { opcode, fin, rsv1, payload },
    unmasked: hex(unmasked),
    masked: hex(masked),
    ...(opcode === 0 && { before: { unmasked: hex('01 00'), masked: hex('01 80 00000000') } }),
  };
}

/** A frame of `length` times the letter a; the headers are given, up to the payload. */
function long(length: number, unmasked: string, masked: string): Shape {
  return {
    frame: { opcode: 2, fin: true, rsv1: false, payload: repeated('61', length) },
    unmasked: join(hex(unmasked), repeated('61', length)),
    masked: join(hex(masked), repeated('569b405c', length)),
  };
}

const hello = hex('48656c6c6f');

const shapes: [name: string, shape: Shape][] = [
  ['text', shape({ opcode: 1 }, hello, '81 05 48656c6c6f', '81 85 37fa213d 7f9f4d5158')],
  ['empty text', shape({ opcode: 1 }, hex(''), '81 00', '81 80 37fa213d')],
  ['binary', shape({ opcode: 2 }, hex('010203ff'), '82 04 010203ff', '82 84 37fa213d 36f822c2')],
  ['one byte', shape({ opcode: 2 }, hex('61'), '82 01 61', '82 81 37fa213d 56')],
  [
    'first fragment',
    shape({ opcode: 1, fin: false }, hex('48656c'), '01 03 48656c', '01 83 37fa213d 7f9f4d'),
  ],
  ['empty first fragment', shape({ opcode: 2, fin: false }, hex(''), '02 00', '02 80 37fa213d')],
  [
    'continuation',
    shape({ opcode: 0, fin: false }, hex('6c6f'), '00 02 6c6f', '00 82 37fa213d 5b95'),
  ],
  ['last continuation', shape({ opcode: 0 }, hex('6c6f'), '80 02 6c6f', '80 82 37fa213d 5b95')],
  ['empty last continuation', shape({ opcode: 0 }, hex(''), '80 00', '80 80 37fa213d')],
  [
    'RSV1 (RFC 7692 section 7.2.3.1)',
    shape(
      { opcode: 1, rsv1: true },
      hex('f248cdc9c90700'),
      'c1 07 f248cdc9c90700',
      'c1 87 37fa213d c5b2ecf4fefd21',
    ),
  ],
  [
    'RSV1 on a first fragment',
    shape({ opcode: 1, rsv1: true, fin: false }, hex('f248'), '41 02 f248', '41 82 37fa213d c5b2'),
  ],
  ['close without payload', shape({ opcode: 8 }, hex(''), '88 00', '88 80 37fa213d')],
  ['close with a code', shape({ opcode: 8 }, hex('03e8'), '88 02 03e8', '88 82 37fa213d 3412')],
  [
    'close with a reason',
    shape({ opcode: 8 }, hex('03e9627965'), '88 05 03e9627965', '88 85 37fa213d 3413434452'),
  ],
  ['ping', shape({ opcode: 9 }, hello, '89 05 48656c6c6f', '89 85 37fa213d 7f9f4d5158')],
  ['empty ping', shape({ opcode: 9 }, hex(''), '89 00', '89 80 37fa213d')],
  ['pong', shape({ opcode: 10 }, hello, '8a 05 48656c6c6f', '8a 85 37fa213d 7f9f4d5158')],
  ['125 bytes', long(125, '82 7d', '82 fd 37fa213d')],
  ['126 bytes', long(126, '82 7e 007e', '82 fe 007e 37fa213d')],
  ['127 bytes', long(127, '82 7e 007f', '82 fe 007f 37fa213d')],
  ['256 bytes', long(256, '82 7e 0100', '82 fe 0100 37fa213d')],
  ['65535 bytes', long(65535, '82 7e ffff', '82 fe ffff 37fa213d')],
  ['65536 bytes', long(65536, '82 7f 0000000000010000', '82 ff 0000000000010000 37fa213d')],
];

describe.each(shapes)('%s', (_, { frame, before, unmasked, masked }) => {
  test('is encoded', () => {
    expect(isSame(encodeFrame(frame), unmasked)).toBe(true);
    expect(isSame(encodeFrame({ ...frame, maskingKey }), masked)).toBe(true);
  });

  describe.each([
    ['a client', { role: 'client', rsv1: true }, unmasked, before?.unmasked],
    ['a server', { role: 'server', rsv1: true }, masked, before?.masked],
  ] as [string, Options, Uint8Array, Uint8Array | undefined][])(
    'is decoded by %s',
    (_role, options, bytes, prefix = hex('')) => {
      const expected = [frameEvent(frame.opcode, frame.payload, frame)];

      function decodeBehindPrefix(chunks: readonly Uint8Array[]): unknown[] {
        const events = decode(cut(prefix).concat(chunks), options);
        return prefix.length > 0 ? events.slice(1) : events;
      }

      test('whole, byte by byte, and at every split', () => {
        for (const chunks of everyWay(bytes)) expect(decodeBehindPrefix(chunks)).toEqual(expected);
      });

      test('not before its last byte', () => {
        expect(decodeBehindPrefix([bytes.slice(0, -1)])).toEqual([]);
      });

      test('with trailing bytes, which are left to the next frame', () => {
        const ping = options.role === 'server' ? hex('89 81 00000000 61') : hex('89 01 61');
        const events = [...expected, frameEvent(9, '61')];
        for (const chunks of everyWay(join(bytes, ping))) {
          expect(decodeBehindPrefix(chunks)).toEqual(events);
        }
        expect(decodeBehindPrefix([join(bytes, ping.subarray(0, 1))])).toEqual(expected);
      });
    },
  );
});

describe('F6 a length that is not minimally encoded', () => {
  const cases: [string, Uint8Array, Uint8Array, number][] = [
    ['5 in 16 bits', hex('81 7e 0005 48656c6c6f'), hex('81 fe 0005 00000000 48656c6c6f'), 5],
    ['0 in 16 bits', hex('81 7e 0000'), hex('81 fe 0000 00000000'), 0],
    ['125 in 16 bits', join(hex('82 7e 007d'), repeated('61', 125)), hex(''), 125],
    ['5 in 64 bits', hex('81 7f 0000000000000005 48656c6c6f'), hex(''), 5],
    ['126 in 64 bits', join(hex('82 7f 000000000000007e'), repeated('61', 126)), hex(''), 126],
    [
      '65535 in 64 bits',
      join(hex('82 7f 000000000000ffff'), repeated('61', 65535)),
      hex(''),
      65535,
    ],
  ];

  test.each(cases)('%s is tolerated', (_, unmasked, masked, length) => {
    for (const chunks of everyWay(unmasked)) {
      expect(decode(chunks, { role: 'client' })).toMatchObject([{ fin: true }]);
    }
    for (const chunks of everyWay(masked)) {
      if (masked.length === 0) continue;
      expect(decode(chunks, { role: 'server' })).toMatchObject([{ fin: true }]);
    }
    const [event] = decode([unmasked], { role: 'client' });
    expect(event && 'payload' in event && event.payload.length / 2).toBe(length);
  });

  test.each(cases)('%s is an error where minimal lengths are required', (_, bytes, _m, length) => {
    for (const chunks of everyWay(bytes)) {
      expect(decode(chunks, { role: 'client', requireMinimalLength: true })).toEqual([
        {
          error: 'WS_ERR_NON_MINIMAL_PAYLOAD_LENGTH',
          closeCode: 1002,
          message: `Invalid WebSocket frame: payload length ${length} is not minimally encoded`,
        },
      ]);
    }
  });

  test('the least lengths of each encoding are minimal', () => {
    const options: Options = { role: 'client', requireMinimalLength: true };
    for (const [, { frame, unmasked }] of shapes.filter(([name]) => name.endsWith('bytes'))) {
      expect(decode([unmasked], options)).toEqual([frameEvent(2, frame.payload)]);
    }
  });
});

describe('who owns the bytes of a payload', () => {
  function decodeBuffers(role: 'client' | 'server', ...chunks: Buffer[]): Uint8Array[] {
    const recorder = new Recorder();
    const decoder = new FrameDecoder(recorder, { role, allocate: Buffer.alloc });
    for (const chunk of chunks) decoder.push(chunk);
    return recorder.payloads;
  }

  test('a payload that comes whole is a view into the chunk, of the type of the chunk', () => {
    const chunk = Buffer.from(hex('81 85 37fa213d 7f9f4d5158'));
    const [payload] = decodeBuffers('server', chunk);
    expect(Buffer.isBuffer(payload)).toBe(true);
    expect(payload?.buffer).toBe(chunk.buffer);
    expect(chunk).toEqual(Buffer.from(hex('81 85 37fa213d 48656c6c6f')));
  });

  test('so is one that starts with its chunk, since its header came before', () => {
    const chunk = Buffer.from(hex('7f9f4d5158'));
    const [payload] = decodeBuffers('server', Buffer.from(hex('81 85 37fa213d')), chunk);
    expect(payload?.buffer).toBe(chunk.buffer);
    expect(payload).toEqual(Buffer.from('Hello'));
  });

  test('a payload that a chunk edge cuts has memory of its own, and the chunks stay as they are', () => {
    const chunks = [Buffer.from(hex('81 85 37fa213d 7f9f')), Buffer.from(hex('4d5158'))];
    const [payload] = decodeBuffers('server', ...chunks);
    expect(Buffer.isBuffer(payload)).toBe(true);
    expect(payload).toEqual(Buffer.from('Hello'));
    expect(chunks[1]).toEqual(Buffer.from(hex('4d5158')));
  });

  test('an unmasked payload that is cut is copied as it is', () => {
    const [payload] = decodeBuffers('client', Buffer.from(hex('81 05 4865')), Buffer.from('llo'));
    expect(payload).toEqual(Buffer.from('Hello'));
  });

  test('a finished payload has no bytes behind it', () => {
    const bytes = join(hex('82 7f 0000000000011170'), repeated('61', 70_000));
    const recorder = new Recorder();
    const decoder = new FrameDecoder(recorder, { role: 'client' });
    for (let at = 0; at < bytes.length; at += 1000) decoder.push(bytes.slice(at, at + 1000));
    expect(recorder.payloads[0]?.byteLength).toBe(70_000);
    expect(recorder.payloads[0]?.buffer.byteLength).toBe(70_000);
  });
});
