/** What the generator sends, as the `Receiver` of `ws` reads it. */
import * as ws from 'ws';
import { describe, expect, it } from 'vitest';
import { createScript } from '../src/script.mjs';
import { workloadById, workloads } from '../src/workloads.mjs';
import type { Compression } from '../src/workloads.mjs';

const { PerMessageDeflate, Receiver } = ws as any;
const windowBytes = 32 * 1024;

/** As many messages as there are to be. */
function receive(
  bytes: readonly Uint8Array[],
  count: number,
  compression?: Compression,
): Promise<Buffer[]> {
  const received: Buffer[] = [];
  const extension = new PerMessageDeflate({ isServer: true });
  const offer = compression === 'no-takeover' ? { client_no_context_takeover: [true] } : {};
  if (compression) extension.accept([offer]);
  const extensions = compression ? { 'permessage-deflate': extension } : {};
  const receiver = new Receiver({ isServer: true, extensions });
  return new Promise((resolve, reject) => {
    receiver.on('error', reject);
    receiver.on('message', (data: Buffer) => {
      if (received.push(data) < count) return;
      extension.cleanup();
      resolve(received);
    });
    for (const part of bytes) receiver.write(Buffer.from(part));
  });
}

const same = (one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean =>
  one.length === other.length && one.every((bytes, i) => Buffer.compare(bytes, other[i]!) === 0);

const ids = ['b', 'c', 'd1', 'd', 'g500', 'g4k', 'n500', 'g64k'];

describe.each(ids)('the script of %s', (id) => {
  const { shape } = workloadById(id);
  const { inFlight, compression } = shape;

  it('says each payload, and can go on from its end with its beginning', async () => {
    const { bytes, offsets, cycle, payloads } = await createScript(shape);
    const once = bytes.subarray(0, offsets[cycle]);
    const received = await receive([once, once], 2 * cycle, compression);
    expect(payloads).toHaveLength(cycle);
    for (const payload of payloads) expect(payload).toHaveLength(shape.bytes);
    expect(same(received, [...payloads, ...payloads])).toBe(true);
  });

  it('has the first frames behind the last ones', async () => {
    const { bytes, offsets, cycle } = await createScript(shape);
    expect(offsets).toHaveLength(cycle + inFlight + 1);
    expect(offsets.at(-1)).toBe(bytes.length);
    const again = bytes.subarray(offsets[cycle]);
    expect(Buffer.compare(again, bytes.subarray(0, offsets[inFlight]))).toBe(0);
  });
});

it('messages without takeover can each come first', async () => {
  const { shape } = workloadById('n500');
  const { bytes, offsets, cycle, payloads } = await createScript(shape);
  const last = bytes.subarray(offsets[cycle - 1], offsets[cycle]);
  expect(same(await receive([last], 1, 'no-takeover'), payloads.slice(-1))).toBe(true);
});

it('no JSON comes again within a window', () => {
  const shapes = workloads.map(({ shape }) => shape).filter(({ content }) => content === 'json');
  expect(shapes.length).toBeGreaterThan(0);
  return Promise.all(
    shapes.map(async (shape) => {
      const { payloads } = await createScript(shape);
      const texts = payloads.map((payload) => Buffer.from(payload).toString());
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.length * shape.bytes).toBeGreaterThan(2 * windowBytes);
      for (const text of texts) JSON.parse(text);
    }),
  );
});
