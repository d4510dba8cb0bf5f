import { once } from 'node:events';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closePayload } from '../../src/node/index.js';
import type { WebSocket } from '../../src/node/index.js';
import { nextTurn, openBench, sameAsWs } from './support/bench.js';
import { implementations, roles } from './support/implementations.js';
import { memoryPair } from './support/sockets.js';
import type { MemorySocket } from './support/sockets.js';

/** A close frame's payload. */
const closing = (code: number, reason = ''): Buffer =>
  Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);

describe('close', () => {
  sameAsWs(
    'starts the closing handshake, which ends when the peer answers',
    {},
    async ({ websocket, peer, note, closed, socket }) => {
      websocket.close(3000, 'bye');
      note('called');
      note('got', (await peer.untilFrames(1))[0]?.replace('masked ', ''), peer.ended);
      peer.sendFrames([0x81, 'still'], [0x89, 'heard'], [0x88, closing(3001, 'answer')]);
      await peer.untilEnd();
      note('frames', peer.frames.length);
      peer.socket.end();
      await closed;
      note('listeners', socket.listenerCount('data'));
    },
    [
      'open @1',
      'called @2',
      'got 8: 3000 bye false @2',
      'message <still> false @2',
      'ping <heard> @2',
      'frames 1 @2',
      'close 3001 <answer> @3',
      'listeners 0 @3',
    ],
  );

  sameAsWs(
    'is answered with the same code and reason',
    {},
    async ({ peer, note, closed }) => {
      peer.sendFrames([0x88, closing(4999, 'häh')]);
      await peer.untilEnd();
      note('got', peer.frames[0]?.replace('masked ', '').length, peer.frames.length);
      peer.socket.end();
      await closed;
    },
    ['open @1', 'got 12 1 @2', 'close 4999 <hÃ¤h> @3'],
  );

  sameAsWs(
    'without a code is an empty frame, and is told as 1005',
    {},
    async ({ websocket, peer, note, closed }) => {
      websocket.close();
      note('got', (await peer.untilFrames(1))[0]?.replace('masked ', ''));
      peer.sendFrames([0x88, '']);
      await peer.untilEnd();
      peer.socket.end();
      await closed;
    },
    ['open @1', 'got 8:  @2', 'close 1005 <> @3'],
  );

  sameAsWs(
    'from the peer without a code is answered so',
    {},
    async ({ peer, note, closed }) => {
      peer.sendFrames([0x88, '']);
      await peer.untilEnd();
      note('got', peer.frames[0]?.replace('masked ', ''));
      peer.socket.end();
      await closed;
    },
    ['open @1', 'got 8:  @2', 'close 1005 <> @3'],
  );

  sameAsWs(
    'from the peer hides what comes behind it',
    {},
    async ({ peer, closed }) => {
      peer.sendFrames([0x81, 'one'], [0x88, closing(1000)], [0x81, 'two'], [0x88, closing(1001)]);
      peer.send('ff ff ff ff');
      await peer.untilEnd();
      peer.socket.end();
      await closed;
    },
    ['open @1', 'message <one> false @1', 'close 1000 <> @3'],
  );

  sameAsWs(
    'does nothing a second time, nor after the end',
    {},
    async ({ websocket, peer, note, closed }) => {
      websocket.close(1000);
      websocket.close(1001);
      websocket.close(5000 as never);
      await peer.untilFrames(1);
      peer.sendFrames([0x88, closing(1000)]);
      await peer.untilEnd();
      note('frames', peer.frames.length);
      websocket.close();
      peer.socket.end();
      await closed;
      websocket.close(5000 as never);
      websocket.terminate();
      websocket.pause();
      websocket.resume();
      note('over', websocket.isPaused);
    },
    ['open @1', 'frames 1 @2', 'close 1000 <> @3', 'over false @3'],
  );

  sameAsWs(
    'from both sides at once',
    {},
    async ({ websocket, peer, note, closed }) => {
      peer.sendFrames([0x88, closing(3000)]);
      websocket.close(3001);
      await peer.untilEnd();
      note(
        'frames',
        peer.frames.map((frame) => frame.replace('masked ', '')),
      );
      peer.socket.end();
      await closed;
    },
    ['open @1', 'frames [8: 3001] @2', 'close 3000 <> @3'],
  );

  sameAsWs(
    'in a message listener',
    {},
    async ({ websocket, peer, closed }) => {
      websocket.on('message', () => websocket.close(1000));
      peer.sendFrames([0x81, 'one'], [0x81, 'two']);
      await peer.untilFrames(1);
      peer.sendFrames([0x88, closing(1000)]);
      await peer.close();
      await closed;
    },
    ['open @1', 'message <one> false @1', 'message <two> false @2', 'close 1000 <> @3'],
  );

  it.each(roles)('comes behind what was sent before (%s)', async (role) => {
    const { websocket, peer, closed } = await openBench(role);
    const text = 'x'.repeat(100_000);
    websocket.send('one');
    websocket.send(text);
    websocket.close(1000);
    const frames = await peer.untilFrames(3);
    expect(frames.map((frame) => frame.replace('masked ', ''))).toEqual([
      '1: one',
      `1: ${text}`,
      '8: 1000',
    ]);
    peer.sendFrames([0x88, closing(1000)]);
    await peer.close();
    await closed;
  });

  it('comes behind a Blob that is being read', async () => {
    const { websocket, peer } = await openBench('server');
    websocket.send(new Blob(['blob']));
    websocket.close(1000);
    expect(websocket.readyState).toBe(2);
    expect(await peer.untilFrames(2)).toEqual(['2: blob', '8: 1000']);
  });
});

