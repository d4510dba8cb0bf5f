/**
 * Much data to and from a peer in another process, in bounded memory.
 *
 * `TRANSFER_MIB=1024` makes it a gibibyte in each transfer.
 */
import { createHash } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { implementations } from './support/implementations.js';
import type { Client } from './support/implementations.js';
import { Peak, ResidentMemory } from './support/memory.js';
import { chunkBytes, chunksOf } from './support/payload.mjs';
import { PeerProcess } from './support/peer-process.js';
import type { SenderStatus } from './support/peer-process.js';

const mebibyte = 1024 * 1024;
const totalMebibytes = Number(process.env['TRANSFER_MIB'] ?? 128);
const totalBytes = totalMebibytes * mebibyte;
const timeout = 60_000 + totalMebibytes * 250;
/** What is not collected yet comes to some 60 MiB, whether there is much data or very much. */
const allowedGrowth = 96 * mebibyte;
const allowedTrend = 32 * mebibyte;
/** All memory of the peer, which is a whole Node.js and not ours. */
const allowedPeer = 256 * mebibyte;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let peer: PeerProcess;
beforeEach(async () => {
  peer = await PeerProcess.start();
});
afterEach(() => peer.stop());

/** A source of all bytes that remembers what it gave. */
function source(
  memory: ResidentMemory,
  onChunk: () => void,
): { readable: Readable; digest(): string } {
  const hash = createHash('sha256');
  function* chunks(): Generator<Buffer, void> {
    for (const chunk of chunksOf(totalBytes)) {
      hash.update(chunk);
      memory.passed(chunk.length);
      onChunk();
      yield chunk;
    }
  }
  return { readable: Readable.from(chunks()), digest: () => hash.digest('hex') };
}

/** A sink that takes its time after each chunk, and more after each mebibyte. */
function slowSink(
  memory: ResidentMemory,
  onChunk: () => void,
): { writable: Writable; digest(): string } {
  const hash = createHash('sha256');
  let bytes = 0;
  const writable = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const before = bytes;
      bytes += chunk.length;
      hash.update(chunk);
      memory.passed(chunk.length);
      onChunk();
      if (Math.floor(before / mebibyte) === Math.floor(bytes / mebibyte)) setImmediate(done);
      else setTimeout(done, 1);
    },
  });
  return { writable, digest: () => hash.digest('hex') };
}

function logMemory(title: string, memory: ResidentMemory, peerPeakBytes: number): void {
  if (process.env['TRANSFER_MIB'] === undefined) return;
  const [growth, trend, peak] = [memory.peakGrowth, memory.trend, peerPeakBytes].map((bytes) =>
    (bytes / mebibyte).toFixed(1),
  );
  console.log(`${title}: ${growth} MiB more at most, trend ${trend} MiB; the peer ${peak} MiB`);
}

