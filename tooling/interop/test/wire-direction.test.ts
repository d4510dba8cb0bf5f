// The relay's reader of frames, against literal bytes: what is said about the wire relies on it.
import { Buffer } from 'node:buffer';
import { byteByByte, bytes, hex } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import { WireDirection } from '../src/wire-direction.js';
import type { Cut } from '../src/wire-direction.js';

const head = Buffer.from(
  'GET / HTTP/1.1\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n',
);

/** A compressed message; a text of two fragments with a ping in between; a close with 1000. */
const frames = bytes('c1 03 61 62 63  01 01 64  89 01 70  80 02 65 66  88 02 03 e8');

/** A compressed message of 3 bytes, and a close with 1000, both with a key. */
const maskedFrames = bytes('c2 83 01 02 03 04 60 60 60  88 82 01 02 03 04 02 ea');

function passOn(chunks: Iterable<Uint8Array>, cut?: Cut): { read: WireDirection; passed: string } {
  const read = new WireDirection(cut);
  const passed = [...chunks].flatMap((chunk) => read.take(Buffer.from(chunk)));
  return { read, passed: hex(Buffer.concat(passed).subarray(head.length)) };
}

const none = (): undefined => undefined;

describe.each([
  { how: 'whole', split: (stream: Uint8Array) => [stream] },
  { how: 'byte by byte', split: byteByByte },
])('$how', ({ split }) => {
  const chunks = split(Buffer.concat([head, frames]));
  const maskedChunks = split(Buffer.concat([head, maskedFrames]));

  it('is passed on as it is', () => {
    expect(passOn(chunks).passed).toBe(hex(frames));
    expect(passOn(chunks, none).passed).toBe(hex(frames));
    expect(passOn(maskedChunks, none).passed).toBe(hex(maskedFrames));
  });

  it('is read', () => {
    const { read } = passOn(chunks);
    expect(read.extensions).toBe('permessage-deflate; client_max_window_bits');
    expect(read.messages).toEqual([
      { compressed: true, frames: 1, payloadBytes: 3 },
      { compressed: false, frames: 2, payloadBytes: 3 },
    ]);
    expect(read.closeCode).toBe(1000);
    expect(passOn(maskedChunks).read.closeCode).toBe(1000);
  });

  it('is cut into fragments, but for what is in fragments already', () => {
    const { read, passed } = passOn(chunks, () => [1, 0]);
    const cut = bytes('41 01 61  00 00  80 02 62 63  01 01 64  89 01 70  80 02 65 66  88 02 03 e8');
    expect(passed).toBe(hex(cut));
    expect(read.messages[0]).toEqual({ compressed: true, frames: 1, payloadBytes: 3 });
  });

  it('is masked with the same bytes when it is cut', () => {
    const { passed } = passOn(maskedChunks, () => [2]);
    const cut = bytes('42 82 01 02 03 04 60 60  80 81 03 04 01 02 60  88 82 01 02 03 04 02 ea');
    expect(passed).toBe(hex(cut));
  });
});

it.each([126, 65_535, 65_536])('reads and cuts a frame of %d bytes', (size) => {
  const long = size > 0xffff;
  const length = long
    ? `7f 00000000 ${size.toString(16).padStart(8, '0')}`
    : `7e ${size.toString(16).padStart(4, '0')}`;
  const stream = Buffer.concat([head, bytes(`c2 ${length}`), Buffer.alloc(size, 1)]);
  const { read, passed } = passOn([stream], () => [1]);
  expect(read.messages).toEqual([{ compressed: true, frames: 1, payloadBytes: size }]);
  const rest = size - 1;
  const header =
    rest < 126 ? '80 7d' : rest > 0xffff ? '' : `80 7e ${rest.toString(16).padStart(4, '0')}`;
  expect(passed).toBe(hex(Buffer.concat([bytes(`42 01 01 ${header}`), Buffer.alloc(rest, 1)])));
});
