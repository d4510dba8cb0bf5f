// @ts-check
/**
 * A long random test of permessage-deflate: messages of all sizes and settings go from our codec to
 * our codec, from ours to that of `ws` and back, and must come out as they went in.
 *
 *     node tooling/scripts/deflate-campaign.mjs --messages 1000000 --seed 1
 *
 * Runs on what was built. A failure names the seed and the scenario; `--scenario` runs just that one.
 * Knows no frames: it drives the codecs as a connection does.
 */
import { parseArgs } from 'node:util';
import * as ws from 'ws';

/** @typedef {(error: Error | null, payload?: Uint8Array) => void} Done */
/** @typedef {(payload: Uint8Array, fin: boolean, done: Done) => Uint8Array | undefined} Step */
/** @typedef {{ encode: Step, decode: Step, close(): void }} Codec */
/** @typedef {Record<string, number | true>} Parameters */
/** @typedef {'server' | 'client'} Role */
/** @typedef {'ours to ours' | 'ours to ws' | 'ws to ours'} Way */
/** @typedef {{ from: Role, fragments: Uint8Array[] }} Message */
/** @typedef {{ codecs: Record<Role, Codec>, kinds: Record<Role, 'ours' | 'ws'>, settings: object, messages: Message[] }} Connection */

const maxMessageBytes = 256 * 1024;
const messagesPerScenario = 400;

/** A small generator of numbers (mulberry32), so that a run can be repeated. */
class Random {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @param {number} limit */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** @param {number} share */
  chance(share) {
    return this.next() < share;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  of(list) {
    return /** @type {T} */ (list[this.below(list.length)]);
  }
}

/** Texts from which all messages are cut, so that they have much in common with each other. */
function createMaterial() {
  const random = new Random(7692);
  const bytes = 2 * maxMessageBytes;
  const words = Array.from({ length: 800 }, () =>
    Array.from({ length: 2 + random.below(9) }, () => random.of([...'etaoinshrdlucmfw'])).join(''),
  );
  let text = '';
  while (text.length < bytes) text += `{"${random.of(words)}":"${random.of(words)}"},`;
  const repetitive = Buffer.alloc(bytes);
  for (let at = 0; at < bytes;) {
    const end = Math.min(bytes, at + 1 + random.below(20_000));
    repetitive.fill(Buffer.from(random.of(words)), at, end);
    at = end;
  }
  const noise = Buffer.alloc(bytes);
  for (let i = 0; i < bytes; i++) noise[i] = random.below(256);
  return { text: Buffer.from(text.slice(0, bytes)), repetitive, noise };
}

const material = createMaterial();

/** @param {Random} random */
function chooseSize(random) {
  const share = random.next();
  if (share < 0.03) return 0;
  if (share < 0.75) return random.below(600);
  if (share < 0.93) return random.below(6_000);
  if (share < 0.985) return random.below(24_000);
  if (share < 0.998) return random.below(80_000);
  return random.below(maxMessageBytes + 1);
}

/** @type {(random: Random) => Uint8Array} */
function createMessage(random) {
  const source = random.of([material.text, material.text, material.repetitive, material.noise]);
  const size = chooseSize(random);
  // Mostly near the beginning, so that parts come again while they are in a window.
  const from = random.below(random.chance(0.7) ? 2_000 : source.length - size + 1);
  return source.subarray(from, from + size);
}

/** @type {(random: Random) => Uint8Array[]} */
function createFragments(random) {
  const message = createMessage(random);
  if (random.chance(0.85)) return [message];
  const edges = Array.from({ length: 1 + random.below(4) }, () => random.below(message.length + 1));
  const sorted = [0, ...edges.sort((a, b) => a - b), message.length];
  return sorted.slice(1).map((end, i) => message.subarray(sorted[i], end));
}

/** @type {(random: Random) => Parameters} */
function createParameters(random) {
  /** @type {Parameters} */
  const parameters = {};
  for (const role of ['server', 'client']) {
    if (random.chance(0.3)) parameters[`${role}_no_context_takeover`] = true;
    if (random.chance(0.6)) parameters[`${role}_max_window_bits`] = 8 + random.below(8);
  }
  return parameters;
}

/** @type {(random: Random) => object} */
function createTuning(random) {
  const deflate = {
    ...(random.chance(0.5) && { level: random.of([-1, 0, 1, 3, 6, 9]) }),
    ...(random.chance(0.5) && { memLevel: 1 + random.below(9) }),
    ...(random.chance(0.2) && { strategy: random.below(5) }),
    ...(random.chance(0.3) && { windowBits: 9 + random.below(7) }),
  };
  return {
    maxSyncBytes: random.of([undefined, undefined, 0, 50, 1_000, Infinity]),
    idleTimeout: random.of([undefined, 0, 1, 10]),
    strict: random.chance(0.3),
    ...(random.chance(0.7) && { zlibDeflateOptions: deflate }),
  };
}

/** @type {(role: Role, parameters: Parameters) => Codec} */
function createWsCodec(role, parameters) {
  const extension = new /** @type {any} */ (ws).PerMessageDeflate({ isServer: role === 'server' });
  const offered = Object.entries(parameters).map(([name, value]) => [
    name,
    [value === true || String(value)],
  ]);
  extension.accept([Object.fromEntries(offered)]);
  return {
    encode: (payload, fin, done) => void extension.compress(payload, fin, done),
    decode: (payload, fin, done) => void extension.decompress(payload, fin, done),
    close: () => extension.cleanup(),
  };
}

class Campaign {
  /** @type {Record<Way, number>} */
  counts = { 'ours to ours': 0, 'ours to ws': 0, 'ws to ours': 0 };
  scenarios = 0;
  messages = 0;
  fragments = 0;
  atOnce = 0;
  plainBytes = 0;
  wireBytes = 0;

