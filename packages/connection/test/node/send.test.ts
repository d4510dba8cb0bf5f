import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import type { SendData, SendOptions } from '../../src/node/index.js';
import type { WebSocket } from '../../src/node/index.js';
import { nextTurn, openBench, sameAsWs } from './support/bench.js';
import { implementations, ours, roles } from './support/implementations.js';
import type { Role } from './support/implementations.js';
import type { MemorySocket } from './support/sockets.js';
import { memoryPair } from './support/sockets.js';

/** The frames that a call sends, or the error that it throws. */
async function framesOf(
  implementation: (typeof implementations)[number],
  role: Role,
  call: (websocket: WebSocket) => void,
): Promise<string[]> {
  const bench = await openBench(role, { implementation, pair: memoryPair });
  const frames: string[] = [];
  try {
    call(bench.websocket);
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    frames.push(`throws ${name} ${code ?? ''} ${message}`);
  }
  // Blobs are read in turns of their own; the mark comes behind everything.
  bench.websocket.pong('mark');
  await bench.peer.until(marked);
  return [...frames, ...bench.peer.frames.slice(0, -1)];

  function marked(): boolean {
    try {
      return bench.peer.frames.at(-1)?.endsWith('10: mark') === true;
    } catch {
      return false;
    }
  }
}

/** What both implementations send, in both roles; `masked` is left out. */
async function sent(call: (websocket: WebSocket) => void): Promise<string[]> {
  const records: string[][] = [];
  for (const role of roles) {
    for (const implementation of implementations) {
      const frames = await framesOf(implementation, role, call);
      const isMasked = frames.some((frame) => frame.includes('masked'));
      const isFrame = frames.some((frame) => !frame.startsWith('throws'));
      if (isFrame) expect(isMasked, implementation.name).toBe(role === 'client');
      records.push(frames.map((frame) => frame.replace('masked ', '')));
    }
  }
  for (const record of records) expect(record).toEqual(records[0]);
  return records[0] as string[];
}

const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from([0x41, 0x42, 0x43, 0x44]);

function shared(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(2);
  new Uint8Array(memory).set([0x53, 0x42]);
  return memory;
}

// Made anew for each call: of some kinds `ws` masks the memory that it is given.
const dataKinds: [name: string, data: () => unknown, expected: string][] = [
  ['a text', () => 'häh\u{1f600}', '1: häh\u{1f600}'],
  ['a text with a lone surrogate', () => 'a\ud800b', '1: a\ufffdb'],
  ['an empty text', () => '', '1: '],
  ['a number', () => 12.5, '1: 12.5'],
  ['zero', () => 0, '1: 0'],
  ['NaN', () => NaN, '1: NaN'],
  ['undefined', () => undefined, '2: '],
  ['null', () => null, '2: '],
  ['false', () => false, '2: '],
  ['a zero bigint', () => 0n, '2: '],
  ['a Buffer', () => Buffer.from('buffer'), '2: buffer'],
  ['a Uint8Array', bytes, '2: ABCD'],
  ['a part of a Uint8Array', () => bytes().subarray(1, 3), '2: BC'],
  ['a Uint16Array', () => new Uint16Array([0x4241]), '2: AB'],
  ['a DataView of a part', () => new DataView(bytes().buffer, 2, 1), '2: C'],
  ['an ArrayBuffer', () => bytes().buffer, '2: ABCD'],
  ['a SharedArrayBuffer', shared, '2: SB'],
  ['an ArrayBuffer of another realm', () => runInNewContext('new Uint8Array([65]).buffer'), '2: A'],
  ['a view of another realm', () => runInNewContext('new Uint8Array([65, 66])'), '2: AB'],
  ['an array', () => [0x41, 0x142, '67', 'x'], '2: ABC\0'],
  ['an array-like', () => ({ length: 2, 0: 0x41, 1: 0x42 }), '2: AB'],
  ['a Buffer as JSON', () => ({ type: 'Buffer', data: [0x41] }), '2: A'],
  ['a String object', () => new String('text'), '2: text'],
  ['an object with valueOf', () => ({ valueOf: () => [0x41] }), '2: A'],
  [
    'an object with toPrimitive',
    () => ({ [Symbol.toPrimitive]: () => 'primitive' }),
    '2: primitive',
  ],
  ['a Blob', () => new Blob(['blob']), '2: blob'],
  ['a File', () => new File(['file'], 'name'), '2: file'],
  ['an empty Blob', () => new Blob([]), '2: '],
];

