/** What a peer can do wrong in a frame, for both roles, and which error comes first. */
import { describe, expect, test } from 'vitest';
import { FrameDecoder } from '../src/index.js';
import { Recorder, cut, decode, everyWay, frameEvent, hex, join } from './wire.js';
import type { ErrorEvent, Event, Options } from './wire.js';

const rsv23 = error('WS_ERR_UNEXPECTED_RSV_2_3', 'RSV2 and RSV3 must be clear');
const rsv1 = error('WS_ERR_UNEXPECTED_RSV_1', 'RSV1 must be clear');
const fin = error('WS_ERR_EXPECTED_FIN', 'FIN must be set');
const expectedMask = error('WS_ERR_EXPECTED_MASK', 'MASK must be set');
const unexpectedMask = error('WS_ERR_UNEXPECTED_MASK', 'MASK must be clear');
const opcode = (n: number): ErrorEvent => error('WS_ERR_INVALID_OPCODE', `invalid opcode ${n}`);
const controlLength = (n: number): ErrorEvent =>
  error('WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', `invalid payload length ${n}`);

function error(code: string, message: string): ErrorEvent {
  return { error: code, closeCode: 1002, message: `Invalid WebSocket frame: ${message}` };
}

/** The bytes of a bad frame and the error that they cause. */
type Case = [name: string, bad: string, expected: ErrorEvent, options?: Options];

const rsv1Negotiated: Options = { rsv1: true };

/** The second byte is that of the client's side; the test sets the MASK bit for a server. */
const cases: Case[] = [
  ['F2 RSV2', 'a1 00', rsv23],
  ['F2 RSV3', '91 00', rsv23],
  ['F2 RSV2 and RSV3', 'b1 00', rsv23],
  ['F2 RSV2 on a control frame', 'a9 00', rsv23],
  ['F2 RSV2 before RSV1', 'e1 00', rsv23],
  ['F2 RSV3 before an unknown opcode', '93 00', rsv23],
  ['F2 RSV2, although RSV1 was negotiated', 'e1 00', rsv23, rsv1Negotiated],

  ['F2 RSV1 that was not negotiated, on text', 'c1 00', rsv1],
  ['F2 RSV1 that was not negotiated, on binary', 'c2 00', rsv1],
  ['F2 RSV1 that was not negotiated, on a ping', 'c9 00', rsv1],
  ['F2 RSV1 that was not negotiated, before an unknown opcode', 'c3 00', rsv1],
  ['F2 RSV1 that was not negotiated, before FIN', '49 00', rsv1],
  ['F2 RSV1 on a continuation, before the missing start', 'c0 00', rsv1, rsv1Negotiated],
  ['F2 RSV1 on a close', 'c8 00', rsv1, rsv1Negotiated],
  ['F2 RSV1 on a ping', 'c9 00', rsv1, rsv1Negotiated],
  ['F2 RSV1 on a pong', 'ca 00', rsv1, rsv1Negotiated],
  ['F2 RSV1 on a control frame, before its length', 'c9 7e', rsv1, rsv1Negotiated],
  ['F2 RSV1 on a control frame, behind FIN', '49 00', fin, rsv1Negotiated],
  ['F3 RSV1 with an unknown opcode, where it was negotiated', 'c3 00', opcode(3), rsv1Negotiated],

  ['F7 a continuation without start', '80 00', opcode(0)],
  ['F7 a continuation without start and end', '00 00', opcode(0)],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((n): Case => [
    `F3 opcode ${n}`,
    `8${n.toString(16)} 00`,
    opcode(n),
  ]),
  ['F3 opcode 11 before FIN and the length', '0b 7f', opcode(11)],

  ['F4 a close without FIN', '08 00', fin],
  ['F4 a ping without FIN', '09 00', fin],
  ['F4 a pong without FIN', '0a 00', fin],
  ['F4 a ping without FIN, before its length', '09 7e', fin],
  ['F4 a close of 126 bytes', '88 7e', controlLength(126)],
  ['F4 a ping of 126 bytes', '89 7e', controlLength(126)],
  ['F4 a pong of 127 bytes', '8a 7f', controlLength(127)],
  ['F8 a close of 1 byte', '88 01', controlLength(1)],
];

const ping = { client: hex('89 01 61'), server: hex('89 81 00000000 61') };

/** The bad frame with the MASK bit as the role demands it. */
function forRole(role: 'client' | 'server', digits: string): Uint8Array {
  const bytes = hex(digits);
  if (role === 'server') bytes[1] = (bytes[1] ?? 0) | 0x80;
  return bytes;
}

