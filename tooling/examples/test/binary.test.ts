import { endianness } from 'node:os';
import { hex } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import { runExample } from '../src/run-example.js';
import { listenWs } from '../src/ws-server.js';

// 0, 0.5, 1, 1.5 and 2 in IEEE 754, single precision.
const bigEndian = '00000000 3f000000 3f800000 3fc00000 40000000';
const numbers = Buffer.from(bigEndian.replaceAll(' ', ''), 'hex');
if (endianness() === 'LE') numbers.swap32();

describe.each(['binary.mjs', 'binary.cjs'])('%s', (file) => {
  const start = async () => {
    const server = await listenWs();
    const example = runExample(file, { env: { TARGET: server.url } });
    return { example, peer: await server.accept() };
  };

  it('sends the bytes of the array, and reads an answer as one', async () => {
    const { example, peer } = await start();
    const sent = await peer.nextMessage();
    expect(sent).toBeInstanceOf(Buffer);
    expect(hex(sent as Buffer)).toBe(hex(numbers));
    peer.send(numbers.subarray(4));
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe('received: Float32Array(4) [ 0.5, 1, 1.5, 2 ]\n');
    expect(example.errors()).toBe('');
  });

  it('prints a text as a text', async () => {
    const { example, peer } = await start();
    peer.send('no numbers');
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe('received: no numbers\n');
  });
});
