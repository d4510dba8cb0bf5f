// @ts-check
/**
 * A codec by itself, in a process of its own: on request it works for so many
 * milliseconds, and says how far it came.
 */
import { answerLines, tell } from '../src/lines.mjs';
import { headerLength } from '../src/frames.mjs';
import { createPayloads } from '../src/payloads.mjs';
import { createScript } from '../src/script.mjs';
import { usage } from '../src/usage.mjs';
import { decoders } from './decoders.mjs';
import { framers } from './framers.mjs';

/**
 * @typedef CodecOptions
 * @property {'decoder' | 'framer'} part
 * @property {string} library
 * @property {import('../src/workloads.mjs').Shape} shape
 *
 * @typedef {() => Promise<number>} Pass - returns how many messages were worked off
 */

const chunkBytes = 64 * 1024;
/** Memory that is decoded in one pass: more than fits into the caches next to the core. */
const passBytes = 4 * 1024 * 1024;
/** As many as a handler may send before it returns. */
const burst = 16;

/** @type {CodecOptions} */
const options = JSON.parse(process.argv[2] ?? '{}');
const pass = options.part === 'decoder' ? await decoderPass(options) : framerPass(options);

answerLines(async ({ ms }) => {
  const before = usage();
  const start = process.hrtime.bigint();
  const end = start + BigInt(ms * 1e6);
  let messages = 0;
  let now = start;
  while (now < end) {
    messages += await pass();
    now = process.hrtime.bigint();
  }
  const cpuMicros = usage().cpuMicros - before.cpuMicros;
  return { messages, elapsedNs: Number(now - start), cpuMicros };
});
tell({});

/** @type {(options: CodecOptions) => Promise<Pass>} */
async function decoderPass({ library, shape }) {
  const { bytes, cycle } = await createScript({ ...shape, inFlight: 0 });
  const times = Math.ceil(passBytes / bytes.length);
  const stream = Buffer.concat(Array.from({ length: times }, () => bytes));
  const expected = times * cycle;
  const counter = { messages: 0, bytes: 0 };
  const push = known(decoders, library)(counter);
  return async () => {
    counter.messages = 0;
    counter.bytes = 0;
    // Payloads are unmasked where they are, and masked again by the next pass.
    for (let at = 0; at < stream.length; at += chunkBytes) {
      push(stream.subarray(at, at + chunkBytes));
    }
    if (counter.messages !== expected || counter.bytes !== expected * shape.bytes) {
      throw new Error(`${counter.messages} of ${expected} messages came out`);
    }
    return expected;
  };
}

/** @type {(options: CodecOptions) => Pass} */
function framerPass({ library, shape }) {
  const [payload = new Uint8Array(0)] = createPayloads(shape);
  const message = Buffer.from(payload);
  const expected = burst * (headerLength(shape.bytes, true) + shape.bytes);
  const sink = { bytes: 0 };
  const send = known(framers, library)(sink);
  return () => {
    sink.bytes = 0;
    for (let i = 0; i < burst; i++) send(message);
    return new Promise((resolve, reject) => {
      // What was sent outside of a read leaves at the end of the tick.
      process.nextTick(() => {
        if (sink.bytes === expected) resolve(burst);
        else reject(new Error(`${sink.bytes} of ${expected} bytes were written`));
      });
    });
  };
}

/** @type {<T>(table: Record<string, T>, name: string) => T} */
function known(table, name) {
  const entry = table[name];
  if (entry === undefined) throw new Error(`There is no codec of ${name}`);
  return entry;
}
