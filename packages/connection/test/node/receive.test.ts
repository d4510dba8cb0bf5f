import { describe, expect, it } from 'vitest';
import { byteByByte } from '@hybi/testkit';
import { FakeTransform, turn } from '../support/fake-transform.js';
import { toMessageData } from '../../src/node/index.js';
import type { BinaryType } from '../../src/node/index.js';
import { nextTurn, openBench, sameAsWs } from './support/bench.js';
import { implementations, roles } from './support/implementations.js';
import { hex } from './support/raw-peer.js';
import { memoryPair } from './support/sockets.js';

describe('messages', () => {
  sameAsWs(
    'come in order with pings and pongs, all in one go',
    {},
    async ({ websocket, peer, note }) => {
      const done = new Promise((resolve) => websocket.once('pong', resolve));
      websocket.once('message', () => {
        process.nextTick(() => note('next tick'));
        void Promise.resolve().then(() => note('promise'));
      });
      peer.sendFrames([0x81, 'text'], [0x89, 'ping'], [0x02, 'bi'], [0x8a, 'pong'], [0x80, 'nary'], [0x81, '']); // prettier-ignore
      await done;
      await nextTurn();
    },
    [
      'open @1',
      'message <text> false @1',
      'ping <ping> @1',
      'pong <pong> @1',
      'message <binary> true @1',
      'message <> false @1',
      'next tick @1',
      'promise @1',
    ],
  );

  it.each(roles)('come the same however they are cut (%s)', async (role) => {
    const { peer, log, closed } = await openBench(role, { pair: memoryPair });
    const wire = Buffer.concat([
      peer.frame(0x01, 'fr'),
      peer.frame(0x89, 'ping'),
      peer.frame(0x80, 'agments'),
      peer.frame(0x82, 'x'.repeat(130)),
      peer.frame(0x88, hex('03e8 627965')),
    ]);
    for (const byte of byteByByte(wire)) {
      peer.send(byte);
      await nextTurn();
    }
    peer.socket.end();
    await closed;
    expect(log).toEqual([
      'open @1',
      'ping <ping> @1',
      'message <fragments> false @1',
      `message <${'x'.repeat(130)}> true @1`,
      'close 1000 <bye> @3',
    ]);
  });

  it.each(roles)('are Buffers, the empty ones too (%s)', async (role) => {
    for (const implementation of implementations) {
      const { websocket, peer } = await openBench(role, { implementation, pair: memoryPair });
      const seen: boolean[] = [];
      const check = (data: unknown): void => {
        seen.push(Buffer.isBuffer(data));
      };
      for (const event of ['message', 'ping', 'pong']) websocket.on(event, check);
      websocket.on('close', (_code, reason) => check(reason));
      for (const payload of ['', 'data']) {
        for (const byte of [0x81, 0x82, 0x89, 0x8a]) peer.sendFrames([byte, payload]);
        peer.sendFrames([0x01, payload], [0x80, payload]);
        peer.send(peer.frame(0x81, payload).subarray(0, 1));
        peer.send(peer.frame(0x81, payload).subarray(1));
      }
      peer.sendFrames([0x88, '']);
      peer.socket.end();
      await new Promise((resolve) => websocket.once('close', resolve));
      expect(seen, implementation.name).toEqual(Array.from({ length: 13 }, () => true));
    }
  });

  it('that were kept do not change when more come, or are sent', async () => {
    const { websocket, peer } = await openBench('server');
    const kept: Buffer[] = [];
    websocket.on('message', (data) => {
      kept.push(data as Buffer);
      websocket.send(Buffer.alloc(100, 'zz'));
    });
    const texts = Array.from({ length: 200 }, (_, i) => `${i} `.repeat(1 + (i % 50) * 20));
    for (const [i, text] of texts.entries()) {
      const frame = peer.frame(0x82, text);
      peer.send(frame.subarray(0, i % frame.length));
      await nextTurn();
      peer.send(frame.subarray(i % frame.length));
    }
    await peer.untilFrames(texts.length);
    expect(kept.map(String)).toEqual(texts);
  });

  it('are Buffers where the socket gives plain arrays', async () => {
    const { Duplex } = await import('node:stream');
    for (const implementation of implementations) {
      const socket = new Duplex({
        readableObjectMode: true,
        read() {},
        write: (_c, _e, done) => done(),
      });
      const websocket = implementation.create();
      const seen: unknown[] = [];
      websocket.on('message', (data) => seen.push(Buffer.isBuffer(data), String(data)));
      implementation.open(websocket, socket, 'client');
      socket.push(Uint8Array.from(hex('81 02 68 69')));
      await nextTurn();
      expect(seen, implementation.name).toEqual([true, 'hi']);
      websocket.terminate();
    }
  });
});

