/** Random programs: what an application and its peer do, as plain data. */
import fc from 'fast-check';
import { deflateRawSync, constants } from 'node:zlib';

export interface Program {
  role: 'client' | 'server';
  /** Without takeover every message starts with an empty window. */
  compressed: false | 'with takeover' | 'without takeover';
  options: {
    maxPayload: number;
    maxFragments: number;
    skipUTF8Validation: boolean;
    allowSynchronousEvents: boolean;
    autoPong: boolean;
  };
  /** Steps in groups: those of a group follow each other in one tick. */
  steps: Step[][];
}

export type Step =
  /** The peer sends these bytes, in chunks of these lengths. */
  | { do: 'receive'; bytes: Buffer; chunks: number[] }
  | { do: 'send'; data: unknown; options: object | undefined }
  | { do: 'ping' | 'pong'; data: unknown }
  | { do: 'close'; code: number | undefined; reason: string | undefined }
  | { do: 'pause' | 'resume' | 'terminate' | 'peer ends' }
  | { do: 'binaryType'; value: string };

interface FrameParts {
  first: number;
  payload: Uint8Array;
  /** Against the rules: masked where it must not be, or the other way round. */
  wrongMask: boolean;
}

/** A frame's bytes; the masking key is random but known, so that it is undone by the reader. */
function wire({ first, payload, wrongMask }: FrameParts, masked: boolean): Buffer {
  const isMasked = masked !== wrongMask;
  const bit = isMasked ? 0x80 : 0;
  const { length } = payload;
  const head =
    length < 126
      ? [first, bit | length]
      : length < 65_536
        ? [first, bit | 126, length >> 8, length & 0xff]
        : [
            first,
            bit | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 0xff,
            (length >> 8) & 0xff,
            length & 0xff,
          ];
  if (!isMasked) return Buffer.from([...head, ...payload]);
  const key = [0x37, 0xfa, 0x21, length & 0xff];
  const body = Uint8Array.from(payload, (byte, index) => byte ^ (key[index & 3] as number));
  return Buffer.concat([Buffer.from([...head, ...key]), body]);
}

const ascii = fc
  .string({ unit: 'grapheme-ascii', maxLength: 140 })
  .map((text) => Buffer.from(text));
const text = fc.oneof(
  ascii,
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => Buffer.from(value)),
);
const binary = fc.oneof(
  fc.uint8Array({ maxLength: 140 }),
  fc.nat({ max: 70_000 }).map((length) => new Uint8Array(length).fill(length)),
);
const small = fc.uint8Array({ maxLength: 125 });
const rarely = fc.integer({ min: 0, max: 40 }).map((value) => value === 0);

const frame = (first: number, payload: fc.Arbitrary<Uint8Array>): fc.Arbitrary<FrameParts[]> =>
  fc.record({ payload, wrongMask: rarely }).map((parts) => [{ first, ...parts }]);

const control = fc.oneof(frame(0x89, small), frame(0x8a, small));

/** A message in fragments, with control frames between them. */
const fragmented = fc
  .record({
    opcode: fc.constantFrom(1, 2),
    parts: fc.array(ascii, { minLength: 2, maxLength: 5 }),
    between: fc.array(control, { maxLength: 2 }),
  })
  .map(({ opcode, parts, between }) =>
    parts.flatMap((payload, index): FrameParts[] => {
      const fin = index === parts.length - 1 ? 0x80 : 0;
      const first = fin | (index === 0 ? opcode : 0);
      return [{ first, payload, wrongMask: false }, ...(index === 0 ? between.flat() : [])];
    }),
  );

const closing = fc
  .record({
    code: fc.oneof(
      fc.constantFrom(1000, 1001, 1002, 1003, 1007, 1011, 3000, 4999),
      fc.constantFrom(0, 999, 1004, 1005, 1006, 1015, 2999, 5000),
    ),
    reason: fc.oneof(
      ascii.map((reason) => reason.subarray(0, 123)),
      fc.constant(Buffer.of(0xff)),
    ),
  })
  .map(({ code, reason }): FrameParts[] => [
    { first: 0x88, payload: Buffer.from([code >> 8, code & 0xff, ...reason]), wrongMask: false },
  ]);

