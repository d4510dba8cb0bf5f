import { createRequire } from 'node:module';
import { finished } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { PerMessageDeflate, Receiver } from '../../src/index.js';
import type { ReceiverOptions } from '../../src/compat/receiver.js';

const ws = createRequire(import.meta.url)('ws') as {
  Receiver: typeof Receiver;
  PerMessageDeflate: typeof PerMessageDeflate;
};
const hex = (value: string): Buffer => Buffer.from(value.replaceAll(' ', ''), 'hex');

type Classes = Pick<typeof ws, 'Receiver' | 'PerMessageDeflate'>;
type Make = (classes: Classes) => ReceiverOptions;

/** Feeds the chunks and writes down everything that comes out. */
async function record(classes: Classes, options: ReceiverOptions, chunks: Buffer[]) {
  const events: unknown[] = [];
  const receiver = new classes.Receiver(options);
  const show = (data: unknown): unknown => {
    if (data instanceof ArrayBuffer) return ['ArrayBuffer', Buffer.from(data).toString('hex')];
    if (Array.isArray(data)) return data.map(show);
    return Buffer.isBuffer(data) ? data.toString('hex') : data;
  };
  for (const name of ['message', 'ping', 'pong', 'conclude']) {
    receiver.on(name, (...args: unknown[]) => events.push([name, ...args.map(show)]));
  }
  receiver.on('error', (error: Error & { code?: string }) => {
    events.push(['error', error.constructor.name, error.message, error.code]);
  });
  const over = new Promise<void>((resolve) => {
    finished(receiver, () => resolve());
  });
  for (const chunk of chunks) receiver.write(Buffer.from(chunk));
  receiver.end();
  await over;
  return events;
}

async function same(wire: string | string[], make: Make = () => ({})): Promise<unknown[]> {
  const chunks = [wire].flat().map(hex);
  const ours = await record(
    { Receiver, PerMessageDeflate },
    make({ Receiver, PerMessageDeflate }),
    chunks,
  );
  const theirs = await record(ws, make(ws), chunks);
  expect(ours).toEqual(theirs);
  return ours;
}

describe('Receiver emits what that of ws does', () => {
  it('for messages, whole, in fragments and in many chunks', async () => {
    expect(await same('81 05 48656c6c6f  82 01 41  01 01 61  89 01 70  80 01 62')).toEqual([
      ['message', '48656c6c6f', false],
      ['message', '41', true],
      ['ping', '70'],
      ['message', '6162', false],
    ]);
    await same(['82', '7e', '00', '80', '00'.repeat(100), '01'.repeat(28), '8a00']);
  });

  it('for each binaryType', async () => {
    for (const binaryType of ['nodebuffer', 'arraybuffer', 'fragments'] as const) {
      await same('82 03 414243  02 01 41  00 00  80 01 42  82 00', () => ({ binaryType }));
    }
  });

  it('as a server', async () => {
    await same('81 85 37fa213d 7f9f4d5158', () => ({ isServer: true }));
    await same('81 05 48656c6c6f', () => ({ isServer: true }));
  });

  it('for close frames, after which nothing comes', async () => {
    await same('88 00  81 01 41');
    await same('88 05 03e8 627965  81 01 41');
    await same(['88 02 03e8', '81 01 41']);
  });

  it('for bad bytes', async () => {
    for (const wire of [
      'f1 00',
      'c1 00',
      '83 00',
      '80 00',
      '09 00',
      '88 01 00',
      '81 80 00000000',
    ]) {
      await same(`81 01 41 ${wire}`);
    }
    await same('88 02 03e7');
    await same('81 01 ff');
    await same('88 03 03e8 ff');
    await same('82 7f ffffffffffffffff');
  });

  it('for its limits, which are off by default', async () => {
    await same('82 05 0000000000', () => ({ maxPayload: 4 }));
    await same('02 01 00  00 01 00  80 01 00', () => ({ maxFragments: 2 }));
    await same(['82 05 00', '00', '00', '00', '00'], () => ({ maxBufferedChunks: 2 }));
    await same('82 05 0000000000', () => ({ maxPayload: 2 ** 31 }));
    await same('81 01 ff', () => ({ skipUTF8Validation: true }));
  });

  it('with permessage-deflate', async () => {
    const make: Make = (classes) => {
      const deflate = new classes.PerMessageDeflate({ threshold: 0 });
      deflate.accept([{}]);
      return { extensions: { 'permessage-deflate': deflate } };
    };
    // RFC 7692 §7.2.3.1 and §7.2.3.2, then an uncompressed message, then garbage.
    await same('c1 07 f248cdc9c90700  c1 05 f200110000  81 01 41', make);
    await same('41 03 f248cd  80 04 c9c90700', make);
    await same('c1 01 ff', make);
  });

  it('with one event a turn', async () => {
    await same('81 01 41  82 01 42  89 00  88 00', () => ({ allowSynchronousEvents: false }));
  });
});
