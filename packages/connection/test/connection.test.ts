import { describe, expect, it } from 'vitest';
import { Connection, ConnectionState } from '../src/index.js';
import type { ConnectionOptions } from '../src/index.js';
import { FakeSink } from './support/fake-sink.js';
import { FakeTransform } from './support/fake-transform.js';
import { readFrames } from './support/frames.js';
import { manualPlatform } from './support/manual-platform.js';
import { Recorder } from './support/recorder.js';

const hex = (value: string): Buffer => Buffer.from(value.replaceAll(' ', ''), 'hex');

function setUp(role: 'client' | 'server' = 'client', options: ConnectionOptions = {}) {
  const sink = new FakeSink();
  const handler = new Recorder();
  const manual = manualPlatform();
  const connection = new Connection(role, handler, sink, {
    platform: manual.platform,
    nextMaskingKey: () => 0,
    ...options,
  });
  /** What was sent: opcode and payload in hex. */
  const sent = (): string[] =>
    readFrames(sink.bytes).map((frame) => `${frame.opcode} ${frame.payload.toString('hex')}`);
  return { sink, handler, connection, sent, ...manual };
}

/** Lets callbacks of the fake transport run. */
const written = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the closing handshake', () => {
  it('started here: close frame, the answer, the end', async () => {
    const { connection, handler, sink, sent } = setUp();
    connection.close(1000, 'bye');
    expect(connection.state).toBe(ConnectionState.Closing);
    expect(sent()).toEqual(['8 03e8627965']);
    await written();
    expect(sink.ended).toBe(0);
    connection.receive(hex('88 05 03e8627965'));
    expect(sink.ended).toBe(1);
    expect(handler.events).toEqual(['close 1000 bye']);
    expect(connection.closeSent && connection.closeReceived).toBe(true);
  });

  it('started by the peer: the same frame back, then the end', async () => {
    const { connection, handler, sink, sent } = setUp();
    connection.receive(hex('88 05 0bb8627965'));
    expect(sent()).toEqual(['8 0bb8627965']);
    expect(connection.state).toBe(ConnectionState.Closing);
    await written();
    expect(sink.ended).toBe(1);
    expect(handler.events).toEqual(['close 3000 bye']);
  });

  it('started by the peer without a code: an empty frame back', () => {
    const { connection, handler, sent } = setUp();
    connection.receive(hex('88 00'));
    expect(sent()).toEqual(['8 ']);
    expect(handler.events).toEqual(['close 1005 ']);
  });

  it('is answered in the same write as what was sent before', () => {
    const { connection, handler, sink } = setUp();
    handler.onEvent = () => {
      if (handler.events.length < 3) connection.sendText('answer');
    };
    connection.receive(hex('81 01 41  81 01 42  88 00'));
    expect(sink.writes).toHaveLength(1);
    expect(readFrames(sink.bytes).map((frame) => frame.opcode)).toEqual([1, 1, 8]);
  });

  it('from both sides at once ends too', async () => {
    const { connection, sink, sent } = setUp();
    connection.close(1001);
    await written();
    connection.receive(hex('88 02 03e8'));
    expect(sent()).toEqual(['8 03e9']);
    expect(sink.ended).toBe(1);
  });

  it('waits for the transport to take the close frame', () => {
    const { connection, sink } = setUp();
    sink.room = 0;
    connection.receive(hex('88 00'));
    expect(sink.ended).toBe(0);
    expect(connection.closeSent).toBe(false);
    sink.drain();
    expect(sink.ended).toBe(1);
  });

  it('waits for what the transform still has', () => {
    const transform = new FakeTransform();
    const { connection, sent, sink } = setUp('server', { transform });
    connection.sendText('encoded');
    connection.close(1000);
    expect(sink.writes).toEqual([]);
    transform.finish();
    expect(sent().map((frame) => frame.slice(0, 2))).toEqual(['1 ', '8 ']);
  });

  it('delivers what comes before the answer', () => {
    const { connection, handler } = setUp();
    connection.close(1000);
    connection.receive(hex('81 01 41  89 00  88 02 03e8'));
    expect(handler.events).toEqual(['text A', 'ping ', 'close 1000 ']);
  });

  it('refuses codes and reasons that must not be sent, and stays open', () => {
    const { connection, sink } = setUp();
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, NaN]) {
      expect(() => connection.close(code)).toThrow();
    }
    expect(() => connection.close(1000, 'x'.repeat(124))).toThrow(RangeError);
    expect(connection.state).toBe(ConnectionState.Open);
    expect(sink.writes).toEqual([]);
    connection.close(1000, 'é'.repeat(61));
    expect(connection.state).toBe(ConnectionState.Closing);
  });

  it('is not repeated', () => {
    const { connection, sent } = setUp();
    connection.close(1000);
    connection.close(1001);
    expect(sent()).toEqual(['8 03e8']);
  });
});

