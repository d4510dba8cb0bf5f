import { describe, expect, it } from 'vitest';
import { MessageWriter } from '../src/index.js';
import { FakeSink } from './support/fake-sink.js';
import { FakeTransform, turn } from './support/fake-transform.js';
import { readFrames } from './support/frames.js';
import { manualPlatform } from './support/manual-platform.js';

const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

function setUp(role: 'client' | 'server' = 'server', withTransform = true) {
  const sink = new FakeSink();
  const manual = manualPlatform();
  const transform = new FakeTransform();
  const failures: Error[] = [];
  const writer = new MessageWriter(sink, {
    role,
    platform: manual.platform,
    transform: withTransform ? transform : undefined,
    onFailure: (error) => failures.push(error),
  });
  const sent = (): string[] => {
    writer.batch.flush();
    return readFrames(sink.bytes).map(
      ({ fin, rsv1, opcode, payload }) =>
        `${opcode}${fin ? '' : '+'}${rsv1 ? '*' : ''} ${(rsv1 ? Buffer.from(turn(payload)) : payload).toString()}`,
    );
  };
  return { sink, transform, writer, failures, sent, ...manual };
}

/** A source of bytes that the test fills by hand. */
function source(size: number) {
  let resolve!: (buffer: ArrayBuffer) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<ArrayBuffer>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { size, arrayBuffer: () => promise, resolve, reject };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 4; i++) await Promise.resolve();
};

describe('frames', () => {
  it('are fragments as the caller cuts them; the first decides on opcode and encoding', () => {
    const { writer, transform, sent } = setUp();
    transform.synchronous = true;
    writer.send(1, bytes('a'), false, false);
    writer.send(2, bytes('b'), false, true);
    writer.sendControl(9, bytes('ping'));
    writer.send(2, bytes('c'), true, true);
    writer.send(2, bytes('d'));
    expect(sent()).toEqual(['1+ a', '0+ b', '9 ping', '0 c', '2* d']);
  });

  it('carry RSV1 on the first fragment of an encoded message only', () => {
    const { writer, transform, sink } = setUp();
    transform.synchronous = true;
    writer.send(1, 'abc', false);
    writer.send(1, 'def', true);
    writer.batch.flush();
    const frames = readFrames(sink.bytes);
    expect(frames.map((frame) => frame.rsv1)).toEqual([true, false]);
    expect(frames.map((frame) => Buffer.from(turn(frame.payload)).toString())).toEqual([
      'abc',
      'def',
    ]);
  });

  it('are not encoded below the size that the transform wants', () => {
    const { writer, transform, sent } = setUp();
    transform.synchronous = true;
    transform.minBytes = 4;
    writer.send(1, 'abc');
    writer.send(1, '€€');
    expect(sent()).toEqual(['1 abc', '1* €€']);
  });

  it('are masked as the role demands, or as asked for', () => {
    const { writer, sink } = setUp('client', false);
    writer.send(1, 'a');
    writer.masked = false;
    writer.send(1, 'b');
    writer.batch.flush();
    expect(readFrames(sink.bytes).map((frame) => frame.masked)).toEqual([true, false]);
  });
});

describe('order', () => {
  it('is kept while the transform works', () => {
    const { writer, transform, sent } = setUp();
    writer.send(1, 'one');
    writer.send(1, 'two', true, false);
    writer.sendControl(9, bytes('three'));
    writer.send(2, bytes('four'));
    writer.sendEncoded(Uint8Array.of(0x81, 1, 0x35));
    expect(sent()).toEqual([]);
    transform.finish();
    expect(sent()).toEqual(['1* one', '1 two', '9 three']);
    transform.finish();
    expect(sent()).toEqual(['1* one', '1 two', '9 three', '2* four', '1 5']);
  });

  it('is kept while a payload is read', async () => {
    const { writer, sent, endTick } = setUp('server', false);
    const blob = source(3);
    writer.send(2, blob);
    writer.send(1, 'after');
    writer.sendControl(10, bytes('pong'));
    blob.resolve(bytes('abc').buffer as ArrayBuffer);
    await turns();
    endTick();
    expect(sent()).toEqual(['2 abc', '1 after', '10 pong']);
  });

  it('writes what waited in one go', () => {
    const { writer, transform, sink } = setUp();
    writer.send(1, 'one');
    for (let i = 0; i < 10; i++) writer.send(1, `${i}`, true, false);
    transform.finish();
    expect(sink.writes).toHaveLength(1);
  });

  it('keeps the mask of each frame that waits', () => {
    const { writer, transform, sink } = setUp('client');
    writer.send(1, 'one');
    writer.masked = false;
    writer.send(1, 'two', true, false);
    writer.masked = true;
    writer.send(1, 'three', true, false);
    transform.finish();
    expect(readFrames(sink.bytes).map((frame) => frame.masked)).toEqual([true, false, true]);
    expect(writer.masked).toBe(true);
  });

  it('holds for very long queues', () => {
    const { writer, transform, sent } = setUp();
    writer.send(1, 'first');
    const expected = ['1* first'];
    for (let i = 0; i < 50_000; i++) {
      writer.send(1, `${i}`, true, false);
      expected.push(`1 ${i}`);
    }
    transform.finish();
    expect(sent()).toEqual(expected);
    expect(writer.bufferedBytes).toBe(0);
  });
});