describe('the arguments of close', () => {
  type Outcome = [string, number, string];

  async function outcome(
    implementation: (typeof implementations)[number],
    args: unknown[],
  ): Promise<Outcome> {
    const { websocket, peer } = await openBench('server', { implementation, pair: memoryPair });
    try {
      websocket.close(...(args as [number, string]));
    } catch (error) {
      const { name, code, message } = error as Error & { code?: string };
      return [`${name} ${code ?? message}`, websocket.readyState, ''];
    }
    await peer.untilFrames(1);
    return ['', websocket.readyState, peer.received.subarray(2).toString('hex')];
  }

  const badCode = 'TypeError First argument must be a valid error code number';
  const badReason = 'TypeError Second argument must be a string or a Uint8Array';
  const longReason = 'RangeError The message must not be greater than 123 bytes';
  const bytes = (text: string): string => Buffer.from(text).toString('hex');

  it.each<[name: string, args: unknown[], error: string, payload: string]>([
    ['nothing', [], '', ''],
    ['undefined', [undefined, 'ignored'], '', ''],
    ['undefined and something that would be refused', [undefined, 'x'.repeat(200)], '', ''],
    ['1000', [1000], '', '03e8'],
    ['1003', [1003], '', '03eb'],
    ['1014', [1014], '', '03f6'],
    ['4999', [4999, ''], '', '1387'],
    ['a code that is not whole', [1000.5], '', '03e8'],
    ['a code that is not whole below', [999.5], badCode, ''],
    ['a code that is not whole between', [2999.5], badCode, ''],
    ['a text', ['1000'], badCode, ''],
    ['null', [null], badCode, ''],
    ['0', [0], badCode, ''],
    ['999', [999], badCode, ''],
    ['1004', [1004], badCode, ''],
    ['1005', [1005], badCode, ''],
    ['1006', [1006], badCode, ''],
    ['1015', [1015], badCode, ''],
    ['1016', [1016], badCode, ''],
    ['2999', [2999], badCode, ''],
    ['5000', [5000], badCode, ''],
    ['65536 + 1000', [66536], badCode, ''],
    ['-1', [-1], badCode, ''],
    ['NaN', [NaN], badCode, ''],
    ['Infinity', [Infinity], badCode, ''],
    ['a text as the reason', [1000, 'häh'], '', '03e8' + bytes('häh')],
    ['bytes as the reason', [1000, Buffer.from('bytes')], '', '03e8' + bytes('bytes')],
    ['a reason of another realm', [1000, runInNewContext('new Uint8Array([65])')], '', '03e841'],
    ['123 bytes', [1000, 'é'.repeat(61) + 'x'], '', '03e8' + bytes('é'.repeat(61) + 'x')],
    ['124 bytes', [1000, 'é'.repeat(62)], longReason, ''],
    ['124 bytes that are not text', [1000, Buffer.alloc(124)], longReason, ''],
    ['a number as the reason', [1000, 5], '', '03e8'],
    ['an ArrayBuffer as the reason', [1000, new ArrayBuffer(3)], '', '03e8'],
    ['a DataView as the reason', [1000, new DataView(new ArrayBuffer(3))], '', '03e8'],
    ['a Uint16Array as the reason', [1000, new Uint16Array(2)], badReason, ''],
    ['an array as the reason', [1000, [1, 2]], 'TypeError ERR_INVALID_ARG_TYPE', ''],
    ['an object with a length', [1000, { length: 2 }], 'TypeError ERR_INVALID_ARG_TYPE', ''],
    [
      'null as the reason',
      [1000, null],
      "TypeError Cannot read properties of null (reading 'length')",
      '',
    ],
  ])('%s', async (_name, args, error, payload) => {
    for (const implementation of implementations) {
      const state = error === '' ? 2 : 1;
      expect(await outcome(implementation, args), implementation.name).toEqual([
        error,
        state,
        payload,
      ]);
    }
  });

  it('L1 that are numbers or views never bring foreign bytes along', async () => {
    const memory = Buffer.from('secret and public');
    const view = memory.subarray(11, 17);
    const [ours] = implementations;
    expect(await outcome(ours!, [1000, view])).toEqual(['', 2, '03e8' + bytes('public')]);
    expect(await outcome(ours!, [1000, 100])).toEqual(['', 2, '03e8']);
  });

  it('make a payload of their own with closePayload', () => {
    expect(Buffer.from(closePayload(1000, 'bye')).toString('hex')).toBe('03e8627965');
    expect(Buffer.from(closePayload(3000.7, undefined)).toString('hex')).toBe('0bb8');
    expect(closePayload(undefined, 'ignored')).toHaveLength(0);
    expect(() => closePayload(1005, 'x')).toThrow(TypeError);
    expect(() => closePayload(1000, 'x'.repeat(124))).toThrow(RangeError);
    expect(() => closePayload(1000, new Uint16Array(1))).toThrow(TypeError);
  });
});

