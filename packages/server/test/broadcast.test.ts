/** One message to all clients; the peers are those of the npm package `ws`. */
import { once } from 'node:events';
import { DeflateCodec } from '@hybi/permessage-deflate/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as ws from 'ws';
import { broadcast, PreparedMessage, WebSocket, WebSocketServer } from '../src/index.js';
import type { BroadcastData, ServerOptions } from '../src/index.js';
import { answerHead, openingRequest } from './support/requests.js';
import { connect, open, startOnPort } from './support/servers.js';

afterEach(() => vi.restoreAllMocks());

interface Peer {
  client: ws.WebSocket;
  /** The server's side of it. */
  websocket: WebSocket;
  /** What has arrived, text as text and bytes as hex. */
  received: string[];
}

type Offer = boolean | ws.PerMessageDeflateOptions;

async function setUp(offers: readonly Offer[], options: ServerOptions = {}) {
  const { wss, port } = await startOnPort(WebSocketServer, options);
  const peers: Peer[] = [];
  for (const perMessageDeflate of offers) {
    const accepted = once(wss, 'connection') as Promise<[WebSocket]>;
    const client = await open(port, { perMessageDeflate });
    const [websocket] = await accepted;
    const received: string[] = [];
    client.on('message', (data: Buffer, isBinary) => {
      received.push(isBinary ? data.toString('hex') : data.toString());
    });
    peers.push({ client, websocket, received });
  }
  return { wss, port, peers };
}

/** Waits until all that was sent to the peers before has arrived. */
async function settle(peers: readonly Peer[]): Promise<void> {
  await Promise.all(
    peers.map(async ({ client, websocket }) => {
      const pinged = once(client, 'ping');
      websocket.ping();
      await pinged;
    }),
  );
}

describe('broadcast', () => {
  it('sends to all that are open, and says to how many', async () => {
    const { wss, peers } = await setUp([false, false, false]);
    expect(wss.broadcast('to three')).toBe(3);
    await settle(peers);
    peers[0]!.websocket.close();
    expect(wss.clients.size).toBe(3);
    expect(wss.broadcast('to two')).toBe(2);
    await settle(peers.slice(1));
    expect(peers.map(({ received }) => received)).toEqual([
      ['to three'],
      ['to three', 'to two'],
      ['to three', 'to two'],
    ]);
  });

  it('takes what send takes', async () => {
    const { wss, peers } = await setUp([false]);
    const view = new Uint16Array([0x4241, 0x4443]);
    const data: BroadcastData[] = [
      ...['text', 5, Buffer.from('b'), view, view.buffer, [1, 2]],
      ...[new PreparedMessage('c'), new PreparedMessage(Buffer.from('d'))],
    ];
    for (const each of data) wss.broadcast(each);
    await settle(peers);
    expect(peers[0]?.received).toEqual([
      'text',
      '5',
      '62',
      '41424344',
      '41424344',
      '0102',
      'c',
      '64',
    ]);
  });

  it('sends as text or binary what is to be sent so', async () => {
    const { wss, peers } = await setUp([false]);
    wss.broadcast('A', { binary: true });
    wss.broadcast(Buffer.from('B'), { binary: false });
    wss.broadcast(new PreparedMessage('C'), { binary: true });
    wss.broadcast('D', { binary: undefined, compress: undefined, except: undefined });
    await settle(peers);
    expect(peers[0]?.received).toEqual(['41', 'B', '43', 'D']);
  });

  it('leaves out one client, or several', async () => {
    const { wss, peers } = await setUp([false, false, false]);
    const [a, b, c] = peers.map(({ websocket }) => websocket);
    expect(wss.broadcast('1', { except: a! })).toBe(2);
    expect(wss.broadcast('2', { except: [a!, b!] })).toBe(1);
    expect(wss.broadcast('3', { except: new Set([c!]) })).toBe(2);
    expect(wss.broadcast('4', { except: wss.clients })).toBe(0);
    await settle(peers);
    expect(peers.map(({ received }) => received.join(''))).toEqual(['3', '13', '12']);
  });

  it('sends to other clients than those of a server, as a function', async () => {
    const { peers } = await setUp([false, false, false]);
    const room = new Set(peers.slice(1).map(({ websocket }) => websocket));
    expect(broadcast(room, 'to the room')).toBe(2);
    expect(broadcast(room, '!', { except: peers[1]!.websocket })).toBe(1);
    await settle(peers);
    expect(peers.map(({ received }) => received.join(''))).toEqual([
      '',
      'to the room',
      'to the room!',
    ]);
  });

  it('refuses what it can not send, before anything is sent', async () => {
    const { wss, peers } = await setUp([false]);
    expect(() => wss.broadcast(new Blob(['a']) as never)).toThrow(TypeError);
    expect(() => wss.broadcast({} as never)).toThrow(TypeError);
    expect(() => wss.broadcast('a', { except: 'b' as never })).toThrow(
      new TypeError('"except" must be a WebSocket or several, got b'),
    );
    expect(() => wss.broadcast('a', { except: null as never })).toThrow(TypeError);
    await settle(peers);
    expect(peers[0]?.received).toEqual([]);
  });

  it('needs to know the clients', () => {
    const wss = new WebSocketServer({ noServer: true, clientTracking: false });
    expect(() => wss.broadcast('a')).toThrow('broadcast() needs the option "clientTracking"');
  });

  it('sends by the method of the client, which a subclass may have overridden', async () => {
    const sent: unknown[] = [];
    class Own extends WebSocket {
      override send(...values: Parameters<WebSocket['send']>): void {
        sent.push(values[0]);
        super.send(...values);
      }
    }
    const { wss, peers } = await setUp([false], { WebSocket: Own });
    const message = new PreparedMessage('a');
    wss.broadcast(message);
    await settle(peers);
    expect(sent).toEqual([message]);
    expect(peers[0]?.received).toEqual(['a']);
  });
});