/** Anything that breaks a rule. */
const broken = fc.oneof(
  fc
    .constantFrom(0x91, 0xa1, 0xc9, 0x83, 0x87, 0x8b, 0x8f, 0x80, 0x00, 0x09, 0x08, 0xc0)
    .chain((first) => frame(first, small)),
  frame(0x88, fc.constant(Buffer.of(3))),
  frame(0x88, fc.constant(Buffer.alloc(0))),
  frame(0x81, fc.constantFrom(Buffer.of(0xc0, 0xaf), Buffer.of(0xed, 0xa0, 0x80), Buffer.of(0xe2))),
  frame(0x89, fc.constant(Buffer.alloc(126))),
  // No deflate stream begins with a block of type 3.
  frame(0xc1, fc.constant(Buffer.of(0x06, 0x06))),
);

/** A compressed message, whole or in two frames. */
const compressed = fc
  .record({
    opcode: fc.constantFrom(1, 2),
    data: fc.oneof(
      { weight: 8, arbitrary: ascii },
      { weight: 1, arbitrary: fc.nat({ max: 70_000 }).map((length) => Buffer.alloc(length, 'x')) },
    ),
    // Zero leaves a long message so long that it is inflated on the thread pool.
    level: fc.constantFrom(0, 6),
    cut: fc.option(fc.nat({ max: 20 }), { nil: undefined }),
  })
  .map(({ opcode, data, level, cut }): FrameParts[] => {
    const deflated = deflateRawSync(data, { level, finishFlush: constants.Z_SYNC_FLUSH });
    const payload = Buffer.from(deflated.subarray(0, Math.max(0, deflated.length - 4)));
    if (cut === undefined) return [{ first: 0xc0 | opcode, payload, wrongMask: false }];
    const at = Math.min(cut, payload.length);
    return [
      { first: 0x40 | opcode, payload: payload.subarray(0, at), wrongMask: false },
      { first: 0x80, payload: payload.subarray(at), wrongMask: false },
    ];
  });

/** What the peer sends; `end` are the frames that it ends with. */
function received(
  role: 'client' | 'server',
  isCompressed: boolean,
  isClean: boolean,
  end: fc.Arbitrary<FrameParts[]> = fc.constant([]),
): fc.Arbitrary<Step> {
  const parts = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: frame(0x81, text) },
      { weight: 6, arbitrary: frame(0x82, binary) },
      { weight: 4, arbitrary: control },
      { weight: 4, arbitrary: fragmented },
      { weight: isCompressed ? 8 : 0, arbitrary: compressed },
      { weight: isClean ? 0 : 1, arbitrary: closing },
      { weight: isClean ? 0 : 1, arbitrary: broken },
    ),
    { minLength: 1, maxLength: 5 },
  );
  const chunks = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 5 });
  return fc.record({ parts, chunks, end }).map(({ parts: frames, chunks: lengths, end: last }) => {
    const bytes = [...frames.flat(), ...last]
      .map((each) => (isClean ? { ...each, wrongMask: false } : each))
      .map((each) => wire(each, role === 'server'));
    return { do: 'receive', bytes: Buffer.concat(bytes), chunks: lengths };
  });
}

const data = fc.oneof(
  text.map(String),
  binary.map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    undefined,
    null,
    '',
    0,
    17,
    true,
    new ArrayBuffer(3),
    {},
    [1, 2, 3],
    'lone \ud800',
  ),
);

const sent: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('send' as const),
  data,
  options: fc.option(
    fc.record(
      { binary: fc.boolean(), compress: fc.boolean(), fin: fc.boolean() },
      { requiredKeys: [] },
    ),
    { nil: undefined },
  ),
});

const pinged: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('ping' as const, 'pong' as const),
  data,
});

const closed: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('close' as const),
  code: fc.constantFrom(undefined, 1000, 1001, 1005, 1006, 3000, 4999, 5000, 0),
  reason: fc.constantFrom(undefined, '', 'bye', 'x'.repeat(124)),
});