  /**
   * @param {any} library - the codec's module
   * @param {number} seed
   */
  constructor(library, seed) {
    this.library = library;
    this.seed = seed;
  }

  /** @param {number} total */
  async run(total) {
    while (this.messages < total) {
      await this.runScenario(this.scenarios, Math.min(messagesPerScenario, total - this.messages));
    }
  }

  /** @param {number} index @param {number} count */
  async runScenario(index, count) {
    const random = new Random(Math.imul(this.seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b));
    const contexts = new this.library.HotContexts(random.of([0, 1, 2, 5, 256]));
    const limiter = new this.library.ConcurrencyLimiter(random.of([0, 1, 4, 10]));
    const connections = Array.from({ length: 1 + random.below(8) }, () =>
      this.createConnection(random, { contexts, limiter }),
    );
    for (let i = 0; i < count; i++) {
      const fragments = createFragments(random);
      random.of(connections).messages.push({ from: random.of(['server', 'client']), fragments });
    }
    try {
      await Promise.all(connections.map((connection) => this.runConnection(connection)));
      for (const { codecs } of connections) {
        codecs.server.close();
        codecs.client.close();
      }
      if (contexts.size + limiter.running + limiter.queued > 0) throw new Error('Jobs are left');
    } catch (error) {
      const settings = connections.map((each) => JSON.stringify(each.settings));
      const name = `scenario ${index} of seed ${this.seed} (--scenario ${index} runs it again)`;
      throw new Error([name, ...settings].join('\n'), { cause: error });
    }
    this.scenarios += 1;
  }

  /** @type {(random: Random, shared: object) => Connection} */
  createConnection(random, shared) {
    const parameters = createParameters(random);
    const kind = random.of(/** @type {const} */ (['ours', 'ours', 'ws server', 'ws client']));
    const settings = {
      parameters,
      kind,
      server: createTuning(random),
      client: createTuning(random),
    };
    /** @type {(role: Role) => Codec} */
    const create = (role) =>
      kind === `ws ${role}`
        ? createWsCodec(role, parameters)
        : new this.library.DeflateCodec({ role, parameters, ...shared, ...settings[role] });
    return {
      codecs: { server: create('server'), client: create('client') },
      kinds: {
        server: kind === 'ws server' ? 'ws' : 'ours',
        client: kind === 'ws client' ? 'ws' : 'ours',
      },
      settings,
      messages: [],
    };
  }

  /**
   * Sends the messages one after another; the other connections are at it, too.
   *
   * @param {Connection} connection
   */
  async runConnection({ codecs, kinds, messages }) {
    for (const [i, { from, fragments }] of messages.entries()) {
      const to = from === 'server' ? 'client' : 'server';
      const sent = await this.process(codecs[from], 'encode', fragments);
      const received = await this.process(codecs[to], 'decode', sent);
      const message = Buffer.concat(fragments);
      if (!Buffer.concat(received).equals(message)) {
        throw new Error(
          `message ${i} of ${message.length} bytes from the ${from} came out changed`,
        );
      }
      this.counts[/** @type {Way} */ (`${kinds[from]} to ${kinds[to]}`)] += 1;
      this.messages += 1;
      this.fragments += fragments.length;
      this.plainBytes += message.length;
      for (const { length } of sent) this.wireBytes += length;
    }
  }

  /** @type {(codec: Codec, step: 'encode' | 'decode', fragments: Uint8Array[]) => Promise<Uint8Array[]>} */
  async process(codec, step, fragments) {
    const outputs = [];
    for (const [i, fragment] of fragments.entries()) {
      const fin = i === fragments.length - 1;
      /** @type {Uint8Array | undefined} */
      let output;
      /** @type {Promise<Uint8Array>} */
      const later = new Promise((resolve, reject) => {
        output = codec[step](fragment, fin, (error, result) => {
          if (error === null) resolve(/** @type {Uint8Array} */ (result));
          else reject(error);
        });
      });
      if (output !== undefined) this.atOnce += 1;
      outputs.push(output ?? (await later));
    }
    return outputs;
  }

  /** @param {number} start */
  report(start) {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const ways = Object.entries(this.counts).map(([way, count]) => `${count} ${way}`);
    const mebibytes = (/** @type {number} */ bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
    return [
      `${this.messages} messages in ${this.fragments} fragments and ${this.scenarios} scenarios: ${ways.join(', ')}`,
      `${mebibytes(this.plainBytes)} became ${mebibytes(this.wireBytes)}; ${this.atOnce} of ${2 * this.fragments} fragments done at once`,
      `seed ${this.seed}, ${seconds} s, ${mebibytes(process.memoryUsage.rss())} of memory`,
    ].join('\n');
  }
}

/** @param {string | undefined} text @param {number} fallback */
function readNumber(text, fallback) {
  const number = Number(text ?? fallback);
  if (!Number.isSafeInteger(number) || number < 0) throw new TypeError(`Not a count: ${text}`);
  return number;
}

async function main() {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string' },
      seed: { type: 'string' },
      scenario: { type: 'string' },
    },
  });
  const seed = readNumber(values.seed, Date.now() % 2 ** 31);
  console.log(`seed ${seed}`);
  const built = new URL('../../packages/permessage-deflate/dist/node.mjs', import.meta.url);
  const campaign = new Campaign(await import(built.href), seed);
  const start = performance.now();
  if (values.scenario === undefined) await campaign.run(readNumber(values.messages, 1_000_000));
  else await campaign.runScenario(readNumber(values.scenario, 0), messagesPerScenario);
  console.log(campaign.report(start));
}

await main();
