import { describe, expect, it } from 'vitest';
import { FakeTransform, turn } from '../support/fake-transform.js';
import type { WebSocket } from '../../src/node/index.js';
import { nextTurn, openBench } from './support/bench.js';
import { roles } from './support/implementations.js';
import { hex } from './support/raw-peer.js';
import { memoryPair } from './support/sockets.js';
import type { MemorySocket } from './support/sockets.js';
import { catchUncaught } from './support/uncaught.js';

const fail = (what: string) => (): never => {
  throw new Error(`of ${what}`);
};

describe.each(roles)('R9 an exception of the application (%s)', (role) => {
  it.each(['message', 'ping', 'pong'])('in %s: later events come, answers leave', async (event) => {
    const uncaught = catchUncaught();
    const { websocket, peer, log, closed } = await openBench(role);
    websocket.on('message', () => websocket.send('answer'));
    websocket.on(event, fail(event));
    const opcode = { message: 0x81, ping: 0x89, pong: 0x8a }[event] as number;
    peer.sendFrames([0x81, 'one'], [opcode, 'two'], [opcode, 'three'], [0x81, 'four']);
    const messages = event === 'message' ? 4 : 2;
    const pongs = event === 'ping' ? 2 : 0;
    await peer.untilFrames(messages + pongs);
    peer.sendFrames([0x88, hex('03e8')]);
    await peer.untilEnd();
    peer.socket.end();
    await closed;
    expect(log.map((line) => line.replace(/ false/, ''))).toEqual([
      'open @1',
      'message <one> @1',
      `${event} <two> @1`,
      `${event} <three> @1`,
      'message <four> @1',
      'close 1000 <> @3',
    ]);
    expect(uncaught).toEqual(
      Array.from({ length: event === 'message' ? 4 : 2 }, () => `of ${event}`),
    );
  });

  it('in message, behind which the peer ends: the rest comes before close', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, log, closed } = await openBench(role, { pair: memoryPair });
    websocket.once('message', fail('message'));
    peer.sendFrames([0x81, 'one'], [0x81, 'two'], [0x88, hex('0bb8')]);
    peer.socket.end();
    await closed;
    expect(uncaught).toEqual(['of message']);
    expect(log.slice(2)).toEqual(['message <two> false @2', 'close 3000 <> @3']);
  });

  it('in message, on a socket that closed while paused: the rest comes, and close', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, log, socket, closed } = await openBench(role, { pair: memoryPair });
    websocket.on('message', fail('message'));
    websocket.pause();
    peer.sendFrames([0x81, 'one'], [0x81, 'two'], [0x81, 'three']);
    await nextTurn();
    socket.destroy();
    await closed;
    expect(uncaught).toEqual(['of message', 'of message', 'of message']);
    expect(log).toEqual([
      'open @1',
      'message <one> false @2',
      'message <two> false @2',
      'message <three> false @2',
      'close 1006 <> @3',
    ]);
  });

  it('in message, one event in a turn', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, log, closed } = await openBench(role, {
      allowSynchronousEvents: false,
    });
    websocket.on('message', fail('message'));
    peer.sendFrames([0x81, 'one'], [0x82, 'two'], [0x88, '']);
    await peer.untilEnd();
    peer.socket.end();
    await closed;
    expect(uncaught).toEqual(['of message', 'of message']);
    expect(log).toHaveLength(4);
  });

  it('in message behind a transform', async () => {
    const uncaught = catchUncaught();
    const transform = new FakeTransform();
    const { websocket, peer, log } = await openBench(role, { transform, pair: memoryPair });
    websocket.on('message', fail('message'));
    peer.sendFrames([0xc1, turn(Buffer.from('one'))], [0x81, 'two'], [0x81, 'three'], [0x8a, '']);
    await nextTurn();
    setImmediate(() => transform.finish());
    while (log.length < 5) await nextTurn();
    expect(log.at(-1)).toBe('pong <> @1');
    expect(uncaught.length).toBeGreaterThan(0);
  });

  it('in open comes out of attach, and the connection is open', async () => {
    const open = openBench(role, { prepare: (websocket) => websocket.on('open', fail('open')) });
    await expect(open).rejects.toThrow('of open');
  });

  it('in close: the end is the end', async () => {
    const uncaught = catchUncaught();
    const { websocket, socket } = await openBench(role);
    websocket.prependListener('close', fail('close'));
    setImmediate(() => websocket.terminate());
    while (uncaught.length === 0) await nextTurn();
    expect(uncaught).toEqual(['of close']);
    expect(websocket.readyState).toBe(3);
    expect(socket.listenerCount('data')).toBe(0);
  });

  it('in error: the close frame leaves, and close comes', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, closed, log } = await openBench(role);
    websocket.on('error', fail('error'));
    peer.send('ff 00');
    await peer.untilEnd();
    expect(peer.frames.map((frame) => frame.replace('masked ', ''))).toEqual(['8: 1002']);
    peer.socket.end();
    await closed;
    expect(uncaught).toEqual(['of error']);
    expect(log.at(-1)).toBe('close 1006 <> @3');
  });

  it('is an error without a listener', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, closed } = await openBench(role);
    websocket.removeAllListeners('error');
    peer.send('ff 00');
    await peer.untilEnd();
    peer.socket.end();
    await closed;
    expect(uncaught).toEqual(['Invalid WebSocket frame: RSV2 and RSV3 must be clear']);
  });

  it('in a callback of send: the others are called, and sending goes on', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, log, noting } = await openBench(role);
    websocket.send('one', fail('one'));
    websocket.send('two', fail('two'));
    websocket.send('three', noting('three'));
    websocket.ping('four', undefined, fail('four'));
    websocket.send('five', noting('five'));
    await peer.untilFrames(5);
    await new Promise<void>((resolve) => websocket.send('six', () => resolve()));
    expect(uncaught).toEqual(['of one', 'of two', 'of four']);
    expect(log).toEqual(['open @1', 'three null @1', 'five null @1']);
  });

  it('in a callback after the end: the others are called', async () => {
    const uncaught = catchUncaught();
    const { websocket, noting, log } = await openBench(role);
    websocket.close();
    websocket.send('one', fail('one'));
    websocket.send('two', noting('two'));
    await nextTurn();
    expect(uncaught).toEqual(['of one']);
    expect(log.at(-1)).toContain('two WebSocket is not open');
  });

  it('in a callback of what waited for a transform: the others are called, and close comes', async () => {
    const uncaught = catchUncaught();
    const transform = new FakeTransform();
    const { websocket, noting, log, closed } = await openBench(role, { transform });
    websocket.send('one', fail('one'));
    websocket.send('two', noting('two'));
    setImmediate(() => websocket.terminate());
    await closed;
    expect(uncaught).toEqual(['of one']);
    expect(transform.closed).toBe(true);
    expect(log.slice(1).sort()).toEqual([
      'close 1006 <> @3',
      'two The socket was closed while data was being compressed @3',
    ]);
  });

  it('in a callback of a Blob that can not be read: the connection ends all the same', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, closed, log } = await openBench(role);
    const broken = { ...unreadable() };
    websocket.send(broken as unknown as Blob, fail('callback'));
    await peer.untilEnd();
    peer.socket.end();
    await closed;
    expect(uncaught).toEqual(['of callback']);
    expect(log).toEqual(['open @1', 'error gone @2', 'close 1006 <> @3']);
  });

  it('in a Blob that throws instead of a promise counts as one that can not be read', async () => {
    const { websocket, peer, closed, log, noting } = await openBench(role);
    const broken = { ...unreadable(), arrayBuffer: fail('arrayBuffer') };
    websocket.send(broken as unknown as Blob, noting('callback'));
    websocket.send('behind', noting('behind'));
    await peer.untilEnd();
    peer.socket.end();
    await closed;
    expect(log).toEqual([
      'open @1',
      'callback of arrayBuffer @1',
      'behind of arrayBuffer @1',
      'error of arrayBuffer @2',
      'close 1006 <> @3',
    ]);
  });

  it('in pong, where a subclass has one: the ping is lost only', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, log } = await openBench(role);
    websocket.pong = fail('pong');
    peer.sendFrames([0x89, ''], [0x81, 'one']);
    while (log.length < 2) await nextTurn();
    expect(uncaught).toEqual(['of pong']);
    expect(log).toEqual(['open @1', 'message <one> false @1']);
  });
});