describe('data', () => {
  it.each(dataKinds)('may be %s', async (_name, data, expected) => {
    expect(await sent((websocket) => websocket.send(data() as SendData))).toEqual([expected]);
    const payload = expected.slice(3);
    expect(await sent((websocket) => websocket.ping(data()))).toEqual([`9: ${payload}`]);
    expect(await sent((websocket) => websocket.pong(data()))).toEqual([`10: ${payload}`]);
  });

  it.each([
    ['true', true, 'type boolean (true)'],
    ['an object', {}, 'an instance of Object'],
    ['a bigint', 1n, 'type bigint (1n)'],
    ['a symbol', Symbol('s'), 'type symbol (Symbol(s))'],
  ])('may not be %s', async (_name, data, described) => {
    const refusal =
      'throws TypeError ERR_INVALID_ARG_TYPE The first argument must be of type string or an ' +
      'instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ';
    for (const method of ['send', 'ping', 'pong'] as const) {
      const expected = [refusal + described];
      expect(await sent((websocket) => websocket[method](data as never))).toEqual(expected);
    }
  });

  it('L1 may not be detached memory', async () => {
    const memory = new ArrayBuffer(4);
    const view = new Uint8Array(memory);
    structuredClone(memory, { transfer: [memory] });
    const refusal = ['throws TypeError  Cannot perform Construct on a detached ArrayBuffer'];
    expect(await sent((websocket) => websocket.send(memory))).toEqual(refusal);
    expect(await sent((websocket) => websocket.send(view))).toEqual(refusal);
  });

  it('may not be a function', async () => {
    const frames = await sent((websocket) => websocket.send((() => {}) as never));
    expect(frames[0]).toMatch(/^throws TypeError ERR_INVALID_ARG_TYPE .* Received function/);
  });

  it.each([125, 126, 65535, 65536, 16 * 1024, 16 * 1024 + 1, 300_000])(
    'may have %d bytes',
    async (length) => {
      const text = 'x'.repeat(length);
      expect(await sent((websocket) => websocket.send(text))).toEqual([`1: ${text}`]);
      expect(await sent((websocket) => websocket.send(Buffer.from(text)))).toEqual([`2: ${text}`]);
    },
  );

  it.each(roles)('L2 is never changed by a %s', async (role) => {
    for (const length of [3, 200, 20_000, 100_000]) {
      const array = new Uint8Array(length).fill(0x61);
      const memory = new SharedArrayBuffer(length);
      new Uint8Array(memory).fill(0x61);
      const { websocket, peer } = await openBench(role);
      websocket.send(array);
      websocket.send(array.buffer);
      websocket.send(memory);
      await peer.untilFrames(3);
      expect(array.every((byte) => byte === 0x61)).toBe(true);
      expect(new Uint8Array(memory).every((byte) => byte === 0x61)).toBe(true);
    }
  });

  it.each(roles)('L1 of a %s that can be resized is what it was at the call', async (role) => {
    const { websocket, peer } = await openBench(role, { pair: memoryPair });
    const Resizable = ArrayBuffer as unknown as new (
      length: number,
      options: { maxByteLength: number },
    ) => ArrayBuffer & { resize(length: number): void };
    for (const length of [100, 20_000]) {
      for (const change of [-1, 1]) {
        const memory = new Resizable(length, { maxByteLength: 2 * length });
        new Uint8Array(memory).fill(0x61);
        peer.forget();
        websocket.send('first of the tick');
        websocket.send(memory);
        memory.resize(length + change);
        const frames = await peer.untilFrames(2);
        expect(frames[1]?.replace('masked ', '')).toBe(`2: ${'a'.repeat(length)}`);
      }
    }
  });
});