describe.each(implementations)('%s', (name, { dial, createStream }) => {
  const connect = (path: string): { client: Client; stream: Duplex } => {
    const client = dial(peer.url + path);
    return { client, stream: createStream(client) };
  };

  it('carries much to a slower reader in bounded memory', { timeout }, async () => {
    const { client, stream } = connect('/receive');
    const reported = peer.report();
    const queued = new Peak();
    const unsent = new Peak();
    let drains = 0;
    stream.on('drain', () => (drains += 1));

    const memory = new ResidentMemory();
    const { readable, digest } = source(memory, () => {
      queued.see(stream.writableLength);
      unsent.see(client.bufferedAmount);
    });
    await pipeline(readable, stream.resume());
    const report = await reported;
    logMemory(`${name}, to a slower reader`, memory, report.peakBytes);

    expect(report).toMatchObject({ bytes: totalBytes, digest: digest() });
    expect(report.pauses).toBeGreaterThanOrEqual(totalMebibytes - 1);
    expect(drains).toBeGreaterThan(totalMebibytes);
    expect(queued.value).toBeLessThanOrEqual(stream.writableHighWaterMark + chunkBytes);
    expect(unsent.value).toBeLessThanOrEqual(chunkBytes + 16);
    expect(memory.peakGrowth).toBeLessThan(allowedGrowth);
    expect(memory.trend).toBeLessThan(allowedTrend);
    expect(report.peakBytes).toBeLessThan(allowedPeer);
  });

  it('carries much from a fast peer to a slow sink in bounded memory', { timeout }, async () => {
    const { client, stream } = connect(`/send?mib=${totalMebibytes}`);
    const reported = peer.report();
    const unread = new Peak();
    let pauses = 0;

    const memory = new ResidentMemory();
    const { writable, digest } = slowSink(memory, () => unread.see(stream.readableLength));
    client.on('message', () => (pauses += Number(client.isPaused)));
    // `end` would cut off what the peer still sends: it is read first.
    stream.on('end', () => stream.end());
    await pipeline(stream, writable);
    const report = await reported;
    logMemory(`${name}, from a fast peer`, memory, report.peakBytes);

    expect(report).toMatchObject({ bytes: totalBytes, digest: digest() });
    expect(report.waits).toBeGreaterThan(totalMebibytes / 16);
    expect(pauses).toBeGreaterThan(totalMebibytes);
    expect(unread.value).toBeLessThanOrEqual(stream.readableHighWaterMark + 2 * chunkBytes);
    expect(memory.peakGrowth).toBeLessThan(allowedGrowth);
    expect(memory.trend).toBeLessThan(allowedTrend);
    expect(report.peakBytes).toBeLessThan(allowedPeer);
  });

  it('stops a peer when nobody reads, and goes on', { timeout: 30_000 }, async () => {
    const { client, stream } = connect('/send?mib=64');
    while (!client.isPaused) await turn();
    const { isWaiting, sentBytes, unsentBytes } = await stopped(peer);
    expect(isWaiting).toBe(true);
    expect(unsentBytes).toBeGreaterThan(0);
    // No more than the buffers of two kernels' sockets and of the stream.
    expect(sentBytes).toBeLessThan(32 * mebibyte);
    expect(client.isPaused).toBe(true);
    expect(stream.readableLength).toBeLessThanOrEqual(
      stream.readableHighWaterMark + 2 * chunkBytes,
    );

    const reported = peer.report();
    const hash = createHash('sha256');
    for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
    expect(await reported).toMatchObject({ bytes: 64 * mebibyte, digest: hash.digest('hex') });
  });

  it('waits for a peer that takes nothing, and goes on', { timeout: 30_000 }, async () => {
    const { client, stream } = connect('/hold');
    const hash = createHash('sha256');
    const chunks = chunksOf(64 * mebibyte);
    let written = 0;
    const write = (): void => {
      let isWritable = true;
      while (isWritable) {
        const { value: chunk } = chunks.next();
        if (chunk === undefined) throw new Error('The peer takes everything');
        written += chunk.length;
        hash.update(chunk);
        isWritable = stream.write(chunk);
      }
    };
    stream.on('drain', write);
    write();
    while (client.bufferedAmount === 0) await turn();
    expect(stream.writableNeedDrain).toBe(true);
    expect(written).toBeLessThan(32 * mebibyte);
    expect(stream.writableLength).toBeLessThanOrEqual(stream.writableHighWaterMark + chunkBytes);

    stream.removeListener('drain', write);
    const reported = peer.report();
    const drains = new Promise((resolve) => stream.once('drain', resolve));
    peer.go();
    await drains;
    await new Promise((resolve) => stream.resume().end(resolve));
    expect(await reported).toMatchObject({ bytes: written, digest: hash.digest('hex') });
  });
});

/** Waits until the peer has sent nothing more while it was asked for its status many times. */
async function stopped(sender: PeerProcess): Promise<SenderStatus> {
  let last = await sender.status();
  for (let same = 0; same < 50; same += 1) {
    const status = await sender.status();
    if (status.sentBytes !== last.sentBytes) same = 0;
    last = status;
  }
  return last;
}