describe('terminate', () => {
  sameAsWs(
    'destroys the socket at once',
    {},
    async ({ websocket, note, closed, socket }) => {
      websocket.terminate();
      note('destroyed', socket.destroyed);
      websocket.terminate();
      await closed;
      websocket.terminate();
    },
    ['open @1', 'destroyed true @2', 'close 1006 <> @3'],
  );

  sameAsWs(
    'tells the code of the close frame that the peer sent before',
    {},
    async ({ websocket, peer, closed }) => {
      peer.sendFrames([0x88, closing(3000, 'bye')]);
      await peer.untilFrames(1);
      websocket.terminate();
      await closed;
    },
    ['open @1', 'close 3000 <bye> @3'],
  );

  sameAsWs(
    'in a message listener lets the rest of the chunk come',
    {},
    async ({ websocket, peer, closed }) => {
      websocket.once('message', () => websocket.terminate());
      peer.sendFrames([0x81, 'one'], [0x81, 'two'], [0x89, 'three']);
      await closed;
    },
    [
      'open @1',
      'message <one> false @1',
      'message <two> false @2',
      'ping <three> @2',
      'close 1006 <> @3',
    ],
  );

  it.each(roles)('lets out what was sent before (%s)', async (role) => {
    const { websocket, peer } = await openBench(role);
    websocket.send('one');
    websocket.send('two');
    websocket.terminate();
    await peer.untilEnd();
    expect(peer.frames.map((frame) => frame.replace('masked ', ''))).toEqual(['1: one', '1: two']);
  });

  it('lets out what was answered before, in a listener', async () => {
    const { websocket, peer } = await openBench('server');
    websocket.on('message', () => {
      websocket.send('one');
      websocket.send('two');
      websocket.terminate();
    });
    peer.sendFrames([0x81, 'go']);
    await peer.untilEnd();
    expect(peer.frames).toEqual(['1: one', '1: two']);
  });
});

describe('a peer that goes', () => {
  sameAsWs(
    'with FIN and no close frame',
    {},
    async ({ peer, closed, note }) => {
      peer.sendFrames([0x81, 'last']);
      peer.socket.end();
      await peer.untilEnd();
      await closed;
      note('ended', peer.frames.length);
    },
    ['open @1', 'message <last> false @1', 'close 1006 <> @3', 'ended 0 @3'],
  );

  sameAsWs(
    'with FIN in the middle of a frame',
    {},
    async ({ peer, closed }) => {
      peer.send(peer.frame(0x81, 'cut').subarray(0, -1));
      await peer.close();
      await closed;
    },
    ['open @1', 'close 1006 <> @3'],
  );

  sameAsWs(
    'with a reset',
    {},
    async ({ peer, closed, socket }) => {
      const failed = once(socket, 'error');
      (peer.socket as import('node:net').Socket).resetAndDestroy();
      expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
      await closed;
    },
    ['open @1', 'close 1006 <> @3'],
  );

  sameAsWs(
    'by an error of the socket, which nobody hears of, even twice',
    { pair: memoryPair },
    async ({ websocket, socket, closed, note }) => {
      websocket.send('x');
      socket.emit('error', new Error('one'));
      note('after the first', socket.destroyed);
      socket.emit('error', new Error('two'));
      await closed;
      socket.emit('error', new Error('three'));
    },
    ['open @1', 'after the first true @2', 'close 1006 <> @3'],
  );
});

