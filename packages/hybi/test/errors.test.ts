import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ourClient, ourServer } from './support/pairs.js';

/** The bad bytes of ws-contract section 12, with what comes of them. */
const cases = [
  ['a2 80 00000000', RangeError, 'RSV2 and RSV3 must be clear', 'WS_ERR_UNEXPECTED_RSV_2_3', 1002],
  ['c2 80 00000000', RangeError, 'RSV1 must be clear', 'WS_ERR_UNEXPECTED_RSV_1', 1002],
  ['80 80 00000000', RangeError, 'invalid opcode 0', 'WS_ERR_INVALID_OPCODE', 1002],
  ['8b 80 00000000', RangeError, 'invalid opcode 11', 'WS_ERR_INVALID_OPCODE', 1002],
  ['09 80 00000000', RangeError, 'FIN must be set', 'WS_ERR_EXPECTED_FIN', 1002],
  ['82 00', RangeError, 'MASK must be set', 'WS_ERR_EXPECTED_MASK', 1002],
  ['88 82 00000000 0000', RangeError, 'invalid status code 0', 'WS_ERR_INVALID_CLOSE_CODE', 1002],
  ['81 81 00000000 ff', Error, 'invalid UTF-8 sequence', 'WS_ERR_INVALID_UTF8', 1007],
] as const;

describe('protocol errors', () => {
  for (const [wire, Class, message, code, closeCode] of cases) {
    it(`${message} (${wire})`, async () => {
      const { ours, theirs, close } = await ourServer();
      const peerClosed = once(theirs, 'close');
      (theirs as unknown as { _socket: NodeJS.WritableStream })._socket.write(
        Buffer.from(wire.replaceAll(' ', ''), 'hex'),
      );
      const [error] = (await once(ours, 'error')) as [Error & { code: string }];
      expect(error.constructor).toBe(Class);
      expect(error.message).toBe(`Invalid WebSocket frame: ${message}`);
      expect(error.code).toBe(code);
      expect(Object.keys(error)).toEqual(['code']);
      expect((await peerClosed)[0]).toBe(closeCode);
      await close();
    });
  }

  it('a message that is too long', async () => {
    const { ours, theirs, close } = await ourClient({ client: { maxPayload: 4 } });
    const peerClosed = once(theirs, 'close');
    theirs.send('12345');
    const [error] = (await once(ours, 'error')) as [Error & { code: string }];
    expect(error.constructor).toBe(RangeError);
    expect(error.message).toBe('Max payload size exceeded');
    expect(error.code).toBe('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH');
    expect((await peerClosed)[0]).toBe(1009);
    await close();
  });

  it('a compressed message that inflates beyond the limit', async () => {
    const { ours, theirs, close } = await ourServer({
      client: { perMessageDeflate: true },
      server: { maxPayload: 1000, perMessageDeflate: true },
    });
    const peerClosed = once(theirs, 'close');
    theirs.send(Buffer.alloc(100_000));
    const [error] = (await once(ours, 'error')) as [Error & { code: string }];
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe('Max payload size exceeded');
    expect(Object.keys(error)).toEqual(['code']);
    expect((await peerClosed)[0]).toBe(1009);
    await close();
  });
});
