import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Connection, MessageWriter, PreparedMessage } from '../src/index.js';
import { ApartKind, ApartTransform } from './support/apart-transform.js';
import { FakeSink } from './support/fake-sink.js';
import { FakeTransform, turn } from './support/fake-transform.js';
import { readFrames } from './support/frames.js';
import { manualPlatform } from './support/manual-platform.js';
import { Recorder } from './support/recorder.js';

const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const text = (payload: Uint8Array): string => Buffer.from(payload).toString();

function open<T extends FakeTransform>(transform?: T, role: 'client' | 'server' = 'server') {
  const sink = new FakeSink();
  const failures: Error[] = [];
  const { platform, endTick } = manualPlatform();
  const onFailure = (error: Error): void => void failures.push(error);
  const writer = new MessageWriter(sink, { role, platform, transform, onFailure });
  /** Each frame: opcode, + for a fragment, * for RSV1, and the decoded payload. */
  const sent = (): string[] => {
    writer.batch.flush();
    return readFrames(sink.bytes).map(
      ({ fin, rsv1, opcode, payload }) =>
        `${opcode}${fin ? '' : '+'}${rsv1 ? '*' : ''} ${text(rsv1 ? turn(payload) : payload)}`,
    );
  };
  return { sink, writer, transform, failures, sent, endTick };
}

function openMany(count: number, kind: ApartKind, role?: 'client' | 'server') {
  return Array.from({ length: count }, () => open(new ApartTransform(kind), role));
}

describe('a prepared message', () => {
  it('is text where it is made of text, else binary, unless it is told', () => {
    expect(new PreparedMessage('€')).toMatchObject({ opcode: 1, payload: bytes('€') });
    expect(new PreparedMessage(bytes('a')).opcode).toBe(2);
    expect(new PreparedMessage('a', { binary: true }).opcode).toBe(2);
    expect(new PreparedMessage(bytes('a'), { binary: false }).opcode).toBe(1);
    expect(new PreparedMessage('a', { binary: undefined }).opcode).toBe(1);
    expect(text(new PreparedMessage('\ud800').payload)).toBe('\ufffd');
  });

  it('borrows bytes and does not copy them', () => {
    const memory = bytes('abc');
    expect(new PreparedMessage(memory).payload).toBe(memory);
  });

  it.each([undefined, null, 5, {}, new ArrayBuffer(2), ['a']])('is not made of %s', (data) => {
    expect(() => new PreparedMessage(data as string)).toThrow(TypeError);
  });

  it('is a frame as any other on the wire', () => {
    const { writer, sink } = open();
    writer.sendPrepared(new PreparedMessage('Hello'));
    writer.sendPrepared(new PreparedMessage(Uint8Array.of(1, 2)));
    writer.sendPrepared(new PreparedMessage('A'), 2);
    writer.batch.flush();
    expect(Buffer.from(sink.bytes).toString('hex')).toBe('810548656c6c6f' + '82020102' + '820141');
  });

  it('leaves large payloads to every sink as they are', () => {
    const message = new PreparedMessage(new Uint8Array(20_000).fill(7));
    const [one, two] = [open(), open(undefined, 'client')];
    one.writer.sendPrepared(message);
    two.writer.sendPrepared(message);
    expect(one.sink.parts).toContain(message.payload);
    expect(readFrames(two.sink.bytes)[0]).toMatchObject({ masked: true });
    expect(message.payload.every((byte) => byte === 7)).toBe(true);
  });

  it('can be sent with an opcode of a message only', () => {
    const connection = new Connection('server', new Recorder(), new FakeSink());
    const message = new PreparedMessage('a');
    expect(() => connection.sendPrepared(message, 9 as 2)).toThrow(RangeError);
  });

  it('fails on a connection that is not open', () => {
    const { platform, endTick } = manualPlatform();
    const connection = new Connection('server', new Recorder(), new FakeSink(), { platform });
    connection.close();
    const errors: unknown[] = [];
    connection.sendPrepared(new PreparedMessage('a'), 1, true, (error) => errors.push(error));
    endTick();
    expect(errors.map(String)).toEqual(['Error: The connection is not open']);
  });
});