describe('the close timer', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  sameAsWs(
    'ends a connection whose peer does not answer',
    { closeTimeout: 5 },
    async ({ websocket, peer, closed, note }) => {
      websocket.close(1000, 'bye');
      await closed;
      await peer.untilEnd();
      note('frames', peer.frames.length);
    },
    ['open @1', 'close 1006 <> @3', 'frames 1 @3'],
  );

  sameAsWs(
    'R8 ends one whose peer keeps the socket open after its close frame',
    { closeTimeout: 5 },
    async ({ peer, closed }) => {
      peer.sendFrames([0x88, closing(1000)]);
      await peer.untilEnd();
      await closed;
    },
    ['open @1', 'close 1000 <> @3'],
  );

  sameAsWs(
    'R8 ends one whose peer sent bad bytes and keeps the socket open',
    { closeTimeout: 5 },
    async ({ peer, closed }) => {
      peer.send('ff ff');
      await closed;
    },
    [
      'open @1',
      'error WS_ERR_UNEXPECTED_RSV_2_3: Invalid WebSocket frame: RSV2 and RSV3 must be clear @2',
      'close 1006 <> @3',
    ],
  );

  /** The timers that a WebSocket sets: [milliseconds, whether it is cleared in the end]. */
  async function timersOf(
    implementation: (typeof implementations)[number],
    closeTimeout: number | undefined,
    scenario: (websocket: WebSocket, peer: MemorySocket) => void,
  ) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    const settings = closeTimeout === undefined ? {} : { closeTimeout };
    const { websocket, peer, closed } = await openBench('client', {
      implementation,
      pair: memoryPair,
      ...settings,
    });
    scenario(websocket, peer.socket as MemorySocket);
    await nextTurn();
    const counts = [vi.getTimerCount()];
    const delays = setTimer.mock.calls.map(([, delay]) => delay);
    websocket.terminate();
    await closed;
    counts.push(vi.getTimerCount());
    vi.useRealTimers();
    setTimer.mockRestore();
    return { delays, counts };
  }

  it.each<[string, (websocket: WebSocket, peer: MemorySocket) => void, number[]]>([
    ['close', (websocket) => websocket.close(), [1000]],
    ['the close frame of the peer', (_, peer) => peer.write(Buffer.from([0x88, 0])), [1000]],
    ['bad bytes', (_, peer) => peer.write(Buffer.from([0xff, 0])), [1000]],
    ['the end of the peer', (_, peer) => peer.end(), []],
    ['terminate', (websocket) => websocket.terminate(), []],
    ['sending', (websocket) => websocket.send('x'), []],
    [
      'close with an argument that is refused',
      (websocket) => expect(() => websocket.close(1)).toThrow(),
      [],
    ],
    ['both close frames', (websocket, peer) => { websocket.close(); peer.write(Buffer.from([0x88, 0])); }, [1000]], // prettier-ignore
  ])('is set by %s, as by ws, and cleared in the end', async (_name, scenario, delays) => {
    for (const implementation of implementations) {
      const seen = await timersOf(implementation, 1000, scenario);
      expect(seen, implementation.name).toEqual({ delays, counts: [delays.length, 0] });
    }
  });

  it('is 30 seconds long unless it is told otherwise', async () => {
    for (const implementation of implementations) {
      const { delays } = await timersOf(implementation, undefined, (each) => each.close());
      expect(delays).toEqual([30_000]);
    }
  });

  it('is not set by a close frame that is read after the socket closed', async () => {
    const { websocket, peer, socket, closed } = await openBench('client', { pair: memoryPair });
    websocket.pause();
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    peer.sendFrames([0x88, closing(3000, 'late')]);
    socket.destroy();
    await closed;
    expect(setTimer).not.toHaveBeenCalled();
    setTimer.mockRestore();
  });
});

describe('close, on the sockets of a hostile peer', () => {
  it.each(roles)('R3 a flood of close frames is one (%s)', async (role) => {
    const { peer, closed, log } = await openBench(role);
    const flood = Array.from({ length: 1000 }, () => peer.frame(0x88, closing(1000)));
    peer.send(Buffer.concat(flood));
    await peer.untilEnd();
    expect(peer.frames).toHaveLength(1);
    peer.socket.end();
    await closed;
    expect(log).toEqual(['open @1', 'close 1000 <> @3']);
  });
});
