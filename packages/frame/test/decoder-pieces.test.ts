/** Pieces of payloads that a chunk edge has cut: which come, and what the handler may do then. */
import { describe, expect, test } from 'vitest';
import { FrameDecoder } from '../src/index.js';
import type { FrameDecoderOptions } from '../src/index.js';
import { byteByByte, cut, hex, join, toHex } from './wire.js';

const a = hex('81 01 61');
const b = hex('81 01 62');
const cutText = hex('81 04 61626364');

describe('onPayload', () => {
  /** Records pieces and frames as text, and does `react` after each. */
  function setUpPieces(
    react: (entry: string, decoder: FrameDecoder) => void = () => undefined,
    options: Partial<FrameDecoderOptions> = {},
  ): { decoder: FrameDecoder; log: string[] } {
    const log: string[] = [];
    const record = (entry: string): void => {
      log.push(entry);
      react(entry, decoder);
    };
    const decoder = new FrameDecoder(
      {
        onPayload: (opcode, rsv1, piece) =>
          record(`piece ${opcode}${rsv1 ? ' RSV1' : ''} ${toHex(piece)}`),
        onFrame: (_fin, opcode, _rsv1, payload) => record(`frame ${opcode} ${toHex(payload)}`),
        onError: (error) => record(error.code),
      },
      { role: 'client', ...options },
    );
    return { decoder, log };
  }

  test('has every piece of a cut frame, the last one right before the frame', () => {
    const { decoder, log } = setUpPieces();
    for (const chunk of cut(join(cutText, a), 3, 5)) decoder.push(chunk);
    expect(log).toEqual([
      'piece 1 61',
      'piece 1 6263',
      'piece 1 64',
      'frame 1 61626364',
      'frame 1 61',
    ]);
  });

  test('has them unmasked', () => {
    const { decoder, log } = setUpPieces(undefined, { role: 'server' });
    for (const chunk of cut(hex('82 85 37fa213d 7f9f4d5158'), 7, 10)) decoder.push(chunk);
    expect(log).toEqual(['piece 2 48', 'piece 2 656c6c', 'piece 2 6f', 'frame 2 48656c6c6f']);
  });

  test('is not called for whole frames, empty frames, or edges inside a header', () => {
    const { decoder, log } = setUpPieces();
    for (const byte of byteByByte(hex('81 00'))) decoder.push(byte);
    for (const chunk of cut(cutText, 2)) decoder.push(chunk);
    expect(log).toEqual(['frame 1 ', 'frame 1 61626364']);
  });

  test('is not called for control frames; a continuation has opcode 0', () => {
    const { decoder, log } = setUpPieces();
    for (const chunk of cut(hex('01 00 89 02 6162 80 02 6364'), 5, 9)) decoder.push(chunk);
    expect(log).toEqual(['frame 1 ', 'frame 9 6162', 'piece 0 63', 'piece 0 64', 'frame 0 6364']);
  });

  test('knows RSV1 of the frame', () => {
    const { decoder, log } = setUpPieces(undefined, { rsv1: true });
    for (const chunk of cut(hex('41 02 6162 80 02 6364'), 3, 7)) decoder.push(chunk);
    expect(log).toEqual([
      'piece 1 RSV1 61',
      'piece 1 RSV1 62',
      'frame 1 6162',
      'piece 0 63',
      'piece 0 64',
      'frame 0 6364',
    ]);
  });

  test('may stop the decoder, so that no frame follows', () => {
    for (const at of ['piece 1 61', 'piece 1 626364']) {
      const { decoder, log } = setUpPieces((entry, d) => {
        if (entry === at) d.stop();
      });
      for (const chunk of cut(join(cutText, a), 3)) decoder.push(chunk);
      expect(log.at(-1)).toBe(at);
    }
  });

  test('a hold in the last piece holds the frame back, until a release', () => {
    const { decoder, log } = setUpPieces((entry, d) => {
      if (entry === 'piece 1 626364') d.hold();
    });
    for (const chunk of cut(join(cutText, a), 3)) decoder.push(chunk);
    decoder.push(b);
    expect(log).toEqual(['piece 1 61', 'piece 1 626364']);
    expect(decoder.cutShort).toBe(true);
    decoder.release();
    expect(log.slice(2)).toEqual(['frame 1 61626364', 'frame 1 61', 'frame 1 62']);
    expect(decoder.cutShort).toBe(false);
  });

  test('a hold in the last piece works at the end of the chunk, too', () => {
    const { decoder, log } = setUpPieces((entry, d) => {
      if (entry.startsWith('piece')) d.hold();
    });
    for (const chunk of cut(cutText, 3)) decoder.push(chunk);
    decoder.release();
    expect(log).toEqual(['piece 1 61', 'piece 1 626364']);
    expect(decoder.queuedBytes).toBe(0);
    decoder.release();
    expect(log).toEqual(['piece 1 61', 'piece 1 626364', 'frame 1 61626364']);
  });

  test.each<[string, (decoder: FrameDecoder) => void]>([
    ['a push', (decoder) => decoder.push(a)],
    ['a release', (decoder) => (decoder.release(), decoder.push(a))],
  ])('an exception in the last piece leaves the frame to %s', (_, goOn) => {
    const { decoder, log } = setUpPieces((entry) => {
      if (entry === 'piece 1 626364') throw new Error('from the handler');
    });
    const [first, second] = cut(cutText, 3);
    decoder.push(first ?? hex(''));
    expect(() => decoder.push(second ?? hex(''))).toThrow('from the handler');
    goOn(decoder);
    expect(log.slice(2)).toEqual(['frame 1 61626364', 'frame 1 61']);
  });

  test('a push inside it is read behind the chunk', () => {
    const { decoder, log } = setUpPieces((entry, d) => {
      if (entry === 'piece 1 61') d.push(hex('626364'));
    });
    decoder.push(cutText.slice(0, 3));
    expect(log).toEqual(['piece 1 61', 'piece 1 626364', 'frame 1 61626364']);
  });
});