describe('options', () => {
  it.each<[string, SendOptions, string]>([
    ['binary text', { binary: true }, '2: x'],
    ['not final', { fin: false }, '…1: x'],
    ['compressed, which was not negotiated', { compress: true }, '1: x'],
    ['nothing', {}, '1: x'],
    ['binary: undefined, which is there and false', { binary: undefined }, '1: x'],
    ['fin: undefined, which is there and false', { fin: undefined }, '…1: x'],
    ['compress: undefined', { compress: undefined }, '1: x'],
  ])('of a text: %s', async (_name, options, expected) => {
    expect(await sent((websocket) => websocket.send('x', options))).toEqual([expected]);
  });

  it('make bytes a text', async () => {
    const data = Buffer.from('x');
    expect(await sent((each) => each.send(data, { binary: false }))).toEqual(['1: x']);
    expect(await sent((each) => each.send(data, { binary: undefined }))).toEqual(['1: x']);
  });

  it('may be null', async () => {
    expect(await sent((each) => each.send('x', null as never))).toEqual(['1: x']);
    expect(await sent((each) => each.send('x', null as never, null as never))).toEqual(['1: x']);
  });

  it.each<[string, unknown, boolean | 'role']>([
    ['true', { mask: true }, true],
    ['false', { mask: false }, false],
    ['a truthy value', { mask: 1 }, true],
    ['a falsy value', { mask: 0 }, false],
    ['undefined, which is there and false', { mask: undefined }, false],
    ['inherited, and so not there', Object.create({ mask: undefined }), 'role'],
    ['inherited and false, and so not there', Object.create({ mask: false }), 'role'],
    ['inherited and true, and so not there', Object.create({ mask: true }), 'role'],
  ])('mask: %s', async (_name, options, expected) => {
    for (const role of roles) {
      const masked = expected === 'role' ? role === 'client' : expected;
      for (const implementation of implementations) {
        const call = (websocket: WebSocket): void => websocket.send('x', options as SendOptions);
        const frames = await framesOf(implementation, role, call);
        expect(frames, implementation.name).toEqual([masked ? 'masked 1: x' : '1: x']);
      }
    }
  });

  it('L4 that stand on Object.prototype do not count', async () => {
    const polluted = Object.prototype as { fin?: boolean; binary?: boolean; mask?: boolean };
    polluted.fin = false;
    polluted.binary = true;
    try {
      const role = 'server';
      const frames = await framesOf(ours, role, (websocket) => websocket.send('x', {}));
      expect(frames).toEqual(['1: x']);
    } finally {
      delete polluted.fin;
      delete polluted.binary;
    }
  });

  it('mask one frame only', async () => {
    const { websocket, peer } = await openBench('client', { pair: memoryPair });
    websocket.send('one', { mask: false });
    websocket.send('two');
    websocket.ping('three', false);
    websocket.ping('four');
    expect(() => websocket.send(true as never, { mask: false })).toThrow(TypeError);
    expect(() => websocket.ping(Buffer.alloc(126), false)).toThrow(RangeError);
    websocket.send('five');
    expect(await peer.untilFrames(5)).toEqual([
      '1: one',
      'masked 1: two',
      '9: three',
      'masked 9: four',
      'masked 1: five',
    ]);
  });

  it('mask each frame as it was asked for, while a Blob is read', async () => {
    const { websocket, peer } = await openBench('client', { pair: memoryPair });
    websocket.send(new Blob(['blob']), { mask: false });
    websocket.send('waits');
    websocket.pong('waits too', false);
    expect(await peer.untilFrames(3)).toEqual(['2: blob', 'masked 1: waits', '10: waits too']);
  });

  it('make a message of fragments, with control frames between', async () => {
    const frames = await sent((websocket) => {
      websocket.send('one', { fin: false });
      websocket.ping('between');
      websocket.send(Buffer.from('two'), { fin: false, binary: true });
      websocket.send('three');
      websocket.send('next');
    });
    expect(frames).toEqual(['…1: one', '9: between', '…0: two', '0: three', '1: next']);
  });
});