/** What passes for a Blob and has no bytes. */
function unreadable() {
  return {
    size: 4,
    type: '',
    stream: () => {},
    arrayBuffer: () => Promise.reject(new Error('gone')),
    [Symbol.toStringTag]: 'Blob',
  };
}

describe('L3 a generateMask that throws', () => {
  const setUp = (settings: object = {}) => {
    const source = { throws: false };
    const generateMask = (): void => {
      if (source.throws) throw new Error('of generateMask');
    };
    return { source, bench: openBench('client', { generateMask, pair: memoryPair, ...settings }) };
  };
  const failing = (source: { throws: boolean }, call: () => void): void => {
    source.throws = true;
    expect(call).toThrow('of generateMask');
    source.throws = false;
  };

  it('throws out of send, ping and pong, and sends nothing of it', async () => {
    const { source, bench } = setUp();
    const { websocket, peer } = await bench;
    for (const size of [1, 100, 20_000, 100_000]) {
      failing(source, () => websocket.send(Buffer.alloc(size)));
      failing(source, () => websocket.send('x'.repeat(size)));
    }
    failing(source, () => websocket.ping('x'));
    failing(source, () => websocket.pong('x'));
    websocket.send('good');
    expect(await peer.untilFrames(1)).toEqual(['masked 1: good']);
    expect(websocket.bufferedAmount).toBe(0);
  });

  it('throws out of close, which leaves the connection open', async () => {
    const { source, bench } = setUp();
    const { websocket, peer, closed, log } = await bench;
    failing(source, () => websocket.close(1000));
    expect(websocket.readyState).toBe(1);
    websocket.close(1001);
    await peer.untilFrames(1);
    peer.sendFrames([0x88, hex('03e9')]);
    await peer.close();
    await closed;
    expect(peer.frames).toEqual(['masked 8: 1001']);
    expect(log).toEqual(['open @1', 'close 1001 <> @3']);
  });

  it.each([
    ['the close frame of the peer', '88 02 0bb8', ['open @1', 'close 3000 <> @3']],
    [
      'bad bytes',
      '83 00',
      [
        'open @1',
        'error WS_ERR_INVALID_OPCODE: Invalid WebSocket frame: invalid opcode 3 @1',
        'close 1006 <> @3',
      ],
    ],
  ])('does not keep a connection alive whose end is %s', async (_name, wire, expected) => {
    const uncaught = catchUncaught();
    const { source, bench } = setUp({ closeTimeout: 5 });
    const { peer, closed, log } = await bench;
    source.throws = true;
    setImmediate(() => peer.send(wire));
    await closed;
    expect(uncaught).toEqual(['of generateMask']);
    expect(log).toEqual(expected);
  });

  it('in an automatic pong loses the pong only', async () => {
    const uncaught = catchUncaught();
    const { source, bench } = setUp();
    const { peer, log } = await bench;
    source.throws = true;
    setImmediate(() => peer.sendFrames([0x89, 'one'], [0x81, 'two']));
    while (log.length < 2) await nextTurn();
    expect(uncaught).toEqual(['of generateMask']);
    expect(log).toEqual(['open @1', 'message <two> false @1']);
  });
});

describe('an exception in a batch', () => {
  it('lets out what was sent before, in one write', async () => {
    const uncaught = catchUncaught();
    const { websocket, peer, socket } = await openBench('server', { pair: memoryPair });
    websocket.on('message', (data: unknown) => {
      (websocket as WebSocket).send(String(data));
      if (String(data) === 'two') fail('message')();
    });
    setImmediate(() => peer.sendFrames([0x81, 'one'], [0x81, 'two'], [0x81, 'three']));
    expect(await peer.untilFrames(3)).toEqual(['1: one', '1: two', '1: three']);
    expect((socket as MemorySocket).writes).toHaveLength(2);
    expect(uncaught).toEqual(['of message']);
  });
});
