// @ts-check
/**
 * What is measured: every workload, its shape, and the target that hybi is held to.
 *
 * The letters are the names by which documents and results call them.
 */

/**
 * @typedef {'takeover' | 'no-takeover'} Compression
 *
 * @typedef Shape
 * @property {number} bytes - of the payload of a message, before compression
 * @property {'binary' | 'text' | 'json'} content - `json` differs from message to message
 * @property {number} connections
 * @property {number} inFlight - messages on their way at any time, per connection; of a broadcast
 *   in all
 * @property {Compression} [compression] - of both directions; absent: permessage-deflate is off
 *
 * @typedef Target
 * @property {number} value
 * @property {boolean} [roundTrips] - their median and 99th percentile must be so good too
 * @property {'ratio' | 'bytes'} unit - `ratio`: at least so many times what `ws` does; `bytes`: at
 *   most so many per connection
 *
 * @typedef {'echo' | 'broadcast' | 'opening' | 'idle' | 'client' | 'decoder' | 'framer'} Kind
 *
 * @typedef Workload
 * @property {string} id
 * @property {Kind} kind
 * @property {string} title
 * @property {Shape} shape
 * @property {Target} target
 * @property {readonly string[]} subjects - those that are measured by default
 * @property {boolean} [bothCores] - the server may use the generator's core too
 */

const plain = ['ws', 'hybi', 'websocket', 'faye-websocket', 'bun', 'deno', 'net'];
const accelerated = [
  'ws',
  'ws+bufferutil',
  'hybi',
  'hybi+bufferutil',
  'websocket',
  'faye-websocket',
  'bun',
  'deno',
  'net',
];
const accelerable = ['ws', 'ws+bufferutil', 'hybi', 'hybi+bufferutil'];
const few = ['ws', 'hybi', 'bun', 'deno', 'net'];
const compressing = ['ws', 'hybi', 'hybi+zlib', 'bun'];

/** @type {(bytes: number, content: Shape['content'], connections: number, inFlight: number, compression?: Compression) => Shape} */
const shape = (bytes, content, connections, inFlight, compression) => ({
  bytes,
  content,
  connections,
  inFlight,
  ...(compression && { compression }),
});

/** @type {(value: number) => Target} */
const times = (value) => ({ value, unit: 'ratio' });

/** @type {(kilobytes: number) => Target} */
const atMost = (kilobytes) => ({ value: kilobytes * 1000, unit: 'bytes' });

/** @type {(id: string, title: string, shape: Shape, target: Target, subjects: readonly string[]) => Workload} */
const echo = (id, title, shape, target, subjects) => ({
  id,
  kind: 'echo',
  title,
  shape,
  target,
  subjects,
});

/** @type {(id: string, title: string, shape: Shape, target: Target, subjects: readonly string[]) => Workload} */
const idle = (id, title, shape, target, subjects) => ({
  id,
  kind: 'idle',
  title,
  shape,
  target,
  subjects,
});

/** @type {(id: string, title: string, shape: Shape, target: Target) => Workload} */
const client = (id, title, shape, target) => ({
  id,
  kind: 'client',
  title,
  shape,
  target,
  subjects: [...accelerable, 'bun'],
});

/** @type {(id: string, kind: 'decoder' | 'framer', title: string, bytes: number, target: Target) => Workload} */
const codec = (id, kind, title, bytes, target) => ({
  id,
  kind,
  title,
  shape: shape(bytes, 'binary', 1, 1),
  target,
  subjects: accelerable,
});