describe('binaryType', () => {
  it('takes the values that it knows', async () => {
    for (const { create } of implementations) {
      const websocket = create();
      for (const value of ['arraybuffer', 'fragments', 'blob', 'nodebuffer'] as const) {
        websocket.binaryType = value;
        expect(websocket.binaryType).toBe(value);
      }
      for (const value of ['x', '', null, undefined, 1, {}, 'Blob', 'constructor']) {
        websocket.binaryType = value as BinaryType;
        expect(websocket.binaryType).toBe('nodebuffer');
      }
    }
  });

  const messages = (peer: { sendFrames: (...frames: [number, string][]) => void }): void =>
    peer.sendFrames([0x82, 'whole'], [0x02, 'in'], [0x00, ''], [0x80, 'two'], [0x82, ''], [0x81, 'text'], [0x89, 'end']); // prettier-ignore

  const results: [BinaryType, string, string, string][] = [
    ['nodebuffer', '<whole>', '<intwo>', '<>'],
    ['arraybuffer', 'ArrayBuffer<whole>', 'ArrayBuffer<intwo>', 'ArrayBuffer<>'],
    ['fragments', '[<whole>]', '[<in> <two>]', '[]'],
    ['blob', 'Blob(5)', 'Blob(5)', 'Blob(0)'],
  ];

  describe.each(results)('%s', (binaryType, whole, joined, empty) => {
    const expected = [
      'open @1',
      `message ${whole} true @1`,
      `message ${joined} true @1`,
      `message ${empty} true @1`,
      'message <text> false @1',
      'ping <end> @1',
    ];

    sameAsWs(
      'set before it opens',
      { prepare: (websocket) => (websocket.binaryType = binaryType) },
      async ({ websocket, peer }) => {
        const done = new Promise((resolve) => websocket.once('ping', resolve));
        messages(peer);
        await done;
      },
      expected,
    );

    sameAsWs(
      'with one event in a turn',
      {
        prepare: (websocket) => (websocket.binaryType = binaryType),
        allowSynchronousEvents: false,
      },
      async ({ websocket, peer }) => {
        const done = new Promise((resolve) => websocket.once('ping', resolve));
        messages(peer);
        await done;
      },
      expected,
    );
  });

  sameAsWs(
    'counts from when it is set, also within a message',
    {},
    async ({ websocket, peer }) => {
      const done = new Promise((resolve) => websocket.on('message', (data) => { if (Array.isArray(data)) resolve(0); })); // prettier-ignore
      websocket.once('ping', () => (websocket.binaryType = 'arraybuffer'));
      websocket.once('pong', () => (websocket.binaryType = 'fragments'));
      peer.sendFrames([0x02, 'o'], [0x89, ''], [0x80, 'ne'], [0x02, 't'], [0x8a, ''], [0x80, 'wo']);
      await done;
    },
    [
      'open @1',
      'ping <> @1',
      'message ArrayBuffer<one> true @1',
      'pong <> @1',
      'message [<t> <wo>] true @1',
    ],
  );

  it('makes Blobs of the bytes', async () => {
    const { websocket, peer } = await openBench('client');
    websocket.binaryType = 'blob';
    const message = new Promise<Blob>((resolve) => {
      websocket.once('message', (data) => resolve(data as unknown as Blob));
    });
    peer.sendFrames([0x02, 'fr'], [0x80, 'agments']);
    expect(await (await message).text()).toBe('fragments');
  });

  it('makes ArrayBuffers of exactly the message', () => {
    const memory = Buffer.from('secret and public');
    const data = toMessageData(memory.subarray(11), 'arraybuffer') as ArrayBuffer;
    expect(Buffer.from(data).toString()).toBe('public');
    const whole = Buffer.from(new ArrayBuffer(8));
    expect(toMessageData(whole, 'arraybuffer')).toBe(whole.buffer);
    expect(toMessageData(whole, 'nodebuffer')).toBe(whole);
  });
});

