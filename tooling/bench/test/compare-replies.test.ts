import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareReplies } from '../src/compare-replies.mjs';
import { BINARY, TEXT, encodeFrame } from '../src/frames.mjs';
import { createPayloads } from '../src/payloads.mjs';
import type { Shape } from '../src/workloads.mjs';

const binary: Shape = { bytes: 200, content: 'binary', connections: 1, inFlight: 1 };
const json: Shape = { ...binary, content: 'json', compression: 'no-takeover' };
const takeover: Shape = { ...json, compression: 'takeover' };

/** Each by itself. */
function deflate(payloads: readonly Uint8Array[]): Uint8Array[] {
  const sync = { finishFlush: constants.Z_SYNC_FLUSH };
  return payloads.map((payload) => deflateRawSync(payload, sync).subarray(0, -4));
}

/** The second refers to the first. */
function deflateTwice(payload: Uint8Array): Uint8Array[] {
  const sync = { finishFlush: constants.Z_SYNC_FLUSH };
  const first = deflateRawSync(payload, sync).subarray(0, -4);
  const second = deflateRawSync(payload, { ...sync, dictionary: payload }).subarray(0, -4);
  return [first, second];
}

const frames = (payloads: readonly Uint8Array[], opcode: number, rsv1: boolean): Buffer =>
  Buffer.concat(payloads.map((payload) => encodeFrame(opcode, payload, { rsv1 })));

describe('compareReplies', () => {
  const [payload = new Uint8Array(0)] = createPayloads(binary);

  it('takes an echo', () => {
    const sent = [payload, payload];
    expect(() => compareReplies(frames(sent, BINARY, false), binary, sent)).not.toThrow();
  });

  it('sees each byte that is another', () => {
    const received = frames([payload, payload], BINARY, false);
    received[received.length - 1]! ^= 1;
    expect(() => compareReplies(received, binary, [payload, payload])).toThrow('Reply 1 is not');
  });

  it('sees another opcode, a missing end, and a fragment', () => {
    const received = frames([payload], TEXT, false);
    expect(() => compareReplies(received, binary, [payload])).toThrow('has opcode 1');
    const cut = frames([payload], BINARY, false).subarray(0, -1);
    expect(() => compareReplies(cut, binary, [payload])).toThrow('1 replies were expected');
    const fragment = frames([payload], BINARY, false);
    fragment[0]! &= 0x7f;
    expect(() => compareReplies(fragment, binary, [payload])).toThrow('FIN false');
  });

  it('takes no reply more', () => {
    const received = frames([payload, payload], BINARY, false);
    expect(() => compareReplies(received, binary, [payload])).toThrow('1 replies were expected');
  });

  it('takes replies that are compressed only where they are to be', () => {
    const sent = createPayloads(json).slice(0, 3);
    const compressed = frames(deflate(sent), TEXT, true);
    expect(() => compareReplies(compressed, json, sent)).not.toThrow();
    expect(() => compareReplies(frames(sent, TEXT, false), json, sent)).toThrow('not compressed');
    const plain: Shape = { ...binary, content: 'text' };
    expect(() => compareReplies(compressed, plain, sent)).toThrow('is compressed');
  });

  it('takes a reply that refers to the one before under context takeover only', () => {
    const [first = payload] = createPayloads(json);
    const received = frames(deflateTwice(first), TEXT, true);
    expect(() => compareReplies(received, takeover, [first, first])).not.toThrow();
    expect(() => compareReplies(received, json, [first, first])).toThrow();
  });
});