describe.each(['client', 'server'] as const)('as a %s', (role) => {
  const good = ping[role];
  const goodEvent = frameEvent(9, '61');

  test.each(cases)('%s', (_, digits, expected, options) => {
    const bad = forRole(role, digits);
    for (const chunks of everyWay(bad)) {
      expect(decode(chunks, { ...options, role })).toEqual([expected]);
    }
  });

  test.each(cases)('%s, between good frames', (_, digits, expected, options) => {
    const bytes = join(good, forRole(role, digits), good);
    for (const chunks of everyWay(bytes)) {
      expect(decode(chunks, { ...options, role })).toEqual([goodEvent, expected]);
    }
  });

  const start = role === 'client' ? hex('01 01 61') : hex('01 81 00000000 61');
  const startEvent = frameEvent(1, '61', { fin: false });

  test.each<Case>([
    ['F7 text inside a message', '81 00', opcode(1)],
    ['F7 binary inside a message', '82 00', opcode(2)],
    ['F7 a first fragment inside a message', '01 00', opcode(1)],
    ['F2 RSV1 before text inside a message', 'c1 00', rsv1],
    ['F7 text with RSV1 inside a message', 'c1 00', opcode(1), rsv1Negotiated],
    ['F2 RSV1 on a continuation', 'c0 00', rsv1, rsv1Negotiated],
  ])('%s', (_, digits, expected, options) => {
    for (const between of [hex(''), good]) {
      const bytes = join(start, between, forRole(role, digits));
      const events: Event[] = [startEvent, ...(between.length > 0 ? [goodEvent] : []), expected];
      for (const chunks of everyWay(bytes)) {
        expect(decode(chunks, { ...options, role })).toEqual(events);
      }
    }
  });

  test('F7 control frames between fragments are fine, and a message ends with FIN alone', () => {
    const last = role === 'client' ? hex('80 01 62') : hex('80 81 00000000 62');
    const bytes = join(start, good, last, start, last, hex(role === 'client' ? '80 00' : '80 80'));
    const lastEvent = frameEvent(0, '62');
    for (const chunks of everyWay(bytes)) {
      expect(decode(chunks, { role })).toEqual([
        startEvent,
        goodEvent,
        lastEvent,
        startEvent,
        lastEvent,
        opcode(0),
      ]);
    }
  });

  test('F7 frames behind a close are the affair of who reads it: it may stop there', () => {
    const close = role === 'client' ? hex('88 00') : hex('88 80 00000000');
    expect(decode([join(close, close, good)], { role })).toHaveLength(3);

    const recorder = new Recorder();
    const decoder = new FrameDecoder(
      {
        onError: (e) => recorder.onError(e),
        onFrame: (...frame) => {
          recorder.onFrame(...frame);
          if (frame[1] === 8) decoder.stop();
        },
      },
      { role },
    );
    for (const chunk of cut(join(close, close, good), 1)) decoder.push(chunk);
    expect(recorder.events).toEqual([frameEvent(8, '')]);
  });

  test('F2 an error in the very first chunk is reported at once', () => {
    const recorder = new Recorder();
    new FrameDecoder(recorder, { role }).push(forRole(role, 'c1 00'));
    expect(recorder.errors).toEqual(['WS_ERR_UNEXPECTED_RSV_1']);
  });
});

describe('F1 the MASK bit', () => {
  test.each([
    ['an unmasked text', '81 05 48656c6c6f', expectedMask],
    ['an unmasked empty text', '81 00', expectedMask],
    ['an unmasked ping', '89 00', expectedMask],
    ['an unmasked frame of 126 bytes, at its second byte', '82 7e', expectedMask],
    ['an unknown opcode before the missing mask', '83 00', opcode(3)],
    ['a control frame too long before the missing mask', '89 7e', controlLength(126)],
  ])('a server refuses %s', (_, digits, expected) => {
    for (const chunks of everyWay(hex(digits))) {
      expect(decode(chunks, { role: 'server' })).toEqual([expected]);
    }
  });

  test.each([
    ['a masked text', '81 85 37fa213d 7f9f4d5158', unexpectedMask],
    ['a masked empty text', '81 80 00000000', unexpectedMask],
    ['a masked ping', '89 80 00000000', unexpectedMask],
    ['a masked frame of 65536 bytes, at its second byte', '82 ff', unexpectedMask],
    ['a continuation without start before the mask', '80 80', opcode(0)],
  ])('a client refuses %s', (_, digits, expected) => {
    for (const chunks of everyWay(hex(digits))) {
      expect(decode(chunks, { role: 'client' })).toEqual([expected]);
    }
  });
});
