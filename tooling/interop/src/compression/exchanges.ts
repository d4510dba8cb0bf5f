/** What each side says over a compressed connection. */
import type { Content, Message, SizedMessage, Step } from '../protocol.js';
import type { Sender } from './wire.js';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

const sized = (
  kind: Message['kind'],
  content: Content,
  bytes: number,
  seed: number = bytes,
): SizedMessage => ({ kind, content, bytes, seed });

const noise = (bytes: number, seed?: number): SizedMessage =>
  sized('binary', 'random', bytes, seed);

/** Random bytes, and the same again; enough for those who do not compress small messages. */
const periodic = (period: number): SizedMessage =>
  sized('binary', period, Math.max(2 * period, 2 * kibibyte), period);

const broadcast = noise(100);
const unseen = noise(125);
const block = noise(1200);
const probe = noise(60);

const small: readonly Step[] = [
  { message: { kind: 'text', text: '' } },
  { message: { kind: 'text', text: 'x' } },
  { message: sized('text', 'repetitive', 125) },
  { message: sized('text', 'random', 126) },
  { message: sized('text', 'repetitive', 4 * kibibyte), sizes: [1, 0, 125, 1000] },
  // What is not compressed does not get into the window: the same is new when it is.
  { message: unseen, plain: true },
  { message: unseen },
  { message: broadcast },
  { message: broadcast },
  { message: broadcast, sizes: [0, 50, 0] },
  { message: broadcast },
  { message: sized('text', 'random', 4 * kibibyte) },
  { message: noise(4 * kibibyte), sizes: [0, 1, 125, 126, 0, 2000, 0] },
  { message: block },
  { message: block },
];

const last: readonly Step[] = [
  { message: sized('binary', 'mixed', 0) },
  { message: { kind: 'text', text: '' }, sizes: [0, 0] },
  { message: sized('text', 'mixed', 50), sizes: [1, 0, 20], plain: true },
  { message: sized('text', 'mixed', 1) },
];

/**
 * Small messages, and some that the window just reaches back to, and just not: in another message,
 * which takes takeover, and in the same one.
 */
export function shortExchange({ reach, windowBits }: Sender): Step[] {
  const near = reach - 16;
  const far = 2 ** windowBits + 16;
  return [
    ...small,
    { message: probe },
    { message: noise(near - probe.bytes), sizes: [20, 100] },
    { message: probe },
    { message: noise(far, far + 1) },
    { message: probe },
    { message: periodic(near) },
    { message: periodic(near), sizes: [1, near, 0] },
    { message: periodic(far) },
    ...last,
  ];
}

const contents = ['random', 'repetitive'] as const;

/** 64 KiB, and the last size with a short header, in both kinds; whole, and in fragments. */
export const mediumExchange: readonly Step[] = contents.flatMap((content) => [
  { message: sized('binary', content, 65_535) },
  { message: sized('text', content, 65_536) },
  { message: sized('binary', content, 65_536), sizes: [1, 0, 40_000, 126] },
]);

export const largeExchange: readonly Step[] = [
  { message: sized('binary', 'random', mebibyte) },
  { message: sized('text', 'repetitive', mebibyte), sizes: [1, 0, 300_000, 126, 400_000] },
  { message: broadcast },
];

/** @param content - of 64 MiB */
export const hugeExchange = (content: 'random' | 'repetitive'): readonly Step[] => [
  { message: broadcast },
  content === 'random'
    ? { message: sized('binary', content, 64 * mebibyte) }
    : {
        message: sized('text', content, 64 * mebibyte),
        sizes: [1, 0, 20 * mebibyte, 16 * mebibyte, 65_536],
      },
  { message: broadcast },
];

/** Repeats what only the window knows. */
export const repeated: Step = { message: broadcast };