describe('encoding', () => {
  it('happens once for all connections of a kind, once more for another kind', () => {
    const [kind, other] = [new ApartKind(), new ApartKind()];
    const connections = [...openMany(3, kind), ...openMany(2, other)];
    const message = new PreparedMessage('Hello');
    for (let round = 0; round < 2; round++) {
      for (const { writer } of connections) writer.sendPrepared(message);
    }
    for (const { sent } of connections) expect(sent()).toEqual(['1* Hello', '1* Hello']);
    expect([kind.encodings, other.encodings]).toEqual([1, 1]);
  });

  it('is left out where it is not wanted', () => {
    const { writer, transform, sent } = open(new ApartTransform(new ApartKind()));
    transform!.minApartBytes = 4;
    writer.sendPrepared(new PreparedMessage('abc'));
    writer.sendPrepared(new PreparedMessage('abcd'));
    writer.sendPrepared(new PreparedMessage('abcde'), 1, false);
    expect(sent()).toEqual(['1 abc', '1* abcd', '1 abcde']);
    expect(transform?.log).toEqual(['apart abcd']);
  });

  it('is as of other messages where the transform can not do it apart', () => {
    const transform = new FakeTransform();
    const { writer, sent } = open(transform);
    writer.sendPrepared(new PreparedMessage('Hello'));
    writer.send(1, 'after');
    expect(sent()).toEqual([]);
    transform.finish();
    transform.finish();
    expect(sent()).toEqual(['1* Hello', '1* after']);
    transform.minBytes = 2;
    writer.sendPrepared(new PreparedMessage('a'));
    expect(sent().at(-1)).toBe('1 a');
  });

  it('is told to each transform in turn with its other messages', () => {
    const { writer, transform } = open(new ApartTransform(new ApartKind()));
    const message = new PreparedMessage('p');
    writer.send(1, 'a');
    writer.sendPrepared(message);
    writer.send(1, 'b');
    writer.sendPrepared(message);
    expect(transform?.log).toEqual(['encode a', 'apart p', 'encode b', 'apart p']);
  });

  it('gives a client a result that it does not mask in place', () => {
    const clients = openMany(3, new ApartKind(), 'client');
    const message = new PreparedMessage(new Uint8Array(20_000).fill(65));
    for (const { writer } of clients) writer.sendPrepared(message);
    for (const { sink } of clients) {
      const [frame] = readFrames(sink.bytes);
      expect(frame).toMatchObject({ masked: true, rsv1: true });
      expect(Buffer.from(turn(frame!.payload)).equals(message.payload)).toBe(true);
    }
  });
});

describe('while the encoding is under way', () => {
  const setUp = (count: number) => {
    const kind = new ApartKind();
    kind.synchronous = false;
    const message = new PreparedMessage('slow');
    return { kind, message, connections: openMany(count, kind) };
  };
  const encoded = turn(bytes('slow'));

  it('each connection keeps its order, and all get the same bytes', () => {
    const { kind, message, connections } = setUp(3);
    connections.forEach(({ writer }, i) => {
      writer.send(1, `before ${i}`);
      writer.sendPrepared(message);
      writer.send(1, `after ${i}`, true, false);
      writer.sendPrepared(message);
      writer.sendControl(9, bytes('ping'));
    });
    expect(kind.encodings).toBe(1);
    connections.forEach(({ sent }, i) => expect(sent()).toEqual([`1* before ${i}`]));
    kind.finish(null, encoded);
    connections.forEach(({ sent, transform, writer }, i) => {
      expect(sent().slice(1)).toEqual(['1* slow', `1 after ${i}`, '1* slow', '9 ping']);
      expect(transform?.log).toEqual([`encode before ${i}`, 'apart slow', 'apart slow']);
      expect(writer.bufferedBytes).toBe(0);
    });
    expect(kind.encodings).toBe(1);
  });

  it('what waits counts as buffered', () => {
    const { message, connections } = setUp(1);
    const { writer } = connections[0]!;
    writer.sendPrepared(message);
    writer.send(1, 'abc');
    expect(writer.bufferedBytes).toBe(7);
  });

  it('a connection that closes is told, and the others get theirs', () => {
    const { kind, message, connections } = setUp(3);
    const errors: string[] = [];
    connections.forEach(({ writer }, i) => {
      writer.sendPrepared(
        message,
        1,
        true,
        (error) => void (error && errors.push(`${i} ${error.message}`)),
      );
    });
    connections[0]?.writer.close();
    connections[2]!.sink.destroyed = true;
    expect(errors).toEqual(['0 The socket was closed while data was being compressed']);
    kind.finish(null, encoded);
    expect(connections.map(({ sent }) => sent())).toEqual([[], ['1* slow'], []]);
    expect(errors.slice(1)).toEqual(['2 The socket was closed while data was being compressed']);
    expect(connections.map(({ writer }) => writer.bufferedBytes)).toEqual([0, 0, 0]);
  });

  it('a failure is told to each connection, and the next to send tries anew', () => {
    const { kind, message, connections } = setUp(2);
    const errors: unknown[] = [];
    for (const { writer } of connections) {
      writer.sendPrepared(message, 1, true, (error) => errors.push(error));
    }
    const error = new Error('no memory');
    kind.finish(error);
    expect(errors).toEqual([error, error]);
    expect(connections.map(({ failures }) => failures)).toEqual([[error], [error]]);
    const [next] = openMany(1, kind);
    next?.writer.sendPrepared(message);
    kind.finish(null, encoded);
    expect(next?.sent()).toEqual(['1* slow']);
    expect(kind.encodings).toBe(2);
  });

  it('a callback that throws keeps nobody from being told', () => {
    const { kind, message, connections } = setUp(3);
    const told: number[] = [];
    connections.forEach(({ writer }, i) => {
      writer.sendPrepared(message, 1, true, () => {
        told.push(i);
        if (i === 0) throw new Error('from a callback');
      });
    });
    expect(() => kind.finish(new Error('no memory'))).toThrow('from a callback');
    connections[0]?.endTick();
    expect(told).toEqual([0, 1, 2]);
  });

  it('an encoding that throws fails each connection that sends it', () => {
    const kind = new ApartKind();
    kind.throws = new Error('bad options');
    const connections = openMany(2, kind);
    const message = new PreparedMessage('a');
    for (const { writer } of connections) writer.sendPrepared(message);
    expect(connections.map(({ failures }) => failures)).toEqual([[kind.throws], [kind.throws]]);
    kind.throws = undefined;
    const [next] = openMany(1, kind);
    next?.writer.sendPrepared(message);
    expect(next?.sent()).toEqual(['1* a']);
  });
});