describe('ping and pong', () => {
  it.each(['ping', 'pong'] as const)('%s: the callback may take any place', async (method) => {
    const opcode = method === 'ping' ? 9 : 10;
    const called: string[] = [];
    const frames = await sent((websocket) => {
      websocket[method](() => called.push('first'));
      websocket[method]('data', (() => called.push('second')) as never);
      websocket[method]('data', undefined, () => called.push('third'));
      websocket[method]('data', null as never, null as never);
      websocket[method]();
    });
    const unmasked = frames.map((frame) => frame.replace('masked ', ''));
    expect(unmasked).toEqual([
      `${opcode}: `,
      `${opcode}: data`,
      `${opcode}: data`,
      `${opcode}: data`,
      `${opcode}: `,
    ]);
    await nextTurn();
    expect(called.slice(0, 3)).toEqual(['first', 'second', 'third']);
    expect(called).toHaveLength(12);
  });

  it.each(['ping', 'pong'] as const)('%s takes at most 125 bytes', async (method) => {
    const refusal = ['throws RangeError  The data size must not be greater than 125 bytes'];
    for (const data of [Buffer.alloc(126), 'é'.repeat(63), new Blob(['x'.repeat(126)])]) {
      expect(await sent((websocket) => websocket[method](data))).toEqual(refusal);
    }
    const opcode = method === 'ping' ? 9 : 10;
    for (const data of [Buffer.alloc(125, 'x'), 'x'.repeat(125), new Blob(['x'.repeat(125)])]) {
      const expected = [`${opcode}: ${'x'.repeat(125)}`];
      expect(await sent((websocket) => websocket[method](data))).toEqual(expected);
    }
  });

  it.each(['ping', 'pong'] as const)('%s masks as asked', async (method) => {
    for (const [mask, masked] of [
      [true, true],
      [false, false],
      [0, false],
      [1, true],
      [null, false],
    ] as const) {
      for (const role of roles) {
        for (const implementation of implementations) {
          const call = (each: WebSocket): void => each[method]('x', mask as boolean);
          const frames = await framesOf(implementation, role, call);
          expect(frames[0]?.startsWith('masked'), implementation.name).toBe(masked);
        }
      }
    }
  });
});

