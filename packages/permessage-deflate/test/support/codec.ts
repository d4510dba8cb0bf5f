import type { DeflateCodec } from '../../src/node/index.js';

/** The empty stored block without its header, which ends a flushed message. */
export const tail = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** The outcome of one fragment, whether it came at once or later; `done` must keep its manners. */
export function run(
  codec: Pick<DeflateCodec, 'encode' | 'decode'>,
  direction: 'encode' | 'decode',
  payload: Uint8Array,
  fin = true,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let state: 'calling' | 'returned' | 'settled' = 'calling';
    const ready = codec[direction](payload, fin, (error, output) => {
      if (state !== 'returned') throw new Error(`done was called when ${state}`);
      state = 'settled';
      if (error === null) resolve(output as Uint8Array);
      else reject(error);
    });
    state = ready === undefined ? 'returned' : 'settled';
    if (ready !== undefined) resolve(ready);
  });
}

/** Sends fragments through one direction, the last one with FIN. */
export async function runAll(
  codec: Pick<DeflateCodec, 'encode' | 'decode'>,
  direction: 'encode' | 'decode',
  fragments: readonly Uint8Array[],
): Promise<Uint8Array[]> {
  const outputs: Uint8Array[] = [];
  for (const [i, fragment] of fragments.entries()) {
    outputs.push(await run(codec, direction, fragment, i === fragments.length - 1));
  }
  return outputs;
}

/** Cuts bytes at ascending positions. */
export function cut(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const edges = [0, ...positions, bytes.length];
  return edges.slice(1).map((end, i) => bytes.subarray(edges[i], end));
}

/** Bytes that do not compress, the same in every run. */
export function noise(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** The noise of one period over and over: matches lie `period` bytes back. */
export function periodic(length: number, period: number): Uint8Array {
  const once = noise(period, period);
  return Uint8Array.from({ length }, (_, i) => once[i % period] as number);
}