describe('compression', () => {
  const offers: Offer[] = [
    ...[true, true, { serverNoContextTakeover: true }],
    ...[{ serverMaxWindowBits: 10 }, { serverMaxWindowBits: 10, serverNoContextTakeover: true }],
    false,
  ];

  it.each([2000, 200_000])('happens once for each window: %d bytes', async (size) => {
    const encodeApart = vi.spyOn(DeflateCodec.prototype, 'encodeApart');
    const encode = vi.spyOn(DeflateCodec.prototype, 'encode');
    const { wss, peers } = await setUp(offers, { perMessageDeflate: true });
    const text = 'hybi '.repeat(size / 5);
    expect(wss.broadcast(text)).toBe(6);
    expect(wss.clients.values().next().value!.bufferedAmount > 0).toBe(size > 16_384);
    await settle(peers);
    expect(peers.every(({ received }) => received[0] === text)).toBe(true);
    expect(encodeApart).toHaveBeenCalledTimes(2);
    expect(encode).not.toHaveBeenCalled();
  });

  it('can be declined, and is left out below the threshold', async () => {
    const encodeApart = vi.spyOn(DeflateCodec.prototype, 'encodeApart');
    const { wss, peers } = await setUp([true], { perMessageDeflate: { threshold: 100 } });
    wss.broadcast('a'.repeat(100), { compress: false });
    wss.broadcast('b'.repeat(99));
    await settle(peers);
    expect(encodeApart).not.toHaveBeenCalled();
    wss.broadcast('c'.repeat(100));
    await settle(peers);
    expect(encodeApart).toHaveBeenCalledTimes(1);
    expect(peers[0]?.received.map((text) => text.length)).toEqual([100, 99, 100]);
  });

  it('has these bytes on the wire, the same for all', async () => {
    const { wss, port } = await startOnPort(WebSocketServer, {
      perMessageDeflate: { threshold: 0 },
    });
    const headers = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };
    const sockets = [await connect(port), await connect(port)];
    for (const socket of sockets) {
      const accepted = once(wss, 'connection');
      socket.send(openingRequest({ headers }));
      await answerHead(socket);
      await accepted;
    }
    const [first] = wss.clients;
    wss.broadcast('Hello');
    first?.send('Hello');
    wss.broadcast('Hello');
    first?.send('Hello');
    // RFC 7692 §7.2.3.1; and a reference of 5 bytes to 5 bytes before, which is in both windows.
    const apart = 'c107f248cdc9c90700';
    const bytes = async (socket: (typeof sockets)[0], length: number): Promise<string> =>
      Buffer.from(await socket.take(length)).toString('hex');
    expect(await bytes(sockets[0]!, 9 + 9 + 9 + 6)).toBe(`${apart}${apart}${apart}c10402130000`);
    expect(await bytes(sockets[1]!, 18)).toBe(apart + apart);
  });

  it('goes on for the others when a client ends in the midst', async () => {
    const { wss, peers } = await setUp([true, true, true], { perMessageDeflate: true });
    const text = 'hybi '.repeat(100_000);
    wss.broadcast(text);
    peers[0]?.websocket.terminate();
    peers[1]?.websocket.close();
    peers[1]?.client.on('error', () => {});
    await settle(peers.slice(2));
    expect(peers[2]?.received).toEqual([text]);
    wss.broadcast(text);
    await settle(peers.slice(2));
    expect(peers[2]?.received).toEqual([text, text]);
  });

  it('waits for the last fragment of a message', async () => {
    const { wss, peers } = await setUp([true, false], { perMessageDeflate: true });
    const text = 'hybi '.repeat(1000);
    for (const { websocket } of peers) websocket.send('one ', { fin: false });
    wss.broadcast(text);
    for (const { websocket } of peers) {
      expect(websocket.bufferedAmount).toBeGreaterThanOrEqual(text.length);
      websocket.send('two', { fin: true });
      websocket.send('three');
    }
    await settle(peers);
    for (const { received } of peers) expect(received).toEqual(['one two', text, 'three']);
  });
});