describe('between the fragments of another message', () => {
  it('it follows the last one, and pings do not wait', () => {
    const { writer, transform, sent } = open(new ApartTransform(new ApartKind()));
    writer.send(1, 'a', false);
    writer.sendPrepared(new PreparedMessage('p'));
    writer.sendControl(9, bytes('ping'));
    writer.send(1, 'b', false);
    writer.sendPrepared(new PreparedMessage('q'), 2, false);
    writer.batch.flush();
    expect(writer.bufferedBytes).toBe(2);
    writer.send(1, 'c', true);
    writer.send(1, 'd', true);
    expect(sent().map((frame) => frame.slice(0, 2).trim())).toEqual([
      '1+',
      '9',
      '0+',
      '0',
      '1*',
      '2',
      '1*',
    ]);
    expect(transform?.log).toEqual(['encode a', 'encode b', 'encode c', 'apart p', 'encode d']);
    expect(writer.bufferedBytes).toBe(0);
  });

  it('it follows the last one that waits itself', () => {
    const transform = new ApartTransform(new ApartKind());
    transform.synchronous = false;
    const { writer, sent } = open(transform);
    writer.send(2, bytes('a'), false);
    writer.sendPrepared(new PreparedMessage('p'));
    writer.send(2, bytes('b'), true);
    writer.sendPrepared(new PreparedMessage('q'));
    transform.finish();
    transform.finish();
    expect(transform.log).toEqual(['encode a', 'encode b', 'apart p', 'apart q']);
    expect(sent().slice(2)).toEqual(['1* p', '1* q']);
  });

  it('it keeps the masking that was asked for', () => {
    const { writer, sink } = open();
    writer.send(1, 'a', false);
    writer.masked = true;
    writer.sendPrepared(new PreparedMessage('p'));
    writer.masked = false;
    writer.send(1, 'b');
    writer.batch.flush();
    expect(readFrames(sink.bytes).map(({ masked }) => masked)).toEqual([false, false, true]);
    expect(writer.masked).toBe(false);
  });

  it('it fails if the connection closes before', () => {
    const { writer, sent } = open();
    const errors: string[] = [];
    writer.send(1, 'a', false);
    writer.sendPrepared(new PreparedMessage('p'), 1, true, (error) => errors.push(String(error)));
    writer.close();
    expect(errors).toEqual(['Error: The socket was closed before the last fragment of a message']);
    expect(sent()).toEqual(['1+ a']);
    expect(writer.bufferedBytes).toBe(0);
  });
});

describe('nobody but its owner', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;

  it('holds a message, or what was made of it', async () => {
    const kind = new ApartKind();
    const connections = openMany(2, kind);
    const send = (): WeakRef<object>[] => {
      const message = new PreparedMessage('x'.repeat(100_000));
      for (const { writer } of connections) writer.sendPrepared(message);
      return [new WeakRef(message), new WeakRef(message.payload)];
    };
    const references = send();
    // The sinks have copied; of what went by reference they let go now.
    for (const { sink } of connections) sink.parts.length = 0;
    while (references.some((each) => each.deref() !== undefined)) {
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
    }
    expect(kind.encodings).toBe(1);
  });
});