describe('bufferedBytes', () => {
  it('counts what waits for the transform as it was given', () => {
    const { writer, transform, sink } = setUp();
    writer.send(1, '€uro');
    writer.send(2, new Uint8Array(100), true, false);
    expect(writer.bufferedBytes).toBe(106);
    transform.finish();
    expect(writer.bufferedBytes).toBe(0);
    expect(sink.bytes.length).toBe(2 + 6 + 2 + 100);
  });

  it('counts sources by their size', () => {
    const { writer } = setUp();
    writer.send(2, source(1000));
    expect(writer.bufferedBytes).toBe(1000);
  });
});

describe('failure', () => {
  it('of the transform fails its message and all behind it', () => {
    const { writer, transform, failures, sink } = setUp();
    const errors: unknown[] = [];
    writer.send(1, 'one', true, true, (error) => errors.push(error));
    writer.send(1, 'two', true, false, (error) => errors.push(error));
    const error = new Error('out of memory');
    transform.finish(error);
    expect(errors).toEqual([error, error]);
    expect(failures).toEqual([error]);
    expect(sink.writes).toEqual([]);
    expect(writer.bufferedBytes).toBe(0);
  });

  it('of a transform that throws is told in the same way', () => {
    const { writer, transform, failures } = setUp();
    transform.throws = new Error('broken');
    const errors: unknown[] = [];
    writer.send(1, 'one', true, true, (error) => errors.push(error));
    expect(errors).toEqual([transform.throws]);
    expect(failures).toEqual([transform.throws]);
  });

  it('of a source fails its message and all behind it', async () => {
    const { writer, failures, endTick } = setUp('server', false);
    const blob = source(3);
    const errors: unknown[] = [];
    writer.send(2, blob, true, true, (error) => errors.push(error));
    writer.send(1, 'after', true, true, (error) => errors.push(error));
    const error = new Error('not readable');
    blob.reject(error);
    await turns();
    endTick();
    expect(errors).toEqual([error, error]);
    expect(failures).toEqual([error]);
  });

  it('R6 close: callbacks of what waits are called once, with the reason', () => {
    const { writer, transform } = setUp();
    const errors: string[] = [];
    const note = (error?: Error | null): void => {
      errors.push(error?.message ?? 'sent');
    };
    writer.send(1, 'one', true, true, note);
    writer.send(1, 'two', true, true, note);
    writer.close();
    writer.close();
    transform.finish();
    const message = 'The socket was closed while data was being compressed';
    expect(errors).toEqual([message, message]);
    expect(writer.bufferedBytes).toBe(0);
  });

  it('R6 a transport that is gone when the transform is done: told, not written', () => {
    const { writer, transform, sink } = setUp();
    const errors: string[] = [];
    writer.send(1, 'one', true, true, (error) => errors.push(String(error?.message)));
    sink.destroy();
    transform.finish();
    expect(errors).toEqual(['The socket was closed while data was being compressed']);
    expect(sink.writes).toEqual([]);
  });

  it('close while a source is read', async () => {
    const { writer, endTick } = setUp();
    const blob = source(3);
    const errors: string[] = [];
    writer.send(2, blob, true, true, (error) => errors.push(String(error?.message)));
    writer.close();
    blob.resolve(new ArrayBuffer(3));
    await turns();
    endTick();
    expect(errors).toEqual(['The socket was closed while the blob was being read']);
  });
});