describe('the automatic close', () => {
  it('may be done by the handler', () => {
    for (const [bytes, expected] of [
      ['88 00', []],
      ['88 02 03 e8', [1000, '0 bytes']],
      ['88 03 0f a0 41', [4000, '1 bytes']],
      ['83 00', [1002]],
    ] as const) {
      const sink = new FakeSink();
      const calls: unknown[][] = [];
      const connection = new Connection(
        'client',
        {
          onMessage() {},
          onClose() {},
          onError() {},
          answerClose(...values) {
            calls.push(
              values.map((value) => (typeof value === 'number' ? value : `${value?.length} bytes`)),
            );
          },
        },
        sink,
      );
      connection.receive(hex(bytes));
      expect(calls).toEqual([expected]);
      expect(sink.writes).toEqual([]);
      expect(connection.state).toBe(ConnectionState.Open);
    }
  });
});

describe('bad bytes', () => {
  it('are answered with the close code, told once, and end the connection', async () => {
    const { connection, handler, sink, sent } = setUp();
    connection.receive(hex('83 00'));
    connection.receive(hex('83 00  81 01 41'));
    expect(handler.events).toEqual(['error WS_ERR_INVALID_OPCODE 1002']);
    expect(sent()).toEqual(['8 03ea']);
    expect(connection.deaf).toBe(true);
    await written();
    expect(sink.ended).toBe(1);
  });

  it('while closing are told, and no second close frame goes out', async () => {
    const { connection, handler, sent, sink } = setUp();
    connection.close(1000);
    await written();
    connection.receive(hex('83 00'));
    expect(handler.events).toEqual(['error WS_ERR_INVALID_OPCODE 1002']);
    expect(sent()).toEqual(['8 03e8']);
    expect(sink.ended).toBe(1);
  });

  it('F1 are unmasked frames at a server and masked ones at a client', () => {
    const server = setUp('server');
    server.connection.receive(hex('81 01 41'));
    expect(server.handler.events).toEqual(['error WS_ERR_EXPECTED_MASK 1002']);
    const client = setUp('client');
    client.connection.receive(hex('81 81 00000000 41'));
    expect(client.handler.events).toEqual(['error WS_ERR_UNEXPECTED_MASK 1002']);
  });
});

describe('bad bytes that fail later', () => {
  it('are followed by nothing, and reported when the task runs', () => {
    const tasks: (() => void)[] = [];
    const { connection, handler, sink } = setUp('client', {
      failLater: (task) => void tasks.push(task),
    });
    connection.receive(hex('81 01 41 83 00 81 01 42'));
    expect(handler.events).toHaveLength(1);
    expect([connection.failing, connection.deaf, connection.state]).toEqual([
      true,
      true,
      ConnectionState.Open,
    ]);
    connection.sendText('answer');
    expect(tasks).toHaveLength(1);
    tasks[0]?.();
    expect(connection.failing).toBe(false);
    expect(connection.state).toBe(ConnectionState.Closing);
    expect(handler.events).toHaveLength(2);
    const opcodes = readFrames(sink.bytes).map(({ opcode }) => opcode);
    expect(opcodes).toEqual([1, 8]);
  });
});

describe('pings', () => {
  it('are answered while open, before they are told', () => {
    const { connection, handler, sent, sink } = setUp();
    connection.receive(hex('89 02 6869'));
    expect(sent()).toEqual(['10 6869']);
    expect(handler.events).toEqual(['ping hi']);
    connection.close(1000);
    sink.writes.length = 0;
    connection.receive(hex('89 00'));
    expect(sink.writes).toEqual([]);
  });

  it('are not answered when that is off', () => {
    const { connection, sink } = setUp('client', { autoPong: false });
    connection.receive(hex('89 00'));
    expect(sink.writes).toEqual([]);
  });

  it('may be answered by the handler', () => {
    const sink = new FakeSink();
    const pings: string[] = [];
    const connection = new Connection(
      'client',
      {
        onMessage() {},
        onClose() {},
        onError() {},
        answerPing(payload, done) {
          pings.push(Buffer.from(payload).toString());
          connection.sendPong(Buffer.from('own'), done);
        },
      },
      sink,
      { nextMaskingKey: () => 0 },
    );
    connection.receive(hex('89 01 41'));
    expect(pings).toEqual(['A']);
    expect(readFrames(sink.bytes)[0]?.payload.toString()).toBe('own');
  });

  it('R3 of a peer that never reads end the connection at the limit', () => {
    const { connection, handler, sink } = setUp('client', { maxPendingAutoPongs: 3 });
    sink.room = 0;
    for (let i = 0; i < 3; i++) connection.receive(hex('89 00'));
    expect(sink.destroyed).toBe(false);
    connection.receive(hex('89 00'));
    expect(sink.destroyed).toBe(true);
    expect(handler.events).toEqual(['ping ', 'ping ', 'ping ', 'ping ']);
  });

  it('R3 of a peer that reads never do', async () => {
    const { connection, sink } = setUp('client', { maxPendingAutoPongs: 3 });
    for (let i = 0; i < 20; i++) {
      connection.receive(hex('89 00'));
      await written();
    }
    expect(sink.destroyed).toBe(false);
    expect(readFrames(sink.bytes)).toHaveLength(20);
  });

  it('R3 and pongs nobody asked for are told and do no harm', () => {
    const { connection, handler } = setUp();
    for (let i = 0; i < 1000; i++) connection.receive(hex('8a 09 5f5f70726f746f5f5f'));
    expect(handler.events).toHaveLength(1000);
    expect(connection.state).toBe(ConnectionState.Open);
  });
});

