import * as zlib from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { canRunSync, freeBytes, runSync, unreadBytes } from '../../src/node/sync-zlib.js';

describe('runSync', () => {
  test('works on this platform, which the other tests build on', () => {
    expect(canRunSync()).toBe(true);
  });

  test('deflates and inflates, a piece at a time', () => {
    const deflate = zlib.createDeflateRaw();
    const inflate = zlib.createInflateRaw();
    const output = Buffer.alloc(7);
    const pieces: Buffer[] = [];
    const text = Buffer.from('hybi hybi hybi, and something else');
    runSync(deflate, text, 0, text.length, output);
    for (; freeBytes(deflate) === 0; runSync(deflate, text, 0, 0, output)) {
      pieces.push(Buffer.from(output));
    }
    pieces.push(Buffer.from(output.subarray(0, 7 - freeBytes(deflate))));
    const compressed = Buffer.concat(pieces);
    const inflated = Buffer.alloc(100);
    runSync(inflate, compressed, 0, compressed.length, inflated);
    expect([unreadBytes(inflate), 100 - freeBytes(inflate)]).toEqual([0, text.length]);
    expect(inflated.subarray(0, text.length)).toEqual(text);
    deflate.close();
    inflate.close();
  });

  test('reads only the part of the input that it is told to', () => {
    const inflate = zlib.createInflateRaw();
    const input = Buffer.from('ffff' + 'f248cdc9c907000000ffff' + 'ffff', 'hex');
    const output = Buffer.alloc(100);
    runSync(inflate, input, 2, input.length - 2, output);
    expect(output.subarray(0, 100 - freeBytes(inflate))).toEqual(Buffer.from('Hello'));
    inflate.close();
  });

  test('throws what zlib reports, and for a stream that is closed', () => {
    const inflate = zlib.createInflateRaw();
    inflate.on('error', () => {});
    const garbage = Buffer.of(0xff, 0xff);
    const failure = { code: 'Z_DATA_ERROR', errno: -3, message: 'invalid block type' };
    for (let i = 0; i < 2; i++) {
      expect(() => runSync(inflate, garbage, 0, 2, Buffer.alloc(9))).toThrow(
        expect.objectContaining(failure),
      );
    }
    const closed = zlib.createInflateRaw();
    closed.close();
    expect(() => runSync(closed, garbage, 0, 2, Buffer.alloc(9))).toThrow('is closed');
  });
});

describe('canRunSync says no', () => {
  afterEach(() => {
    vi.doUnmock('node:zlib');
    vi.resetModules();
  });

  /** The stream's undocumented parts, as another platform may have them. */
  interface Parts {
    _handle: { writeSync: ((...args: unknown[]) => void) | undefined } | undefined;
    _writeState: Uint32Array | undefined;
  }

  const platforms: [string, (parts: Parts) => void][] = [
    ['there is no handle', (parts) => (parts._handle = undefined)],
    ['there is nothing to call', ({ _handle: handle }) => (handle!.writeSync = undefined)],
    ['there is no state', (parts) => (parts._writeState = undefined)],
    ['nothing happens', ({ _handle: handle }) => (handle!.writeSync = () => {})],
    [
      'it throws',
      ({ _handle: handle }) => {
        handle!.writeSync = () => {
          throw new Error('Not implemented');
        };
      },
    ],
    ['the state is another', (parts) => (parts._writeState = new Uint32Array(2))],
  ];

  test.each(platforms)('where %s', async (_, change) => {
    const streams: (zlib.DeflateRaw | zlib.InflateRaw)[] = [];
    const spoil = <Stream extends zlib.DeflateRaw | zlib.InflateRaw>(stream: Stream): Stream => {
      change(stream as unknown as Parts);
      streams.push(stream);
      return stream;
    };
    vi.resetModules();
    vi.doMock('node:zlib', () => ({
      ...zlib,
      createDeflateRaw: () => spoil(zlib.createDeflateRaw()),
      createInflateRaw: () => spoil(zlib.createInflateRaw()),
    }));
    const fresh = await import('../../src/node/sync-zlib.js');
    expect(fresh.canRunSync()).toBe(false);
    expect(fresh.canRunSync()).toBe(false);
    expect(streams).toHaveLength(2);
    expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });

  const spoilers: [string, (run: (...args: unknown[]) => void, args: unknown[]) => void][] = [
    [
      'the context is lost',
      function (this: { reset(): void }, run, args) {
        run(...args);
        this.reset();
      },
    ],
    [
      'garbage is fine',
      (run, args) => {
        if ((args[1] as Buffer)[0] !== 0xff) run(...args);
      },
    ],
  ];

  test.each(spoilers)('where %s', async (_, spoil) => {
    vi.resetModules();
    const wrap = <Stream extends zlib.DeflateRaw | zlib.InflateRaw>(stream: Stream): Stream => {
      const handle = (stream as unknown as Parts)._handle as Required<
        NonNullable<Parts['_handle']>
      >;
      const run = handle.writeSync?.bind(handle) as (...args: unknown[]) => void;
      handle.writeSync = (...args: unknown[]) => spoil.call(handle, run, args);
      return stream;
    };
    vi.doMock('node:zlib', () => ({
      ...zlib,
      createDeflateRaw: () => wrap(zlib.createDeflateRaw()),
      createInflateRaw: () => wrap(zlib.createInflateRaw()),
    }));
    const fresh = await import('../../src/node/sync-zlib.js');
    expect(fresh.canRunSync()).toBe(false);
  });
});