describe('allowSynchronousEvents: false', () => {
  it.each(roles)('gives each event a turn, in order (%s)', async (role) => {
    for (const implementation of implementations) {
      const { websocket, peer, closed } = await openBench(role, {
        implementation,
        allowSynchronousEvents: false,
        pair: memoryPair,
      });
      let turn = 0;
      let counting = true;
      const count = (): void => {
        turn++;
        if (counting) setImmediate(count);
      };
      setImmediate(count);
      const turns: [string, number][] = [];
      for (const event of ['message', 'ping', 'pong']) {
        websocket.on(event, (data: unknown) => turns.push([String(data), turn]));
      }
      peer.sendFrames([0x81, 'a'], [0x82, 'b'], [0x89, 'c'], [0x8a, 'd'], [0x01, 'e'], [0x80, 'f'], [0x88, '']); // prettier-ignore
      peer.socket.end();
      await closed;
      counting = false;
      expect(turns.map(([name]) => name)).toEqual(['a', 'b', 'c', 'd', 'ef']);
      const distinct = new Set(turns.map(([, at]) => at));
      expect(distinct.size, implementation.name).toBe(5);
    }
  });

  it('pauses the socket when much waits, and reads on later', async () => {
    const { websocket, peer, socket, closed } = await openBench('client', {
      allowSynchronousEvents: false,
    });
    let messages = 0;
    let wasPaused = false;
    websocket.on('message', () => {
      messages++;
      wasPaused ||= socket.isPaused();
      expect(websocket.isPaused).toBe(false);
    });
    const frames = Array.from({ length: 500 }, () => peer.frame(0x82, Buffer.alloc(500)));
    peer.send(Buffer.concat(frames));
    peer.sendFrames([0x88, '']);
    peer.socket.end();
    await closed;
    expect(messages).toBe(500);
    expect(wasPaused).toBe(true);
  });

  it('with resume by hand does not overrun what waits', async () => {
    const { websocket, peer, socket } = await openBench('client', {
      allowSynchronousEvents: false,
      pair: memoryPair,
    });
    const first = new Promise<void>((resolve) => {
      websocket.once('message', () => {
        websocket.pause();
        websocket.resume();
        expect(socket.isPaused()).toBe(true);
        resolve();
      });
    });
    peer.send(
      Buffer.concat(Array.from({ length: 100 }, () => peer.frame(0x82, Buffer.alloc(500)))),
    );
    await first;
    let messages = 1;
    await new Promise<void>((resolve) => {
      websocket.on('message', () => {
        if (++messages === 100) resolve();
      });
    });
    await nextTurn();
    expect(socket.isPaused()).toBe(false);
  });
});