describe('callbacks', () => {
  sameAsWs(
    'come in order, once the data left, with null',
    {},
    async ({ websocket, noting, note, peer }) => {
      websocket.send('one', noting('one'));
      websocket.send('two', {}, noting('two'));
      websocket.ping('three', noting('three') as never);
      websocket.pong(noting('four'));
      websocket.send(Buffer.alloc(50_000), noting('five'));
      note('sent');
      await peer.untilFrames(5);
      await new Promise<void>((resolve) => websocket.send('last', () => resolve()));
    },
    [
      'open @1',
      'sent @1',
      'one null @1',
      'two null @1',
      'three null @1',
      'four null @1',
      'five null @1',
    ],
  );

  sameAsWs(
    'come in order when a Blob is read meanwhile',
    {},
    async ({ websocket, noting, peer }) => {
      websocket.send('one', noting('one'));
      websocket.send(new Blob(['two']), noting('two'));
      websocket.send('three', noting('three'));
      websocket.ping('four', undefined, noting('four'));
      const done = new Promise<void>((resolve) => websocket.send('last', () => resolve()));
      await peer.untilFrames(5);
      await done;
    },
    ['open @1', 'one null @1', 'two null @1', 'three null @1', 'four null @1'],
  );

  sameAsWs(
    'after close get an error, in the next tick',
    {},
    async ({ websocket, noting, note, peer, closed }) => {
      websocket.close(1000);
      websocket.send('late', noting('send'));
      websocket.send('late', {}, noting('send with options'));
      websocket.ping('late', undefined, noting('ping'));
      websocket.pong(noting('pong'));
      websocket.send('late');
      websocket.send('late', null as never, null as never);
      note('called');
      await peer.untilFrames(1);
      peer.sendFrames([0x88, Buffer.from([0x03, 0xe8])]);
      await peer.untilEnd();
      peer.socket.end();
      await closed;
      websocket.send('later', noting('send'));
      await nextTurn();
    },
    [
      'open @1',
      'called @2',
      'send WebSocket is not open: readyState 2 (CLOSING) @2',
      'send with options WebSocket is not open: readyState 2 (CLOSING) @2',
      'ping WebSocket is not open: readyState 2 (CLOSING) @2',
      'pong WebSocket is not open: readyState 2 (CLOSING) @2',
      'close 1000 <> @3',
      'send WebSocket is not open: readyState 3 (CLOSED) @3',
    ],
  );

  it.each(roles)('of what can not leave any more get an error (%s)', async (role) => {
    const records: string[][] = [];
    for (const implementation of implementations) {
      const { websocket, peer, socket, closed } = await openBench(role, { implementation });
      peer.socket.pause();
      while (socket.writableLength === 0) {
        websocket.send(Buffer.alloc(1024 * 1024));
        await nextTurn();
      }
      const record: string[] = [];
      for (const name of ['one', 'two']) {
        websocket.send(name, (error) => {
          record.push(`${name}: ${(error as { code?: string } | null)?.code}`);
        });
      }
      websocket.terminate();
      await closed;
      records.push(record);
    }
    expect(records[0]).toEqual(['one: ERR_STREAM_DESTROYED', 'two: ERR_STREAM_DESTROYED']);
    expect(records[0]).toEqual(records[1]);
  });

  it('wait for a peer that does not read', async () => {
    const { websocket, peer, socket } = await openBench('server');
    peer.socket.pause();
    const order: number[] = [];
    const payload = Buffer.alloc(1024 * 1024);
    let sentMessages = 0;
    while (socket.writableLength === 0) {
      const number = sentMessages++;
      websocket.send(payload, () => order.push(number));
      await nextTurn();
    }
    const before = order.length;
    expect(before).toBeLessThan(sentMessages);
    const done = new Promise<void>((resolve) => websocket.send('last', () => resolve()));
    await nextTurn();
    expect(order).toHaveLength(before);
    peer.socket.resume();
    await done;
    expect(order).toEqual(Array.from({ length: sentMessages }, (_, number) => number));
  });

  it('that are missing or null are not called', async () => {
    const { websocket, peer } = await openBench('client', { pair: memoryPair });
    for (let i = 0; i < 3; i++) {
      websocket.send('x', {}, null as never);
      websocket.ping('x', undefined, null as never);
      websocket.send('x', {}, undefined);
    }
    await peer.untilFrames(9);
    await nextTurn();
    expect(websocket.readyState).toBe(1);
  });
});

describe('send', () => {
  it('is called once by those who wrap it', async () => {
    for (const implementation of implementations) {
      const { websocket, peer } = await openBench('server', { implementation });
      const send = vi.spyOn(websocket, 'send');
      websocket.send('x', () => {});
      websocket.send('x', {}, () => {});
      await peer.untilFrames(2);
      expect(send, implementation.name).toHaveBeenCalledTimes(2);
    }
  });

  it('of a client uses a new masking key for every frame, empty ones too', async () => {
    const { websocket, peer } = await openBench('client', { pair: memoryPair });
    const keys = new Set<string>();
    for (let i = 0; i < 50; i++) websocket.send('');
    await peer.untilFrames(50);
    for (let at = 0; at < peer.received.length; at += 6) {
      keys.add(peer.received.subarray(at + 2, at + 6).toString('hex'));
    }
    expect(keys.size).toBe(50);
  });

  it('uses the masking keys of generateMask', async () => {
    let count = 0;
    const generateMask = (key: Buffer): void => {
      expect(key).toHaveLength(4);
      key.writeUInt32BE(++count);
    };
    const { websocket, peer } = await openBench('client', { pair: memoryPair, generateMask });
    websocket.send('A');
    websocket.ping('');
    await peer.untilFrames(2);
    expect(peer.received.toString('hex')).toBe('81810000000141' + '898000000002');
  });
});