describe('sending', () => {
  it('of control payloads is limited to 125 bytes', () => {
    const { connection } = setUp();
    const message = 'The data size must not be greater than 125 bytes';
    expect(() => connection.sendPing(new Uint8Array(126))).toThrow(new RangeError(message));
    expect(() => connection.sendPong('é'.repeat(63))).toThrow(new RangeError(message));
    connection.sendPing(new Uint8Array(125));
  });

  it('refuses opcodes that are not of messages', () => {
    const { connection } = setUp();
    expect(() => connection.send(9 as 1, 'x')).toThrow(RangeError);
  });

  it('after the end began only calls back, with an error', () => {
    const { connection, sink, endTick } = setUp();
    connection.close(1000);
    sink.writes.length = 0;
    const errors: string[] = [];
    connection.sendText('late', (error) => errors.push(String(error?.message)));
    connection.sendPing(undefined, (error) => errors.push(String(error?.message)));
    expect(errors).toEqual([]);
    endTick();
    expect(errors).toEqual(['The connection is not open', 'The connection is not open']);
    expect(sink.writes).toEqual([]);
  });

  it('refuses roles that do not exist', () => {
    expect(() => new Connection('peer' as 'client', new Recorder(), new FakeSink())).toThrow(
      TypeError,
    );
  });
});

describe('the transport', () => {
  it('that ends without a close frame ends this side too', () => {
    const { connection, handler, sink } = setUp();
    connection.receiveEnd();
    expect(connection.state).toBe(ConnectionState.Closing);
    expect(sink.ended).toBe(1);
    expect(handler.events).toEqual([]);
  });

  it('R6 that is gone: the transform is closed, callbacks are called', () => {
    const transform = new FakeTransform();
    const { connection, endTick } = setUp('server', { transform });
    const errors: string[] = [];
    connection.sendText('encoded', (error) => errors.push(String(error?.message)));
    connection.transportClosed();
    connection.transportClosed();
    endTick();
    expect(connection.state).toBe(ConnectionState.Closed);
    expect(transform.closed).toBe(true);
    expect(errors).toEqual(['The socket was closed while data was being compressed']);
  });

  it('is dropped by destroy, after what was sent', () => {
    const { connection, sink, sent } = setUp();
    connection.sendText('a');
    connection.sendText('b');
    connection.destroy();
    expect(sent()).toEqual(['1 61', '1 62']);
    expect(sink.destroyed).toBe(true);
  });

  it('that fails to encode is ended, and the handler told', () => {
    const transform = new FakeTransform();
    const { connection, handler, sink } = setUp('server', { transform });
    connection.sendText('encoded');
    transform.finish(new Error('no memory'));
    expect(handler.events).toEqual(['send failure no memory']);
    expect(connection.state).toBe(ConnectionState.Closing);
    expect(sink.ended).toBe(1);
  });
});

describe('batching', () => {
  it('answers a chunk of many messages in one write', () => {
    const { connection, handler, sink } = setUp();
    handler.onEvent = () => {
      connection.sendText('echo');
    };
    connection.receive(Buffer.concat(Array.from({ length: 300 }, () => hex('81 01 41'))));
    expect(sink.writes).toHaveLength(1);
    expect(readFrames(sink.bytes)).toHaveLength(300);
  });

  it('R9 writes what was sent before a handler threw', () => {
    const { connection, handler, sink } = setUp();
    handler.onEvent = () => {
      connection.sendText('answer');
      throw new Error('of the application');
    };
    expect(() => connection.receive(hex('81 01 41  81 01 42'))).toThrow('of the application');
    expect(sink.writes).toHaveLength(1);
    expect(connection.state).toBe(ConnectionState.Open);
  });

  it('answers messages that come out of a transform in one write, too', () => {
    const transform = new FakeTransform();
    const { connection, handler, sink } = setUp('client', { transform });
    handler.onEvent = () => {
      connection.send(1, 'echo', true, false);
    };
    connection.receive(hex('c1 01 be  81 01 42  81 01 43'));
    expect(sink.writes).toEqual([]);
    transform.finish();
    expect(sink.writes.length).toBeLessThan(3);
    expect(readFrames(sink.bytes)).toHaveLength(3);
  });
});