describe('pause and resume', () => {
  sameAsWs(
    'keep messages back and let them come',
    {},
    async ({ websocket, peer, note, socket }) => {
      websocket.pause();
      note('paused', websocket.isPaused, socket.isPaused());
      peer.sendFrames([0x81, 'one'], [0x81, 'two']);
      while (socket.readableLength === 0) await nextTurn();
      note('waited');
      const done = new Promise((resolve) => websocket.once('message', resolve));
      websocket.resume();
      note('resumed', websocket.isPaused, socket.isPaused());
      await done;
    },
    [
      'open @1',
      'paused true true @1',
      'waited @1',
      'resumed false false @1',
      'message <one> false @1',
      'message <two> false @1',
    ],
  );

  sameAsWs(
    'in a listener: the rest of the chunk comes all the same',
    {},
    async ({ websocket, peer, note }) => {
      const done = new Promise((resolve) => websocket.once('pong', resolve));
      websocket.once('message', () => websocket.pause());
      peer.sendFrames([0x81, 'one'], [0x81, 'two'], [0x8a, '']);
      await done;
      note('paused', websocket.isPaused);
    },
    ['open @1', 'message <one> false @1', 'message <two> false @1', 'pong <> @1', 'paused true @1'],
  );

  sameAsWs(
    'in CLOSING: the answer is not seen while paused',
    {},
    async ({ websocket, peer, note, socket, closed }) => {
      websocket.pause();
      websocket.close(1000);
      note('paused', websocket.isPaused);
      peer.sendFrames([0x88, hex('03e8')]);
      while (socket.readableLength === 0) await nextTurn();
      note('waited');
      websocket.resume();
      await peer.untilEnd();
      peer.socket.end();
      await closed;
      note('paused', websocket.isPaused);
    },
    ['open @1', 'paused true @2', 'waited @2', 'close 1000 <> @3', 'paused false @3'],
  );

  sameAsWs(
    'a socket that closes while paused: what it had is delivered before close',
    { pair: memoryPair },
    async ({ websocket, peer, note, socket, closed }) => {
      websocket.pause();
      peer.sendFrames([0x81, 'one'], [0x89, 'two'], [0x88, hex('0bb8 627965')], [0x81, 'three']);
      await nextTurn();
      socket.destroy();
      note('destroyed');
      await closed;
      note('paused', websocket.isPaused);
    },
    [
      'open @1',
      'destroyed @1',
      'message <one> false @2',
      'ping <two> @2',
      'close 3000 <bye> @3',
      'paused true @3',
    ],
  );

  sameAsWs(
    'a socket that closes while paused: bad bytes are told before close',
    { pair: memoryPair },
    async ({ websocket, peer, socket, closed }) => {
      websocket.pause();
      peer.sendFrames([0x83, '']);
      await nextTurn();
      socket.destroy();
      await closed;
    },
    [
      'open @1',
      'error WS_ERR_INVALID_OPCODE: Invalid WebSocket frame: invalid opcode 3 @2',
      'close 1006 <> @3',
    ],
  );

  sameAsWs(
    'a paused socket is drained after the close frame of the peer',
    {},
    async ({ websocket, peer, note, closed }) => {
      websocket.once('message', () => websocket.pause());
      peer.sendFrames([0x81, 'one'], [0x88, '']);
      peer.send(Buffer.alloc(200_000));
      peer.socket.end();
      await closed;
      note('paused', websocket.isPaused);
    },
    ['open @1', 'message <one> false @1', 'close 1005 <> @3', 'paused true @3'],
  );
});

