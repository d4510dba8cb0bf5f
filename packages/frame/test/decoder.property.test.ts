import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameDecoder, encodeFrame } from '../src/index.js';
import type { FrameInit, Opcode } from '../src/index.js';
import { Recorder, countingAllocator, decode, frameEvent, join, toHex } from './wire.js';
import type { Event, Options } from './wire.js';

type Frame = Required<FrameInit>;

const role = fc.constantFrom('client', 'server');
const maskingKey = fc.oneof(fc.constant(0), fc.nat(0xffffffff));
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.uint8Array({ minLength: 120, maxLength: 300 }),
  fc.integer({ min: 65530, max: 65545 }).map((length) => new Uint8Array(length).fill(0x61)),
);

function frameOf(opcode: Opcode, fin: boolean, longest: number): fc.Arbitrary<Frame> {
  const rsv1 = opcode === 1 || opcode === 2 ? fc.boolean() : fc.constant(false);
  return fc.record({
    opcode: fc.constant(opcode),
    fin: fc.constant(fin),
    rsv1,
    payload: payload.map((bytes) => bytes.slice(0, longest)),
    maskingKey,
  });
}

const control = fc
  .constantFrom<Opcode[]>(8, 9, 10)
  .chain((opcode) => frameOf(opcode, true, 125))
  .filter((frame) => frame.opcode !== 8 || frame.payload.length !== 1);

/** A message in one or more fragments, with control frames between. */
const message = fc
  .tuple(fc.constantFrom<Opcode[]>(1, 2), fc.nat(3))
  .chain(([opcode, more]) =>
    fc.tuple(
      frameOf(opcode, more === 0, Infinity),
      ...Array.from({ length: more }, (_, i) =>
        fc.tuple(fc.option(control, { nil: undefined }), frameOf(0, i === more - 1, Infinity)),
      ),
    ),
  )
  .map((parts) => parts.flat().filter((frame) => frame !== undefined) as Frame[]);

const conversation = fc
  .array(
    fc.oneof(
      message,
      control.map((frame) => [frame]),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.flat());

function encodeAll(frames: readonly Frame[], forRole: string): Uint8Array {
  const encoded = frames.map(({ maskingKey: key, ...frame }) =>
    encodeFrame(forRole === 'server' ? { ...frame, maskingKey: key } : frame),
  );
  return join(...encoded);
}

/** Cuts bytes at the given offsets, and gives copies. */
function split(bytes: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const inside = offsets.map((at) => (bytes.length === 0 ? 0 : at % bytes.length));
  const edges = [0, ...inside.sort((x, y) => x - y), bytes.length];
  return edges.slice(1).map((end, i) => bytes.slice(edges[i], end));
}

const offsets = fc.array(fc.nat(200_000), { maxLength: 12 });

test('decode of encode is identity, however the bytes are cut', () => {
  fc.assert(
    fc.property(conversation, role, offsets, (frames, forRole, at) => {
      const chunks = split(encodeAll(frames, forRole), at);
      expect(decode(chunks, { role: forRole, rsv1: true })).toEqual(
        frames.map((frame) => frameEvent(frame.opcode, frame.payload, frame)),
      );
    }),
    { numRuns: 60 },
  );
});

/** Bytes that are a conversation with some of them changed: they come far into the decoder. */
const damaged = fc
  .tuple(conversation, role, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }))
  .map(([frames, forRole, changes]) => {
    const bytes = encodeAll(frames, forRole);
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return { bytes, forRole };
  });
const noise = fc
  .tuple(fc.uint8Array({ maxLength: 200 }), role)
  .map(([bytes, forRole]) => ({ bytes, forRole }));
const hostile = fc.oneof(damaged, noise);
const limits = fc.record({
  rsv1: fc.boolean(),
  maxPayloadBytes: fc.constantFrom(0, 10, 1000),
  maxFragments: fc.constantFrom(0, 1, 3),
});

describe('hostile bytes', () => {
  test('the events do not depend on where the bytes are cut', () => {
    fc.assert(
      fc.property(hostile, limits, offsets, ({ bytes, forRole }, options, at) => {
        const all: Options = { ...options, role: forRole };
        expect(decode(split(bytes, at), all)).toEqual(decode([bytes.slice()], all));
      }),
      { numRuns: 300 },
    );
  });

  test('never throw, and never take more memory than four times what arrived', () => {
    fc.assert(
      fc.property(hostile, limits, offsets, ({ bytes, forRole }, options, at) => {
        const { allocate, sizes } = countingAllocator();
        const decoder = new FrameDecoder(new Recorder(), { ...options, role: forRole, allocate });
        let arrived = 0;
        for (const chunk of split(bytes, at)) {
          arrived += chunk.length;
          decoder.push(chunk);
          const most = Math.max(...sizes, 0);
          expect(most).toBeLessThanOrEqual(Math.max(16_384, 4 * arrived));
          if (options.maxPayloadBytes > 0) {
            expect(most).toBeLessThanOrEqual(Math.max(125, options.maxPayloadBytes));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('nothing follows an error', () => {
    fc.assert(
      fc.property(hostile, limits, offsets, ({ bytes, forRole }, options, at) => {
        const events = decode(split(bytes, at), { ...options, role: forRole });
        const first = events.findIndex((event) => 'error' in event);
        expect(first === -1 || first === events.length - 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('pieces of a cut frame join to its payload', () => {
  fc.assert(
    fc.property(conversation, role, offsets, (frames, forRole, at) => {
      let pieces = '';
      const decoder = new FrameDecoder(
        {
          onPayload: (_opcode, _rsv1, piece) => (pieces += toHex(piece)),
          onFrame: (_fin, opcode, _rsv1, bytes) => {
            if (pieces === '' || opcode >= 8) return;
            expect(pieces).toBe(toHex(bytes));
            pieces = '';
          },
          onError: (error) => expect.unreachable(error.message),
        },
        { role: forRole, rsv1: true },
      );
      for (const chunk of split(encodeAll(frames, forRole), at)) decoder.push(chunk);
      expect(pieces).toBe('');
    }),
    { numRuns: 60 },
  );
});

test('holding, releasing and throwing at any time loses and repeats nothing', () => {
  const order = fc.constantFrom('nothing', 'hold', 'throw', 'hold and throw');
  fc.assert(
    fc.property(damaged, offsets, fc.infiniteStream(order), ({ bytes, forRole }, at, orders) => {
      const recorder = new Recorder();
      const react = (): void => {
        const { value = 'nothing' } = orders.next() as { value?: string };
        if (value.includes('hold')) decoder.hold();
        if (value.includes('throw')) throw new Error('from the handler');
      };
      const decoder = new FrameDecoder(
        {
          onPayload: react,
          onFrame: (...frame) => (recorder.onFrame(...frame), react()),
          onError: (error) => (recorder.onError(error), react()),
        },
        { role: forRole, rsv1: true },
      );
      for (const chunk of split(bytes, at)) {
        attempt(() => decoder.push(chunk));
        if (chunk.length % 2 === 0) attempt(() => decoder.release());
      }
      for (let i = 0; i < 200; i++) attempt(() => decoder.release());
      const plain: Event[] = decode([bytes.slice()], { role: forRole, rsv1: true });
      expect(decoder.queuedBytes).toBe(0);
      expect(recorder.events).toEqual(plain);
    }),
    { numRuns: 100 },
  );
});

function attempt(call: () => void): void {
  try {
    call();
  } catch (error) {
    expect(error).toMatchObject({ message: 'from the handler' });
  }
}