const call: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: sent },
  { weight: 2, arbitrary: pinged },
  { weight: 1, arbitrary: closed },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('binaryType' as const),
      value: fc.constantFrom('nodebuffer', 'arraybuffer', 'fragments', 'other'),
    }),
  },
);

const end: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('terminate' as const, 'peer ends' as const),
});

const ending: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: end },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const) }) },
);

/**
 * Bytes behind the peer's end destroy an in-memory stream at once, and with it what a burst has
 * gathered for the end of the tick. No socket has such bytes.
 */
function withoutBytesBehindTheEnd(groups: readonly Step[][]): Step[][] {
  let ended = false;
  return groups.map((group) => {
    const isBurst = group.length > 1;
    const kept = ended && isBurst ? group.filter((step) => step.do !== 'receive') : group;
    ended ||= group.some((step) => step.do === 'peer ends');
    return kept;
  });
}

/**
 * Steps of one tick. Settings do not change among them: which of the messages
 * under way they are for depends on how long these take. Nothing breaks a rule:
 * whether the error or the end of the socket comes first is up to the streams
 * within it. Nor does the peer end behind bytes: from 16 KiB on they keep the
 * end back, and the implementations count these bytes at other moments.
 */
function burst(receive: fc.Arbitrary<Step>): fc.Arbitrary<Step[]> {
  const step = fc.oneof(
    { weight: 6, arbitrary: sent },
    { weight: 2, arbitrary: pinged },
    { weight: 3, arbitrary: receive },
    { weight: 1, arbitrary: closed },
  );
  return fc
    .tuple(
      fc.array(step, { minLength: 1, maxLength: 5 }),
      fc.option(end, { nil: undefined, freq: 4 }),
    )
    .map(([steps, last]) => {
      if (last === undefined) return steps;
      const receives = steps.some((each) => each.do === 'receive');
      return [...steps, receives ? { do: 'terminate' } : last];
    });
}

/**
 * Where an event has a turn of its own, or is inflated meanwhile, nothing may
 * break a rule or a limit before the last frame: `ws` then goes on parsing
 * after the error, out of its own state, and throws, so there is nothing to
 * compare with.
 */
export const program: fc.Arbitrary<Program> = fc
  .record({
    role: fc.constantFrom('client' as const, 'server' as const),
    compressed: fc.constantFrom(
      false as const,
      false as const,
      'with takeover' as const,
      'without takeover' as const,
    ),
    allowSynchronousEvents: fc.boolean(),
    bursts: fc.boolean(),
  })
  .chain(({ role, compressed: isCompressed, allowSynchronousEvents, bursts }) => {
    const isClean = isCompressed !== false || !allowSynchronousEvents;
    const receive = received(role, isCompressed !== false, isClean);
    const single = fc.oneof(receive, call).map((step) => [step]);
    const group = bursts
      ? fc.oneof(single, burst(received(role, isCompressed !== false, true)))
      : single;
    const lastFrames = allowSynchronousEvents
      ? fc.oneof(closing, broken)
      : fc.constant<FrameParts[]>([]);
    const lastReceive = received(role, isCompressed !== false, isClean, lastFrames);
    return fc.record({
      role: fc.constant(role),
      compressed: fc.constant(isCompressed),
      options: fc.record({
        maxPayload: isClean || bursts ? fc.constant(0) : fc.constantFrom(0, 0, 0, 100, 1000),
        maxFragments: isClean || bursts ? fc.constant(0) : fc.constantFrom(0, 0, 3),
        skipUTF8Validation: fc.boolean(),
        allowSynchronousEvents: fc.constant(allowSynchronousEvents),
        // When a pong gets among what is compressed is up to the threads.
        autoPong: bursts ? fc.constant(false) : fc.boolean(),
      }),
      steps: fc
        .tuple(
          fc.array(group, { minLength: 1, maxLength: 10 }),
          fc.option(lastReceive, { nil: undefined }),
          ending,
        )
        .map(([groups, received_, last]) =>
          withoutBytesBehindTheEnd([
            ...groups,
            ...(received_ === undefined ? [] : [[received_]]),
            [last],
          ]),
        ),
    });
  });