describe('pings', () => {
  sameAsWs(
    'are answered while open, by the public method, before they are told',
    {},
    async ({ websocket, role, peer, note }) => {
      const { pong } = websocket;
      websocket.pong = function (...args: unknown[]) {
        const [data, mask, callback] = args;
        note('pong', data, mask === (role === 'client'), typeof callback, args.length);
        Reflect.apply(pong, this, args);
      };
      peer.sendFrames([0x89, 'one']);
      note('got', (await peer.untilFrames(1))[0]?.replace('masked ', ''));
    },
    ['open @1', 'pong <one> true function 3 @1', 'ping <one> @1', 'got 10: one @1'],
  );

  sameAsWs(
    'are not answered while closing',
    {},
    async ({ websocket, peer, note }) => {
      websocket.close();
      await peer.untilFrames(1);
      peer.sendFrames([0x89, 'one'], [0x88, '']);
      await peer.untilEnd();
      note('frames', peer.frames.length);
    },
    ['open @1', 'ping <one> @2', 'frames 1 @2'],
  );

  sameAsWs(
    'are not answered when that is off',
    { autoPong: false },
    async ({ websocket, peer, note }) => {
      const told = new Promise((resolve) => websocket.once('ping', resolve));
      peer.sendFrames([0x89, 'one']);
      await told;
      websocket.send('mark');
      note('got', (await peer.untilFrames(1))[0]?.replace('masked ', ''));
    },
    ['open @1', 'ping <one> @1', 'got 1: mark @1'],
  );

  sameAsWs(
    'R3 of a peer that never reads end the connection at the limit',
    { maxPendingAutoPongs: 3, pair: memoryPair },
    async ({ peer, socket, closed }) => {
      (socket as import('./support/sockets.js').MemorySocket).stalled = true;
      peer.sendFrames(...Array.from({ length: 5 }, (_, i): [number, string] => [0x89, `${i}`]));
      await closed;
    },
    [
      'open @1',
      'ping <0> @1',
      'ping <1> @1',
      'ping <2> @1',
      'ping <3> @2',
      'ping <4> @2',
      'close 1006 <> @3',
    ],
  );

  it.each(roles)('R3 the limit is 60, and 0 is none (%s)', async (role) => {
    for (const [maxPendingAutoPongs, survives] of [
      [undefined, 60],
      [0, 500],
    ] as const) {
      const settings = maxPendingAutoPongs === undefined ? {} : { maxPendingAutoPongs };
      const { websocket, peer, socket } = await openBench(role, { ...settings, pair: memoryPair });
      (socket as import('./support/sockets.js').MemorySocket).stalled = true;
      const flood = (count: number): void =>
        peer.sendFrames(...Array.from({ length: count }, (): [number, string] => [0x89, '']));
      flood(survives);
      await nextTurn();
      expect(websocket.readyState).toBe(1);
      if (maxPendingAutoPongs === 0) continue;
      flood(1);
      await nextTurn();
      expect(websocket.readyState).not.toBe(1);
    }
  });

  it.each(roles)(
    'R3 of a peer that reads never end it, in one chunk or many (%s)',
    async (role) => {
      const { websocket, peer } = await openBench(role, { maxPendingAutoPongs: 3 });
      for (let i = 0; i < 50; i++) {
        peer.sendFrames([0x89, `${i}`], [0x89, `${i}`]);
        await peer.untilFrames(2 * (i + 1));
      }
      expect(websocket.readyState).toBe(1);
    },
  );

  it.each(roles)('R3 pongs that nobody asked for do no harm (%s)', async (role) => {
    const { websocket, peer, log } = await openBench(role);
    const names = ['__proto__', 'constructor'];
    for (let i = 0; i < 100; i++)
      peer.sendFrames(...names.map((name): [number, string] => [0x8a, name]));
    peer.sendFrames([0x89, '']);
    await peer.untilFrames(1);
    expect(log).toHaveLength(202);
    expect(websocket.readyState).toBe(1);
  });
});