/** @type {readonly Workload[]} */
export const workloads = [
  echo('a', 'echo of 64 B', shape(64, 'binary', 1, 1), { ...times(1), roundTrips: true }, few),
  echo('b', 'echo of 64 B', shape(64, 'binary', 100, 1), times(1.15), accelerated),
  echo('c', 'echo of 64 B', shape(64, 'binary', 100, 16), times(11), accelerated),
  echo('d1', 'echo of 1 KiB of text', shape(1024, 'text', 50, 4), times(3.8), plain),
  echo('d', 'echo of 16 KiB', shape(16 * 1024, 'binary', 10, 4), times(4), accelerated),
  echo('e', 'echo of 1 MiB', shape(1024 * 1024, 'binary', 4, 1), times(3.5), accelerated),
  {
    id: 'f',
    kind: 'broadcast',
    title: 'broadcast of 128 B',
    shape: shape(128, 'binary', 500, 1),
    target: times(1.15),
    subjects: few,
  },
  {
    id: 'f8',
    kind: 'broadcast',
    title: 'broadcast of 128 B',
    shape: shape(128, 'binary', 500, 8),
    target: times(7),
    subjects: few,
  },
  {
    id: 'h',
    kind: 'opening',
    title: 'connect and close',
    shape: shape(0, 'binary', 32, 1),
    target: times(1.4),
    subjects: plain.filter((subject) => subject !== 'net'),
  },
  echo(
    'g500',
    'compressed echo of 500 B, takeover',
    shape(500, 'json', 100, 1, 'takeover'),
    times(4),
    compressing,
  ),
  echo(
    'g4k',
    'compressed echo of 4 KiB, takeover',
    shape(4096, 'json', 100, 1, 'takeover'),
    times(3),
    compressing,
  ),
  echo(
    'n500',
    'compressed echo of 500 B, no takeover',
    shape(500, 'json', 100, 1, 'no-takeover'),
    times(5),
    compressing,
  ),
  echo(
    'n4k',
    'compressed echo of 4 KiB, no takeover',
    shape(4096, 'json', 100, 1, 'no-takeover'),
    times(4),
    compressing,
  ),
  {
    ...echo(
      'g64k',
      'compressed echo of 64 KiB, takeover, two cores',
      shape(64 * 1024, 'json', 100, 1, 'takeover'),
      times(1),
      compressing,
    ),
    bothCores: true,
  },
  idle('i', 'idle, no compression', shape(64, 'binary', 5000, 1), atMost(7), plain),
  idle(
    'ig',
    'idle, compression with takeover',
    shape(500, 'json', 5000, 1, 'takeover'),
    atMost(15),
    compressing,
  ),
  idle(
    'in',
    'idle, compression without takeover',
    shape(500, 'json', 5000, 1, 'no-takeover'),
    atMost(8.5),
    compressing,
  ),
  client('j', 'client, 64 B', shape(64, 'binary', 50, 1), times(1.1)),
  client('j16', 'client, 64 B', shape(64, 'binary', 50, 16), times(9)),
  client('j16k', 'client, 16 KiB', shape(16 * 1024, 'binary', 10, 4), times(3.5)),
  client('j1m', 'client, 1 MiB', shape(1024 * 1024, 'binary', 4, 1), times(2.9)),
  codec('k', 'decoder', 'decoder, 64 B', 64, times(2.7)),
  codec('k1k', 'decoder', 'decoder, 1 KiB', 1024, times(4.5)),
  codec('k16k', 'decoder', 'decoder, 16 KiB', 16 * 1024, times(6)),
  codec('k2', 'framer', 'framing, 64 B', 64, times(1)),
  codec('k2-16k', 'framer', 'framing, 16 KiB', 16 * 1024, times(8)),
  codec('k2-1m', 'framer', 'framing, 1 MiB', 1024 * 1024, times(20)),
];

/** Those that a letter stands for as a whole. @type {Record<string, readonly string[]>} */
const groups = {
  j: ['j', 'j16', 'j16k', 'j1m'],
  k: ['k', 'k1k', 'k16k'],
  k2: ['k2', 'k2-16k', 'k2-1m'],
};

/** What it is, with connections and messages in flight. @param {Workload} workload */
export function describeWorkload({ kind, title, shape: { connections, inFlight } }) {
  const alone = kind === 'decoder' || kind === 'framer';
  return alone ? title : `${title}, ${connections.toLocaleString('en')} × ${inFlight}`;
}

/**
 * @param {string} id - of a workload, or the letter of several
 * @returns {Workload[]}
 */
export function workloadsOf(id) {
  return (groups[id] ?? [id]).map(workloadById);
}

/** @type {(id: string) => Workload} */
export function workloadById(id) {
  const workload = workloads.find((candidate) => candidate.id === id);
  if (workload !== undefined) return workload;
  const known = workloads.map((candidate) => candidate.id).join(', ');
  throw new RangeError(`There is no workload "${id}": known are ${known}`);
}
