/** The order in which an upgrade goes, who may take part in it, and who is told. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { open, start } from './support/servers.js';

describe.each(implementations)('$name', ({ Server, WebSocket }) => {
  it('goes through an upgrade in this order', async () => {
    const order: unknown[] = [];
    class Recording extends WebSocket {
      constructor(address: null, protocols?: undefined, options: object = {}) {
        super(address, protocols, options);
        order.push('constructed', [address, protocols, options === wss.options]);
        this.on('open', () => {
          order.push(
            `open, ${wss.clients.size} clients, ${this.protocol}, state ${this.readyState}`,
          );
        });
        this.on('close', () => order.push(`close of the class, ${wss.clients.size} clients`));
      }
    }
    const { wss, port } = await start(Server, {
      WebSocket: Recording,
      verifyClient: () => order.push('verifyClient') > 0,
      handleProtocols: (protocols) => {
        order.push('handleProtocols');
        return [...protocols][0] ?? '';
      },
    });
    wss.shouldHandle = () => order.push('shouldHandle') > 0;
    wss.on('headers', () => order.push('headers'));
    const closed = new Promise((resolve) => {
      wss.on('connection', (websocket) => {
        order.push(`connection, ${wss.clients.size} clients, ${websocket instanceof Recording}`);
        websocket.on('close', () => {
          order.push(`close, ${wss.clients.size} clients`);
          resolve(undefined);
        });
      });
    });
    const client = await open(port, { protocols: ['a', 'b'] });
    client.close();
    await closed;
    expect(order).toEqual([
      'shouldHandle',
      'verifyClient',
      'constructed',
      [null, undefined, true],
      'handleProtocols',
      'headers',
      'open, 0 clients, a, state 1',
      'connection, 1 clients, true',
      'close of the class, 1 clients',
      'close, 0 clients',
    ]);
  });

  it('takes a promise of shouldHandle for true', async () => {
    const { wss, port } = await start(Server);
    wss.shouldHandle = (() => Promise.resolve(false)) as never;
    const client = await open(port);
    expect(client.readyState).toBe(1);
  });

  it('calls handleUpgrade and completeUpgrade, so that both may be overridden', async () => {
    const calls: unknown[] = [];
    class Own extends Server {
      override handleUpgrade(...args: Parameters<WebSocketServer['handleUpgrade']>): void {
        calls.push(['handleUpgrade', args.length]);
        super.handleUpgrade(...args);
      }

      protected override completeUpgrade(
        ...args: Parameters<WebSocketServer['completeUpgrade']>
      ): void {
        const [extensions, key, protocols, request, , head] = args;
        calls.push([Object.keys(extensions), key.length, [...protocols]]);
        calls.push([request.url, head.length, args.length]);
        super.completeUpgrade(...args);
      }
    }
    const { wss, port } = await start(Own as typeof WebSocketServer, { perMessageDeflate: true });
    const connection = once(wss, 'connection');
    const client = await open(port, { protocols: ['a'], path: '/x' });
    await connection;
    expect(calls).toEqual([
      ['handleUpgrade', 4],
      [['permessage-deflate'], 24, ['a']],
      ['/x', 0, 7],
    ]);
    expect(client.extensions).toBe('permessage-deflate');
  });

  it('keeps no clients without client tracking', async () => {
    const { wss, port } = await start(Server, { clientTracking: false });
    const connection = once(wss, 'connection');
    await open(port);
    const [websocket] = (await connection) as [InstanceType<typeof WebSocket>];
    expect('clients' in wss).toBe(false);
    expect(websocket.listenerCount('close')).toBe(0);
    websocket.close();
    await once(websocket, 'close');
  });

  it('adds one listener to the events of a WebSocket that it tracks', async () => {
    const { wss, port } = await start(Server);
    const connection = once(wss, 'connection');
    await open(port);
    const [websocket] = (await connection) as [InstanceType<typeof WebSocket>];
    expect(websocket.eventNames()).toEqual(['close']);
    expect(websocket.listenerCount('close')).toBe(1);
    expect([...wss.clients]).toEqual([websocket]);
  });
});

describe('wrong use', () => {
  it('an upgrade without a callback', () => {
    const wss = new WebSocketServer({ noServer: true });
    const upgrade = wss.handleUpgrade.bind(wss) as (...args: unknown[]) => void;
    expect(() => upgrade({}, {}, Buffer.alloc(0))).toThrow(
      new TypeError('The callback of an upgrade must be a function, got undefined'),
    );
  });

  it('a callback of close that is no function', () => {
    const wss = new WebSocketServer({ noServer: true });
    expect(() => wss.close({} as never)).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' }),
    );
  });
});