describe('bad bytes', () => {
  const invalid: [string, string, string, number][] = [
    ['83 00', 'WS_ERR_INVALID_OPCODE', 'Invalid WebSocket frame: invalid opcode 3', 1002],
    ['c1 00', 'WS_ERR_UNEXPECTED_RSV_1', 'Invalid WebSocket frame: RSV1 must be clear', 1002],
    ['08 00', 'WS_ERR_EXPECTED_FIN', 'Invalid WebSocket frame: FIN must be set', 1002],
    [
      '81 80 00000000',
      'WS_ERR_UNEXPECTED_MASK',
      'Invalid WebSocket frame: MASK must be clear',
      1002,
    ],
    ['81 01 ff', 'WS_ERR_INVALID_UTF8', 'Invalid WebSocket frame: invalid UTF-8 sequence', 1007],
    [
      '88 02 03ed',
      'WS_ERR_INVALID_CLOSE_CODE',
      'Invalid WebSocket frame: invalid status code 1005',
      1002,
    ],
    ['82 7e 0065', 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'Max payload size exceeded', 1009],
    ['02 00 00 00 00 00', 'WS_ERR_TOO_MANY_BUFFERED_PARTS', 'Too many message fragments', 1008],
    [
      '82 7f 0020000000000000',
      'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
      'Unsupported WebSocket frame: payload length > 2^53 - 1',
      1009,
    ],
  ];

  it.each(invalid)(
    '%s as ws: error, close frame, close 1006',
    async (wire, code, message, status) => {
      for (const implementation of implementations) {
        const { peer, log, closed } = await openBench('client', {
          implementation,
          maxPayload: 100,
          maxFragments: 2,
        });
        peer.sendFrames([0x81, 'before']);
        peer.send(wire);
        peer.sendFrames([0x81, 'behind']);
        await peer.untilEnd();
        expect(peer.frames).toEqual([`masked 8: ${status}`]);
        peer.socket.end();
        await closed;
        expect(log, implementation.name).toEqual([
          'open @1',
          'message <before> false @1',
          `error ${code}: ${message} @2`,
          'close 1006 <> @3',
        ]);
      }
    },
  );

  it('F1 at a server are frames without a mask', async () => {
    for (const implementation of implementations) {
      const { peer, log } = await openBench('server', { implementation });
      peer.send('81 00');
      await peer.untilEnd();
      expect(peer.frames).toEqual(['8: 1002']);
      expect(log[1]).toBe(
        'error WS_ERR_EXPECTED_MASK: Invalid WebSocket frame: MASK must be set @2',
      );
    }
  });

  sameAsWs(
    'while closing are told, and end it, without a second close frame',
    {},
    async ({ websocket, peer, closed, note }) => {
      websocket.close(1000);
      await peer.untilFrames(1);
      peer.send('ff 00');
      await peer.untilEnd();
      note('frames', peer.frames.length);
      peer.socket.end();
      await closed;
    },
    [
      'open @1',
      'error WS_ERR_UNEXPECTED_RSV_2_3: Invalid WebSocket frame: RSV2 and RSV3 must be clear @2',
      'frames 1 @2',
      'close 1006 <> @3',
    ],
  );

  sameAsWs(
    'of a text are taken where that was asked for',
    { skipUTF8Validation: true },
    async ({ websocket, peer }) => {
      const told = new Promise((resolve) => websocket.once('message', resolve));
      peer.sendFrames([0x81, Buffer.from([0xff])]);
      await told;
    },
    ['open @1', 'message <ÿ> false @1'],
  );

  sameAsWs(
    'in too many chunks',
    { maxBufferedChunks: 2, pair: memoryPair },
    async ({ peer, closed }) => {
      const frame = peer.frame(0x82, 'abcdefgh');
      peer.send(frame.subarray(0, -4));
      for (const byte of byteByByte(frame.subarray(-4))) {
        await nextTurn();
        peer.send(byte);
      }
      peer.socket.end();
      await closed;
    },
    [
      'open @1',
      'error WS_ERR_TOO_MANY_BUFFERED_PARTS: Too many buffered chunks @2',
      'close 1006 <> @3',
    ],
  );

  it('F9 of a text are told at the first of them, whatever is missing', async () => {
    const { peer, log } = await openBench('client');
    peer.send('01 02 41 ff');
    await peer.untilEnd();
    expect(log[1]).toContain('WS_ERR_INVALID_UTF8');
  });

  it('go through toError', async () => {
    const { log, peer, closed } = await openBench('client', {
      toError: (error) => new RangeError(`changed: ${(error as Error & { code: string }).code}`),
    });
    peer.send('ff 00');
    await peer.close();
    await closed;
    expect(log[1]).toBe('error changed: WS_ERR_UNEXPECTED_RSV_2_3 @2');
  });
});