describe('bufferedAmount', () => {
  sameAsWs(
    'is zero once everything is with the kernel',
    {},
    ({ websocket, note }) => {
      websocket.send('x');
      note('buffered', websocket.bufferedAmount);
    },
    ['open @1', 'buffered 0 @1'],
  );

  it.each(roles)('counts frames with their headers while they wait (%s)', async (role) => {
    const amounts: number[][] = [];
    for (const implementation of implementations) {
      const bench = await openBench(role, { implementation, pair: memoryPair });
      const { websocket, peer } = bench;
      const socket = bench.socket as MemorySocket;
      socket.stalled = true;
      const seen: number[] = [];
      for (const size of [1, 125, 126, 70_000]) {
        websocket.send(Buffer.alloc(size));
        seen.push(websocket.bufferedAmount);
      }
      await nextTurn();
      seen.push(websocket.bufferedAmount);
      socket.flow();
      await peer.untilFrames(4);
      await nextTurn();
      seen.push(websocket.bufferedAmount);
      amounts.push(seen);
    }
    const mask = role === 'client' ? 4 : 0;
    const total = 3 + 127 + 130 + 70_010;
    expect(amounts[0]).toEqual([
      3 + mask,
      130 + 2 * mask,
      260 + 3 * mask,
      total + 4 * mask,
      total + 4 * mask,
      0,
    ]);
    expect(amounts[0]).toEqual(amounts[1]);
  });

  sameAsWs(
    'counts what waits behind a Blob, without headers',
    {},
    async ({ websocket, note, peer }) => {
      websocket.send(new Blob(['blob']));
      note('buffered', websocket.bufferedAmount);
      websocket.send('é');
      websocket.ping(Buffer.alloc(3));
      note('buffered', websocket.bufferedAmount);
      await peer.untilFrames(3);
      note('buffered', websocket.bufferedAmount);
    },
    ['open @1', 'buffered 4 @1', 'buffered 9 @1', 'buffered 0 @1'],
  );

  sameAsWs(
    'keeps what was sent too late',
    {},
    async ({ websocket, note, closed, peer }) => {
      websocket.close();
      await peer.untilFrames(1);
      const before = websocket.bufferedAmount;
      websocket.send('é');
      websocket.ping(Buffer.alloc(3));
      websocket.pong(new Blob(['blob']));
      websocket.send(null as never);
      websocket.send(1000);
      note('buffered', websocket.bufferedAmount - before);
      websocket.terminate();
      await closed;
      websocket.send('x');
      note('buffered', websocket.bufferedAmount);
    },
    ['open @1', 'buffered 13 @2', 'close 1006 <> @3', 'buffered 14 @3'],
  );

  sameAsWs(
    'after the end: what can not be sent throws all the same',
    {},
    async ({ websocket, note, closed }) => {
      websocket.terminate();
      await closed;
      for (const method of ['send', 'ping', 'pong'] as const) {
        try {
          websocket[method](true as never);
        } catch (error) {
          note(method, (error as { code: string }).code);
        }
      }
    },
    [
      'open @1',
      'close 1006 <> @3',
      'send ERR_INVALID_ARG_TYPE @3',
      'ping ERR_INVALID_ARG_TYPE @3',
      'pong ERR_INVALID_ARG_TYPE @3',
    ],
  );
});
