/**
 * The same scenarios with our stream and with that of `ws`: events, their
 * order, the state in each, errors and chunks must be equal.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { Duplex, DuplexOptions } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebSocketStream as createOfWs, WebSocket } from 'ws';
import { createWebSocketStream } from '../src/node.js';
import { socketOf, startServer } from './support/sockets.js';
import type { TestServer } from './support/sockets.js';
import { Transcript } from './support/transcript.js';

type Create = (websocket: WebSocket, options?: DuplexOptions) => Duplex;
type Scenario = (create: Create, transcript: Transcript) => Promise<void>;

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

/** An open stream, watched, its WebSocket, and its peer. */
async function open(create: Create, transcript: Transcript, options?: DuplexOptions) {
  const { client, peer } = await server.connect();
  const stream = create(client, options);
  transcript.watch(stream);
  client.on('close', (code) => transcript.note(`websocket close ${code}`));
  return { client, peer, stream };
}

const scenarios: Record<string, Scenario> = {
  async 'reads binary and text messages'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    transcript.read(stream);
    peer.send(Buffer.from([1, 2, 3]));
    peer.send('gr\u00fc\u00df');
    peer.send('');
    peer.send(Buffer.alloc(100_000, 7));
    peer.close(1000);
    await transcript.until('end');
    stream.end();
    await transcript.until('close');
  },

  async 'reads with an encoding'(create, transcript) {
    const { peer, stream } = await open(create, transcript, { encoding: 'utf8' });
    transcript.read(stream);
    peer.send(Buffer.from([0xe2, 0x82]));
    peer.send(Buffer.from([0xac]));
    peer.close();
    await transcript.until('end');
    stream.end();
    await transcript.until('close');
  },

  async 'reads in object mode'(create, transcript) {
    const { peer, stream } = await open(create, transcript, { readableObjectMode: true });
    transcript.read(stream);
    for (const message of ['a', '', Buffer.from('a'), Buffer.alloc(0)]) peer.send(message);
    peer.close();
    await transcript.until('end');
    stream.end();
    await transcript.until('close');
  },

  async 'ignores options that it decides itself'(create, transcript) {
    const { peer, stream } = await open(create, transcript, {
      autoDestroy: true,
      emitClose: true,
      objectMode: true,
      writableObjectMode: true,
      read: () => transcript.note('read of the options'),
      write: () => transcript.note('write of the options'),
      final: () => transcript.note('final of the options'),
      destroy: () => transcript.note('destroy of the options'),
    });
    transcript.note(`object mode ${stream.readableObjectMode} ${stream.writableObjectMode}`);
    transcript.read(stream);
    peer.on('message', (data) => peer.send(data));
    stream.write('x', transcript.callback('write'));
    await transcript.until('data');
    stream.end();
    await transcript.until('close');
  },

  async 'keeps the high water marks of the options'(create, transcript) {
    const { stream } = await open(create, transcript, {
      readableHighWaterMark: 5,
      writableHighWaterMark: 6,
      allowHalfOpen: false,
    });
    transcript.note(`${stream.readableHighWaterMark} ${stream.writableHighWaterMark}`);
    transcript.note(`write ${stream.write('12345')} ${stream.write('6')}`);
    stream.destroy();
    await transcript.until('close');
  },

  async 'writes strings as binary messages'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    peer.on('message', (data, isBinary) => transcript.note(`peer ${String(data)} ${isBinary}`));
    stream.write('a', transcript.callback('write'));
    await transcript.until('peer');
    stream.write('6162', 'hex', transcript.callback('hex'));
    await transcript.until('peer ab');
    stream.destroy();
    await transcript.until('close');
  },

  async 'writes strings as text without decodeStrings'(create, transcript) {
    const { peer, stream } = await open(create, transcript, { decodeStrings: false });
    peer.on('message', (data, isBinary) => transcript.note(`peer ${String(data)} ${isBinary}`));
    stream.write('a', transcript.callback('write'));
    await transcript.until('peer a');
    stream.write(Buffer.from('b'), transcript.callback('write'));
    await transcript.until('peer b');
    stream.destroy();
    await transcript.until('close');
  },

  async 'ends by itself'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    transcript.read(stream);
    peer.on('close', (code) => transcript.note(`peer close ${code}`));
    stream.end('last', transcript.callback('end called'));
    await transcript.until('close');
    await transcript.until('peer close');
    transcript.lines.sort(byPeer);
  },

  async 'half-closes when the peer closes'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    stream.resume();
    peer.close(4000, 'bye');
    await transcript.until('end');
    stream.end();
    await transcript.until('close');
  },

  async 'finishes before it is read to the end'(create, transcript) {
    const { client, peer, stream } = await open(create, transcript);
    peer.send('foo');
    peer.close();
    client.on('close', () => stream.end());
    stream.on('finish', () => transcript.read(stream));
    await transcript.until('close');
  },

  async 'closes both ways without half-open'(create, transcript) {
    const { peer, stream } = await open(create, transcript, { allowHalfOpen: false });
    stream.resume();
    peer.close();
    await transcript.until('close');
  },

  async 'is destroyed'(create, transcript) {
    const { stream } = await open(create, transcript);
    stream.destroy();
    await transcript.until('close');
  },

  async 'is destroyed with an error'(create, transcript) {
    const { stream } = await open(create, transcript);
    stream.write('x', transcript.callback('write'));
    stream.destroy(new Error('enough'));
    await transcript.until('close');
  },

  async 'is destroyed after its end'(create, transcript) {
    const { stream } = await open(create, transcript);
    stream.end();
    stream.destroy();
    await transcript.until('close');
  },

  async 'is destroyed when the WebSocket is closed already'(create, transcript) {
    const { client, peer, stream } = await open(create, transcript);
    client.on('close', () => stream.destroy(new Error('late')));
    peer.close();
    await transcript.until('close');
  },

  async 'is destroyed by a signal'(create, transcript) {
    const controller = new AbortController();
    await open(create, transcript, { signal: controller.signal });
    controller.abort(new Error('aborted'));
    await transcript.until('close');
  },

  async 'is destroyed while connecting'(create, transcript) {
    const stream = create(server.dial());
    transcript.watch(stream);
    stream.destroy();
    await transcript.until('close');
  },

  async 'is destroyed with an error while connecting'(create, transcript) {
    const stream = create(server.dial());
    transcript.watch(stream);
    stream.destroy(new Error('enough'));
    await transcript.until('close');
  },

  async 'ends while connecting'(create, transcript) {
    const stream = create(server.dial());
    transcript.watch(stream);
    stream.resume().end();
    await transcript.until('close');
  },

  async 'writes and ends while connecting'(create, transcript) {
    const comes = server.nextPeer();
    const stream = create(server.dial());
    transcript.watch(stream);
    transcript.read(stream);
    stream.write('one', transcript.callback('write one'));
    stream.write('two', transcript.callback('write two'));
    stream.end();
    const received: string[] = [];
    const peer = await comes;
    peer.on('message', (data) => void received.push(String(data)));
    await transcript.until('close');
    transcript.note(received.join());
  },

  async 'fails with the handshake'(create, transcript) {
    await refused(async (url) => {
      const stream = create(new WebSocket(url));
      transcript.watch(stream);
      await transcript.until('close');
    });
  },

  async 'fails with the handshake after its end'(create, transcript) {
    await refused(async (url) => {
      const stream = create(new WebSocket(url));
      transcript.watch(stream);
      stream.end();
      await transcript.until('close');
    });
  },

  async 'fails with the handshake while it ends'(create, transcript) {
    await refused(async (url) => {
      const client = new WebSocket(url);
      const stream = create(client);
      transcript.watch(stream);
      client.once('error', () => stream.end());
      await transcript.until('close');
    });
  },

  async 'fails with the WebSocket'(create, transcript) {
    const { client, peer, stream } = await open(create, transcript);
    transcript.read(stream);
    peer.on('close', (code) => transcript.note(`peer close ${code}`));
    client.on('error', () => transcript.note('websocket error'));
    socketOf(peer).write(Buffer.from('8101418500', 'hex'));
    await transcript.until('close');
    await transcript.until('peer close');
    transcript.lines.sort(byPeer);
  },

  async 'tells of an error that comes while it is destroyed'(create, transcript) {
    const compressing = await startServer({ perMessageDeflate: { threshold: 0 } });
    const peerComes = compressing.nextPeer();
    const client = compressing.dial();
    const stream = create(client);
    transcript.watch(stream);
    client.once('open', () => {
      socketOf(client).once('data', () => {
        transcript.note('destroy');
        stream.destroy();
      });
    });
    // Invalid compressed data: its error comes a thread's trip after it arrived.
    socketOf(await peerComes).write(Buffer.from('c2040ee30f00', 'hex'));
    await transcript.until('close');
    await compressing.stop();
  },

  async 'refuses binary data in another form'(create, transcript) {
    const { client, peer, stream } = await open(create, transcript);
    client.binaryType = 'arraybuffer';
    transcript.read(stream);
    peer.send(Buffer.from([1]));
    await transcript.until('close');
  },

  async 'fails to write while the WebSocket closes'(create, transcript) {
    const { client, stream } = await open(create, transcript);
    client.close();
    stream.write('x', transcript.callback('write'));
    await transcript.until('close');
  },

  async 'fails to write after the WebSocket closed'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    stream.resume();
    peer.close();
    await transcript.until('end');
    stream.write('x', transcript.callback('write'));
    await transcript.until('close');
  },

  async 'fails to write after its end'(create, transcript) {
    const { stream } = await open(create, transcript);
    stream.resume().end();
    stream.write('x', transcript.callback('write'));
    await transcript.until('close');
  },

  async 'sees the end when the peer is gone'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    stream.resume();
    socketOf(peer).resetAndDestroy();
    await transcript.until('end');
  },

  async 'finishes when the peer ends without a close frame'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    stream.resume();
    socketOf(peer).end();
    await transcript.until('end');
    stream.end();
    await transcript.until('close');
  },

  async 'is piped to an end'(create, transcript) {
    const { peer, stream } = await open(create, transcript);
    peer.send('in');
    peer.close();
    pipeline(stream, stream, transcript.callback('pipeline'));
    await transcript.until('close');
  },

  async 'pauses the WebSocket and goes on'(create, transcript) {
    const { client, peer, stream } = await open(create, transcript, { readableHighWaterMark: 4 });
    client.on('message', (data) => transcript.note(`got ${String(data)}, ${client.isPaused}`));
    peer.send('abc');
    peer.send('d');
    await transcript.until('got d');
    transcript.note(`read ${String(stream.read())}, ${client.isPaused}`);
    peer.send('e');
    await transcript.until('got e');
    stream.destroy();
    await transcript.until('close');
  },
};

/** The peer is another program: what it notes has no place among our events. */
function byPeer(one: string, other: string): number {
  return Number(one.startsWith('peer')) - Number(other.startsWith('peer'));
}

async function refused(run: (url: string) => Promise<void>): Promise<void> {
  const http = createServer().on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  await run(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  await new Promise((resolve) => http.close(resolve));
}

describe('the stream of ws and ours', () => {
  for (const [name, scenario] of Object.entries(scenarios)) {
    it(name, async () => {
      const theirs = new Transcript();
      await scenario(createOfWs, theirs);
      const ours = new Transcript();
      await scenario(createWebSocketStream, ours);
      expect(ours.lines).toEqual(theirs.lines);
      expect(ours.lines).not.toEqual([]);
    });
  }
});
