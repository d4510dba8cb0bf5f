import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket as Ws } from 'ws';
import { ReadyState, WebSocket, connectionOf, isAttached, socketOf } from '../../src/node/index.js';
import { openBench } from './support/bench.js';
import { implementations, roles } from './support/implementations.js';
import { tcpPair, tlsPair } from './support/sockets.js';

const noHead = Buffer.alloc(0);

describe('the class', () => {
  const constants = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
  const accessors = [
    'binaryType',
    'bufferedAmount',
    'extensions',
    'isPaused',
    'onclose',
    'onerror',
    'onmessage',
    'onopen',
    'protocol',
    'readyState',
    'url',
  ];

  it('has the constants, with the descriptors of ws', () => {
    for (const name of constants) {
      for (const [own, theirs] of [
        [WebSocket, Ws],
        [WebSocket.prototype, Ws.prototype],
      ] as const) {
        const expected = Object.getOwnPropertyDescriptor(theirs, name);
        expect(expected).toMatchObject({ enumerable: true, writable: false, configurable: false });
        expect(Object.getOwnPropertyDescriptor(own, name)).toEqual(expected);
      }
    }
    expect(Object.values(ReadyState)).toEqual([0, 1, 2, 3]);
  });

  it('has the accessors on its prototype, enumerable and configurable, as ws', () => {
    const shape = (prototype: object) =>
      accessors.map((name) => {
        const { get, set, enumerable, configurable } =
          Object.getOwnPropertyDescriptor(prototype, name) ?? {};
        return { name, get: typeof get, set: typeof set, enumerable, configurable };
      });
    expect(shape(WebSocket.prototype)).toEqual(shape(Ws.prototype));
    expect(shape(WebSocket.prototype)[0]).toEqual({
      name: 'binaryType',
      get: 'function',
      set: 'function',
      enumerable: true,
      configurable: true,
    });
  });

  it('is an EventEmitter', () => {
    expect(new WebSocket(null)).toBeInstanceOf(EventEmitter);
  });

  it('shows what ws shows when its keys are listed on the prototype', () => {
    const names = (prototype: object) => Object.keys(prototype).sort();
    // `emitClose` and the like are methods and so not among them.
    const methods = ['addEventListener', 'removeEventListener'];
    expect(names(WebSocket.prototype)).toEqual(
      names(Ws.prototype).filter((name) => !methods.includes(name)),
    );
  });
});

describe('before it is open', () => {
  it('has the initial values of ws', () => {
    const values = implementations.map(({ create }) => {
      const websocket = create();
      const { binaryType, extensions, isPaused, protocol, readyState, url } = websocket;
      const { onopen, onmessage, onerror, onclose } = websocket;
      return { binaryType, extensions, isPaused, protocol, readyState, url, onopen, onmessage, onerror, onclose }; // prettier-ignore
    });
    expect(values[0]).toEqual(values[1]);
    expect(values[0]).toEqual({
      binaryType: 'nodebuffer',
      extensions: '',
      isPaused: false,
      protocol: '',
      readyState: 0,
      url: undefined,
      onopen: null,
      onmessage: null,
      onerror: null,
      onclose: null,
    });
    expect(new WebSocket(null).bufferedAmount).toBe(0);
  });

  it('sends nothing: send, ping and pong throw, whatever they are given', () => {
    for (const { create, name } of implementations) {
      const websocket = create();
      const message = 'WebSocket is not open: readyState 0 (CONNECTING)';
      for (const method of ['send', 'ping', 'pong'] as const) {
        expect(() => websocket[method]('x'), name).toThrow(new Error(message));
        expect(() => websocket[method]('x', () => {}), name).toThrow(message);
        expect(() => websocket[method](true as never), name).toThrow(message);
      }
      expect(websocket.readyState).toBe(0);
    }
  });

  it('does not pause', () => {
    for (const { create } of implementations) {
      const websocket = create();
      websocket.pause();
      expect(websocket.isPaused).toBe(false);
      websocket.resume();
    }
  });

  it.each(['close', 'terminate'] as const)('%s gives the opening up', async (method) => {
    const websocket = new WebSocket(null);
    const log: unknown[] = [];
    websocket.on('error', (error) => log.push(error.message, websocket.readyState));
    const closed = new Promise<void>((resolve) => {
      websocket.on('close', (code, reason) => {
        log.push(code, reason.length, websocket.readyState);
        resolve();
      });
    });
    websocket[method]();
    websocket[method]();
    expect(websocket.readyState).toBe(2);
    expect(log).toEqual([]);
    await closed;
    expect(log).toEqual([
      'WebSocket was closed before the connection was established',
      2,
      1006,
      0,
      3,
    ]);
  });

  it('counts what is sent after it failed to open, for ever', async () => {
    const websocket = new WebSocket(null);
    websocket.on('error', () => {});
    const closed = new Promise((resolve) => websocket.on('close', resolve));
    websocket.terminate();
    websocket.send('é');
    expect(websocket.bufferedAmount).toBe(2);
    await closed;
    websocket.ping(Buffer.alloc(3));
    websocket.send(new Blob(['blob']));
    expect(websocket.bufferedAmount).toBe(9);
  });

  it('has neither a socket nor a connection', () => {
    const websocket = new WebSocket(null);
    expect(socketOf(websocket)).toBeUndefined();
    expect(connectionOf(websocket)).toBeUndefined();
  });
});