describe('a transform', () => {
  it('that takes its time keeps the order, and the socket waits for it', async () => {
    const transform = new FakeTransform();
    const { websocket, peer, log, socket } = await openBench('client', {
      transform,
      pair: memoryPair,
    });
    peer.sendFrames([0xc1, turn(Buffer.from('one'))], [0x81, 'two'], [0x89, 'three']);
    peer.send(
      Buffer.concat(Array.from({ length: 40 }, () => peer.frame(0x82, Buffer.alloc(1000)))),
    );
    await nextTurn();
    expect(log).toEqual(['open @1']);
    expect(socket.isPaused()).toBe(true);
    transform.finish();
    await nextTurn();
    expect(log.slice(0, 4)).toEqual([
      'open @1',
      'message <one> false @1',
      'message <two> false @1',
      'ping <three> @1',
    ]);
    expect(log).toHaveLength(44);
    expect(socket.isPaused()).toBe(false);
    websocket.terminate();
  });

  it('does not make the socket flow against pause', async () => {
    const transform = new FakeTransform();
    const { websocket, peer, socket } = await openBench('client', { transform, pair: memoryPair });
    peer.sendFrames([0xc1, turn(Buffer.from('one'))]);
    peer.send(peer.frame(0x82, Buffer.alloc(20_000)));
    await nextTurn();
    expect(socket.isPaused()).toBe(true);
    websocket.pause();
    transform.finish();
    expect(socket.isPaused()).toBe(true);
    websocket.resume();
    expect(socket.isPaused()).toBe(false);
  });

  it('finishes what it has before close, when the socket is gone', async () => {
    const transform = new FakeTransform();
    const { peer, log, closed, socket } = await openBench('client', {
      transform,
      pair: memoryPair,
    });
    peer.sendFrames([0xc1, turn(Buffer.from('one'))], [0x81, 'two'], [0x88, hex('03e8')]);
    peer.socket.end();
    await nextTurn();
    socket.destroy();
    await nextTurn();
    expect(log).toEqual(['open @1']);
    expect(transform.closed).toBe(false);
    transform.finish();
    await closed;
    expect(log).toEqual([
      'open @1',
      'message <one> false @2',
      'message <two> false @2',
      'close 1000 <> @3',
    ]);
    expect(transform.closed).toBe(true);
  });

  it('R6 that works when the connection is gone: callbacks get an error, all of them', async () => {
    for (const role of roles) {
      const transform = new FakeTransform();
      const { websocket, noting, log, closed } = await openBench(role, { transform });
      websocket.send('one', noting('one'));
      websocket.send('two', noting('two'));
      websocket.ping('three', undefined, noting('three') as never);
      expect(websocket.bufferedAmount).toBe(11);
      websocket.terminate();
      await closed;
      const message = 'The socket was closed while data was being compressed';
      expect(log.slice(1)).toEqual([
        ...['one', 'two', 'three'].map((name) => `${name} ${message} @3`),
        'close 1006 <> @3',
      ]);
      expect(websocket.bufferedAmount).toBe(0);
      expect(transform.closed).toBe(true);
    }
  });

  it('that fails to decode is an error with its code', async () => {
    const transform = new FakeTransform();
    const { peer, log } = await openBench('client', { transform });
    peer.sendFrames([0xc1, 'x']);
    while (transform.pending.length === 0) await nextTurn();
    transform.finish(Object.assign(new Error('invalid distance'), { code: 'Z_DATA_ERROR' }));
    await peer.untilEnd();
    expect(log[1]).toBe('error Z_DATA_ERROR: invalid distance @2');
    expect(peer.frames).toEqual(['masked 8: 1007']);
  });

  it('is used for what it wants, and not against compress: false', async () => {
    const transform = new FakeTransform();
    transform.synchronous = true;
    transform.minBytes = 3;
    const { websocket, peer } = await openBench('server', { transform });
    websocket.send('ab');
    websocket.send('abc');
    websocket.send('abc', { compress: false });
    websocket.send('abc', { compress: undefined });
    const encoded = turn(Buffer.from('abc')).map((byte) => byte);
    const frames = await peer.untilFrames(4);
    expect(frames).toEqual([
      '1: ab',
      `rsv1 1: ${Buffer.from(encoded).toString()}`,
      '1: abc',
      '1: abc',
    ]);
  });
});
