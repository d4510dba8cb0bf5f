/** The frames of the generator, as the `Receiver` and the `Sender` of `ws` see them. */
import * as ws from 'ws';
import { describe, expect, it } from 'vitest';
import { BINARY, TEXT, decodeServerFrames, encodeFrame, headerLength } from '../src/frames.mjs';

const { Receiver, Sender } = ws as any;

const lengths = [0, 1, 125, 126, 127, 65535, 65536, 100_000];

function payloadOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff);
}

describe('encodeFrame', () => {
  it('encodes the examples of RFC 6455 section 5.7', () => {
    const hello = new TextEncoder().encode('Hello');
    expect(Buffer.from(encodeFrame(TEXT, hello)).toString('hex')).toBe('810548656c6c6f');
    const masked = encodeFrame(TEXT, hello, { maskingKey: 0x37fa213d });
    expect(Buffer.from(masked).toString('hex')).toBe('818537fa213d7f9f4d5158');
  });

  it('sets RSV1', () => {
    expect(encodeFrame(BINARY, Uint8Array.of(1), { rsv1: true })[0]).toBe(0xc2);
  });

  it.each(lengths)('a payload of %i bytes is what the Receiver of ws receives', (length) => {
    const received: Buffer[] = [];
    const receiver = new Receiver({ isServer: true });
    receiver.on('message', (data: Buffer) => received.push(data));
    const payload = payloadOf(length);
    const frame = encodeFrame(BINARY, payload, { maskingKey: 0xdeadbeef });
    expect(frame.length).toBe(headerLength(length, true) + length);
    receiver.write(Buffer.concat([frame, frame]));
    expect(received.map((data) => Buffer.compare(data, payload))).toEqual([0, 0]);
  });
});

describe('decodeServerFrames', () => {
  it.each(lengths)('reads a payload of %i bytes from the Sender of ws', (length) => {
    const payload = payloadOf(length);
    const options = { fin: true, rsv1: false, opcode: BINARY, mask: false, readOnly: true };
    const sent = Buffer.concat(Sender.frame(Buffer.from(payload), options));
    const cut = sent.subarray(0, -1);
    const { frames, rest } = decodeServerFrames(Buffer.concat([sent, sent, cut]));
    expect(rest).toBe(2 * sent.length);
    expect(frames).toHaveLength(2);
    for (const frame of frames) {
      expect(frame).toMatchObject({ opcode: BINARY, fin: true, rsv1: false });
      expect(Buffer.compare(frame.payload, payload)).toBe(0);
    }
  });

  it('stops at a header that is cut', () => {
    const frame = encodeFrame(BINARY, payloadOf(300));
    expect(decodeServerFrames(frame.subarray(0, 3))).toEqual({ frames: [], rest: 0 });
  });

  it('takes no masked frame', () => {
    const frame = encodeFrame(BINARY, payloadOf(3), { maskingKey: 1 });
    expect(() => decodeServerFrames(frame)).toThrow('must not mask');
  });
});