describe('attach', () => {
  it('tells protocol and extensions from the open event on', async () => {
    const seen: unknown[] = [];
    const { websocket } = await openBench('server', {
      protocol: 'chat',
      extensions: 'permessage-deflate',
      prepare: (each) =>
        each.on('open', () => seen.push(each.protocol, each.extensions, each.readyState)),
    });
    expect(seen).toEqual(['chat', 'permessage-deflate', 1]);
    expect(websocket.url).toBeUndefined();
  });

  it('gives access to the socket and the connection', async () => {
    const [socket] = await tcpPair();
    const websocket = new WebSocket(null);
    expect(isAttached(socket)).toBe(false);
    websocket.attach(socket, noHead, { role: 'client' });
    expect(socketOf(websocket)).toBe(socket);
    expect(connectionOf(websocket)?.state).toBe(1);
    expect(isAttached(socket)).toBe(true);
    const closed = new Promise((resolve) => websocket.on('close', resolve));
    websocket.terminate();
    await closed;
    expect(isAttached(socket)).toBe(true);
    expect(socketOf(websocket)).toBe(socket);
  });

  it('throws on a WebSocket that is open, or was closed', async () => {
    const { websocket, closed } = await openBench('client');
    const [socket] = await tcpPair();
    const attach = (): void => websocket.attach(socket, noHead, { role: 'client' });
    expect(attach).toThrow('The WebSocket can not be attached: readyState 1 (OPEN)');
    websocket.terminate();
    await closed;
    expect(attach).toThrow('The WebSocket can not be attached: readyState 3 (CLOSED)');
    expect(isAttached(socket)).toBe(false);
    expect(socket.listenerCount('data')).toBe(0);
  });

  it('throws on a socket on which a WebSocket runs', async () => {
    const { websocket, socket, peer } = await openBench('client');
    const second = new WebSocket(null);
    expect(() => second.attach(socket, noHead, { role: 'client' })).toThrow(
      new Error('A WebSocket was attached to this socket before'),
    );
    expect(second.readyState).toBe(0);
    websocket.send('still here');
    expect(await peer.untilFrames(1)).toEqual(['masked 1: still here']);
  });

  it('throws on wrong arguments, and can be called again', async () => {
    const [socket] = await tcpPair();
    const websocket = new WebSocket(null);
    expect(() => websocket.attach(socket, noHead, { role: 'peer' as 'client' })).toThrow(TypeError);
    expect(() => websocket.attach(undefined as never, noHead, { role: 'client' })).toThrow(
      TypeError,
    );
    expect(() => websocket.attach(socket, undefined as never, { role: 'client' })).toThrow(
      TypeError,
    );
    expect(() => websocket.attach(socket, noHead, undefined as never)).toThrow(TypeError);
    for (const name of ['maxPayload', 'maxFragments', 'maxBufferedChunks']) {
      const options = { role: 'client', [name]: -1 } as const;
      expect(() => websocket.attach(socket, noHead, options)).toThrow(RangeError);
    }
    expect(websocket.readyState).toBe(0);
    expect(socketOf(websocket)).toBeUndefined();
    expect(socket.eventNames()).not.toContain('data');
    websocket.attach(socket, noHead, { role: 'client' });
    expect(websocket.readyState).toBe(1);
    websocket.terminate();
  });

  it('adds no listeners to the WebSocket', async () => {
    const [socket] = await tcpPair();
    const websocket = new WebSocket(null);
    websocket.attach(socket, noHead, { role: 'client' });
    expect(websocket.eventNames()).toEqual([]);
    websocket.terminate();
  });
});

describe.each(roles)('as a %s', (role) => {
  it.each([
    ['TCP', tcpPair],
    ['TLS', tlsPair],
  ])('talks with ws over %s', async (_name, pair) => {
    const [mine, theirs] = await pair();
    const [ours, ws] = implementations as [
      (typeof implementations)[0],
      (typeof implementations)[0],
    ];
    const websocket = ours.create();
    const other = ws.create();
    const log: string[] = [];
    const done = new Promise<void>((resolve) => {
      websocket.on('close', (code, reason) => {
        log.push(`we: close ${code} ${reason.toString()}`);
        resolve();
      });
    });
    const otherDone = new Promise<void>((resolve) => {
      other.on('close', (code, reason) => {
        log.push(`they: close ${code} ${reason.toString()}`);
        resolve();
      });
    });
    const big = Buffer.alloc(300_000, 'big ');
    websocket.on('message', (data, isBinary) => {
      log.push(`we: ${(data as Buffer).length} ${isBinary}`);
      if (isBinary) websocket.close(3000, 'enough');
    });
    other.on('message', (data, isBinary) => {
      log.push(`they: ${(data as Buffer).length} ${isBinary}`);
      expect(isBinary ? big.equals(data as Buffer) : true).toBe(true);
      other.send(data, { binary: isBinary });
    });
    ws.open(other, theirs, role === 'client' ? 'server' : 'client');
    ours.open(websocket, mine, role);
    websocket.send('text');
    websocket.send(big);
    await Promise.all([done, otherDone]);
    const of = (who: string): string[] => log.slice(0, 4).filter((each) => each.startsWith(who));
    expect(of('they')).toEqual(['they: 4 false', 'they: 300000 true']);
    expect(of('we')).toEqual(['we: 4 false', 'we: 300000 true']);
    expect(log.slice(4).sort()).toEqual(['they: close 3000 enough', 'we: close 3000 enough']);
  });
});
