/** The limits on messages, fragments and chunks. */
import type { EventEmitter } from 'node:events';
import { deflateRawSync } from 'node:zlib';
import type { Scenario } from '../scenario.js';
import type { RawPeer, World } from '../world.js';
import {
  fromClient,
  fromServer,
  receiveAsClient,
  receiveAsServer,
  receiveByReceiver,
  receiveEverywhere,
  receiver,
  writeAll,
} from './peers.js';
import type { Framing, Setup, Traffic } from './peers.js';

function limit(title: string, covers: string[], options: object, ...traffic: Traffic[]): Scenario {
  return {
    title,
    covers,
    async run(world) {
      for (const each of traffic) await receiveEverywhere(world, each, { options });
    },
  };
}

const huge = [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const pieces = (count: number): Buffer[] => Array.from({ length: count }, () => Buffer.from('x'));

/** A message in fragments of one byte, the first of them with the opcode. */
function fragments({ frame }: Framing, count: number, payload = 'x'): Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    frame((index === 0 ? 0x02 : 0x00) | (index === count - 1 ? 0x80 : 0), payload),
  );
}

export const limitScenarios: readonly Scenario[] = [
  limit(
    '64-bit lengths from 2^53 on',
    ['12.length.huge', '12.close-frame', '12.code', '12.status'],
    {},
    ({ head }) => head(0x82, 127, 0x00, 0x20, 0, 0, 0, 0, 0, 0),
    ({ head }) => head(0x81, 127, ...huge),
    ({ head }) => head(0x82, 127, 0xff, 0, 0, 0, 0, 0, 0, 0),
  ),
  limit(
    'a 64-bit length below 2^53',
    ['12.length.huge', '12.maxPayload.header'],
    { maxPayload: 2 ** 30 },
    ({ head }) => head(0x82, 127, 0x00, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  ),
  limit('lengths that are longer than needed', ['12.length.non-minimal'], {}, ({ frame, head }) => {
    const key = frame(0x88).subarray(2);
    return [
      Buffer.concat([head(0x81, 126, 0, 2), key, Buffer.from('hi')]),
      Buffer.concat([head(0x81, 127, 0, 0, 0, 0, 0, 0, 0, 2), key, Buffer.from('hi')]),
      Buffer.concat([head(0x82, 126, 0, 0), key]),
      frame(0x88),
    ];
  }),
  limit(
    'a message longer than maxPayload',
    ['12.maxPayload', '12.close-frame', '12.code', '12.status'],
    { maxPayload: 5 },
    ({ frame }) => frame(0x81, 'longer'),
    ({ frame }) => [frame(0x82, 'fine'), frame(0x82, Buffer.alloc(70_000))],
  ),
  limit(
    'the header of a message longer than maxPayload',
    ['12.maxPayload.header'],
    { maxPayload: 200 },
    ({ head }) => head(0x82, 126, 0, 201),
    ({ head }) => head(0x02, 127, 0, 0, 0, 0, 0, 1, 0, 0),
  ),
  limit(
    'fragments that are longer than maxPayload together',
    ['12.maxPayload.sum'],
    { maxPayload: 5 },
    ({ frame, head }) => [frame(0x01, 'abc'), frame(0x00), frame(0x00, 'de'), head(0x80, 1)],
    ({ frame, head }) => [frame(0x02, 'abcde'), frame(0x80), frame(0x01, 'abc'), head(0x80, 3)],
  ),
  limit(
    'messages as long as maxPayload',
    ['12.maxPayload.equal'],
    { maxPayload: 5 },
    ({ frame }) => [
      frame(0x81, 'abcde'),
      frame(0x02, 'abc'),
      frame(0x80, 'de'),
      frame(0x82, 'abcde'),
      frame(0x88),
    ],
  ),
  limit(
    'control frames longer than maxPayload',
    ['12.maxPayload.control'],
    { maxPayload: 2 },
    ({ frame }) => [
      frame(0x89, Buffer.alloc(125)),
      frame(0x01, 'a'),
      frame(0x8a, 'long enough'),
      frame(0x80, 'b'),
      frame(0x88, Buffer.from('03e8726561736f6e', 'hex')),
    ],
  ),
  {
    title: 'a message of 100 MiB is announced, and one of a byte more',
    covers: ['12.maxPayload.default'],
    async run(world) {
      for (const lastByte of [0x00, 0x01]) {
        const announced = [0, 0, 0, 0, 0x06, 0x40, 0x00, lastByte];
        const { websocket: server, peer: client } = await world.rawPeer();
        client.write(fromClient.head(0x82, 127, ...announced));
        await announcedTo(world, 'server', server, client);
        const { websocket, peer } = await world.rawServer();
        peer.write(fromServer.head(0x82, 127, ...announced));
        await announcedTo(world, 'client', websocket, peer);
      }
    },
  },
  limit(
    'more fragments than maxFragments',
    ['12.maxFragments', '12.close-frame', '12.code', '12.status'],
    { maxFragments: 3 },
    (framing) => fragments(framing, 4),
    (framing) => [...fragments(framing, 3), framing.frame(0x81, 'text'), ...fragments(framing, 9)],
  ),
  limit(
    'as many fragments as maxFragments, with control frames between them',
    ['12.maxFragments.equal'],
    { maxFragments: 3 },
    (framing) => [
      ...fragments(framing, 3).flatMap((each) => [each, framing.frame(0x8a, 'pong')]),
      ...fragments(framing, 3),
      framing.frame(0x88),
    ],
  ),
  limit('empty fragments', ['12.maxFragments.empty'], { maxFragments: 3 }, (framing) =>
    fragments(framing, 4, ''),
  ),
  limit(
    'unfragmented messages, of which each counts as one',
    ['12.maxFragments.one'],
    { maxFragments: 1 },
    ({ frame }) => [frame(0x81, 'one'), frame(0x82, 'two'), frame(0x81), frame(0x01), frame(0x80)],
  ),
  {
    title: 'a corrupt fragment that is one too many',
    covers: ['12.maxFragments.compressed'],
    async run(world) {
      const setup: Setup = { deflate: true, options: { maxFragments: 1 } };
      const start = deflateRawSync('start');
      await receiveEverywhere(
        world,
        ({ frame }) => [frame(0x42, start), frame(0x80, Buffer.from('ffff', 'hex'))],
        setup,
      );
    },
  },
  {
    title: 'the default of maxFragments',
    covers: ['12.maxFragments.default'],
    async run(world) {
      const traffic: Traffic = (framing) => [
        ...fragments(framing, 16_384, ''),
        framing.frame(0x01, 'x'),
        ...Array.from({ length: 16_384 }, () => framing.frame(0x00)),
      ];
      await receiveAsServer(world, (framing) => Buffer.concat([traffic(framing)].flat()));
      await receiveAsClient(world, (framing) => Buffer.concat([traffic(framing)].flat()));
    },
  },
  {
    title: 'chunks that wait, up to maxBufferedChunks and one more',
    covers: ['12.maxBufferedChunks', '12.maxBufferedChunks.equal'],
    async run(world) {
      const options = { maxBufferedChunks: 3 };
      const head = Buffer.from([0x82, 10]);
      const cases = [
        [head, ...pieces(3), Buffer.alloc(7)],
        [head, ...pieces(2), Buffer.alloc(8)],
        [head, ...pieces(3)],
        [Buffer.from([0x82, 10, 0]), ...pieces(2), Buffer.alloc(7), Buffer.alloc(1)],
        [Buffer.from([0x82]), Buffer.from([10, 0]), ...pieces(3)],
        [Buffer.from([0x82, 1, 0, 0x82, 5, 0]), ...pieces(2), Buffer.alloc(2), head],
        [Buffer.from([0x82, 127]), Buffer.alloc(4), Buffer.alloc(1), Buffer.alloc(1), head],
      ];
      for (const chunks of cases) {
        await writeAll(world, 'Receiver', receiver(world, false, { options }), chunks);
      }
    },
  },
  {
    title: 'chunks that are whole frames do not wait',
    covers: ['12.maxBufferedChunks'],
    async run(world) {
      await receiveByReceiver(world, (framing) => [...fragments(framing, 5), framing.frame(0x88)], {
        options: { maxBufferedChunks: 1 },
      });
      const whole = Array.from({ length: 5 }, () => Buffer.from('820161', 'hex'));
      const options = { maxBufferedChunks: 1 };
      await writeAll(world, 'Receiver', receiver(world, false, { options }), whole);
    },
  },
];

async function announcedTo(
  world: World,
  label: string,
  websocket: EventEmitter,
  peer: RawPeer,
): Promise<void> {
  world.watch(websocket, label, ['message', 'error', 'close']);
  const closed = world.closeOf(websocket);
  peer.socket.end();
  await closed;
}
