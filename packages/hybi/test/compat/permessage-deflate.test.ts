import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { PerMessageDeflate } from '../../src/index.js';

const ws = createRequire(import.meta.url)('ws') as { PerMessageDeflate: typeof PerMessageDeflate };
const ours = { PerMessageDeflate };
type Classes = typeof ws;
type Options = ConstructorParameters<typeof PerMessageDeflate>[0];

const outcome = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return [(error as Error).constructor.name, (error as Error).message];
  }
};

describe('PerMessageDeflate', () => {
  it('has the name of the extension', () => {
    expect(PerMessageDeflate.extensionName).toBe(ws.PerMessageDeflate.extensionName);
  });

  it('offers what that of ws does', () => {
    const all: Options[] = [
      {},
      { clientMaxWindowBits: 10 },
      { clientMaxWindowBits: false, serverMaxWindowBits: true },
      { serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 9 },
    ];
    for (const options of all) {
      const offer = (classes: Classes): unknown => {
        const params = new classes.PerMessageDeflate(options).offer();
        return [Object.keys(params), { ...params }];
      };
      expect(offer(ours)).toEqual(offer(ws));
    }
  });

  it('accepts and refuses what that of ws does', () => {
    const cases: [Options, () => Record<string, (string | true)[]>[]][] = [
      [{ isServer: true }, () => [{ client_max_window_bits: [true] }]],
      [{ isServer: true, serverMaxWindowBits: 9 }, () => [{ server_max_window_bits: ['10'] }]],
      [{ isServer: true, serverMaxWindowBits: 11 }, () => [{ server_max_window_bits: ['10'] }]],
      [{ isServer: true }, () => [{ unknown: [true] }]],
      [{}, () => [{ server_no_context_takeover: [true], client_max_window_bits: ['12'] }]],
      [{ clientNoContextTakeover: false }, () => [{ client_no_context_takeover: [true] }]],
      [{}, () => [{ server_max_window_bits: ['7'] }]],
    ];
    for (const [options, parameters] of cases) {
      const accept = (classes: Classes): unknown =>
        outcome(() => {
          const deflate = new classes.PerMessageDeflate(options);
          expect(deflate.params).toBe(null);
          const accepted = deflate.accept(parameters());
          expect(deflate.params).toBe(accepted);
          return { ...accepted };
        });
      expect(accept(ours)).toEqual(accept(ws));
    }
  });

  it('inflates what that of ws deflates, and the other way round', async () => {
    for (const [from, to] of [
      [ours, ws],
      [ws, ours],
    ] as const) {
      const deflater = new from.PerMessageDeflate({ threshold: 0 });
      const inflater = new to.PerMessageDeflate({ threshold: 0, isServer: true });
      deflater.accept([{}]);
      inflater.accept([{}]);
      for (const text of ['Hello', 'Hello', '', 'x'.repeat(100_000)]) {
        const inflated = await new Promise((resolve, reject) => {
          deflater.compress(Buffer.from(text), true, (error, data) => {
            if (error !== null) reject(error);
            else {
              inflater.decompress(data as Uint8Array, true, (failure, result) => {
                if (failure !== null) reject(failure);
                else resolve(String(result));
              });
            }
          });
        });
        expect(inflated).toBe(text);
      }
      deflater.cleanup();
      inflater.cleanup();
    }
  });

  it('tells a pending compression when it is cleaned up', async () => {
    const deflate = new PerMessageDeflate({});
    deflate.accept([{}]);
    const error = new Promise<Error | null>((resolve) => {
      deflate.compress(Buffer.alloc(100_000), true, resolve);
    });
    deflate.cleanup();
    expect((await error)?.message).toBe(
      'The deflate stream was closed while data was being processed',
    );
  });

  it('limits what it inflates', async () => {
    const deflate = new PerMessageDeflate({ maxPayload: 100 });
    deflate.accept([{}]);
    const packed = await new Promise<Uint8Array>((resolve) => {
      deflate.compress(Buffer.alloc(1000), true, (_error, data) => resolve(data as Uint8Array));
    });
    const error = await new Promise<(Error & { code?: string }) | null>((resolve) => {
      deflate.decompress(packed, true, resolve);
    });
    expect(error).toBeInstanceOf(RangeError);
    expect(error?.message).toBe('Max payload size exceeded');
    expect(error?.code).toBe('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH');
    deflate.cleanup();
  });
});
