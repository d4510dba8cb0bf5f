/**
 * Every way in which a stream can end, before its WebSocket is open, while it
 * is, while it closes and after: none leaves a listener, a timer or a socket.
 */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onceEvent } from '@hybi/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { implementations } from './support/implementations.js';
import type { Client } from './support/implementations.js';
import { openSockets, socketOf, socketsGone, startServer } from './support/sockets.js';
import type { TestServer } from './support/sockets.js';
import { TimerWatch } from './support/timers.js';

const [open, closing, closed] = [1, 2, 3];
const tooEarly = 'WebSocket was closed before the connection was established';

let server: TestServer;
let socketsBefore: number;
let timers: TimerWatch;
beforeEach(async () => {
  socketsBefore = openSockets();
  server = await startServer();
  timers = new TimerWatch();
});
afterEach(async () => {
  timers.end();
  await server.stop();
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function reached(client: Client, state: number | undefined): Promise<void> {
  while (client.readyState !== state) await turn();
}

/** A server that takes connections and says nothing, and its connections. */
async function silentServer(): Promise<{
  url: string;
  listener: Server;
  accept(): Promise<Socket>;
}> {
  const listener = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    listener,
    async accept() {
      const [socket] = await onceEvent<[Socket]>(listener, 'connection');
      // What it asks has to be there before it is told anything.
      await onceEvent(socket, 'data');
      return socket;
    },
  };
}

/** How a stream ended: the errors, and whether everything was written. */
interface Ending {
  readonly errors: readonly unknown[];
  readonly isFinished: boolean;
}

/** Waits until the stream is closed; call it before the ending begins. */
async function endingOf(stream: Duplex): Promise<Ending> {
  const errors: unknown[] = [];
  stream.on('error', (error) => errors.push(error));
  await new Promise((resolve) => stream.once('close', resolve));
  return { errors, isFinished: stream.writableFinished };
}

const finished: Ending = { errors: [], isFinished: true };
const cutOff: Ending = { errors: [], isFinished: false };
const failed = (error: unknown): Ending => ({ errors: [error], isFinished: false });

describe.each(implementations)('%s leaves nothing behind', (_name, { dial, createStream }) => {
  async function expectNothingLeft(client: Client): Promise<void> {
    expect(client.readyState).toBe(closed);
    expect(client.eventNames()).toEqual([]);
    const socket = socketOf(client) as Socket | null | undefined;
    expect(socket?.listenerCount('finish') ?? 0).toBe(0);
    await server.stop();
    await socketsGone(socketsBefore);
    expect(openSockets()).toBe(socketsBefore);
    expect(timers.running).toBe(0);
  }

  async function openStream(): Promise<{ client: Client; peer: WebSocket; stream: Duplex }> {
    const comes = server.nextPeer();
    const client = dial(server.url);
    const stream = createStream(client);
    const peer = await comes;
    await reached(client, open);
    return { client, peer, stream };
  }

  /** One whose own closing handshake the peer does not answer. */
  async function closingStream(): ReturnType<typeof openStream> {
    const opened = await openStream();
    opened.peer.pause();
    opened.stream.resume().end('x');
    await reached(opened.client, closing);
    // The one that limits the closing handshake: the watch sees what it has to see.
    expect(timers.running).toBeGreaterThan(0);
    return opened;
  }

  describe('before it is open', () => {
    const connectingStream = (url = server.url): { client: Client; stream: Duplex } => {
      const client = dial(url);
      const stream = createStream(client);
      return { client, stream };
    };

    it('end', async () => {
      const { client, stream } = connectingStream();
      const ends = endingOf(stream);
      stream.resume().end('x');
      expect(await ends).toEqual(finished);
      await expectNothingLeft(client);
    });

    it('destroy, with a write that waits', async () => {
      const { client, stream } = connectingStream();
      const ends = endingOf(stream);
      stream.write('x');
      stream.destroy();
      expect(await ends).toEqual(failed(expect.objectContaining({ message: tooEarly })));
      await expectNothingLeft(client);
    });

    it('destroy with an error', async () => {
      const { client, stream } = connectingStream();
      const ends = endingOf(stream);
      stream.destroy(new Error('enough'));
      const { errors } = await ends;
      expect(errors).toMatchObject([{ message: tooEarly }]);
      await expectNothingLeft(client);
    });

    it('a refusal, with a write that waits', async () => {
      server.server.options.verifyClient = () => false;
      const { client, stream } = connectingStream();
      const ends = endingOf(stream);
      const written = new Promise((resolve) => stream.write('x', resolve));
      const message = 'Unexpected server response: 401';
      expect(await ends).toEqual(failed(expect.objectContaining({ message })));
      expect(await written).toMatchObject({
        message: 'WebSocket is not open: readyState 3 (CLOSED)',
      });
      await expectNothingLeft(client);
    });

    it.each([
      ["the peer's close", (socket: Socket) => socket.end()],
      ["the peer's reset", (socket: Socket) => socket.resetAndDestroy()],
    ])('%s', async (_, leave) => {
      const silent = await silentServer();
      const comes = silent.accept();
      const { client, stream } = connectingStream(silent.url);
      const ends = endingOf(stream);
      stream.write('x', () => {});
      leave(await comes);
      expect(await ends).toEqual(failed(expect.objectContaining({ code: 'ECONNRESET' })));
      await new Promise((resolve) => silent.listener.close(resolve));
      await expectNothingLeft(client);
    });
  });

  describe('while it is open', () => {
    it('end', async () => {
      const { client, peer, stream } = await openStream();
      const peerCloses = onceEvent(peer, 'close');
      const ends = endingOf(stream);
      stream.resume().end('x');
      expect(await ends).toEqual(finished);
      expect(await peerCloses).toEqual([1005, Buffer.alloc(0)]);
      await expectNothingLeft(client);
    });

    it.each([
      ['destroy', undefined],
      ['destroy with an error', new Error('enough')],
    ])('%s', async (_, error) => {
      const { client, peer, stream } = await openStream();
      const peerCloses = onceEvent(peer, 'close');
      const ends = endingOf(stream);
      stream.destroy(error);
      expect(await ends).toEqual(error ? failed(error) : cutOff);
      expect(await peerCloses).toEqual([1006, Buffer.alloc(0)]);
      await expectNothingLeft(client);
    });

    it('an error of the WebSocket', async () => {
      const { client, peer, stream } = await openStream();
      const peerCloses = onceEvent(peer, 'close');
      const ends = endingOf(stream);
      socketOf(peer).write(Buffer.from('8500', 'hex'));
      const code = 'WS_ERR_INVALID_OPCODE';
      expect(await ends).toEqual(failed(expect.objectContaining({ code })));
      // Its close frame got out, so the stream did not terminate it.
      expect((await peerCloses)[0]).toBe(1002);
      await expectNothingLeft(client);
    });

    it("the peer's close", async () => {
      const { client, peer, stream } = await openStream();
      const ends = endingOf(stream);
      peer.close();
      await onceEvent(stream.resume(), 'end');
      stream.end();
      // Whether the socket had finished before it closed is up to the platform.
      expect((await ends).errors).toEqual([]);
      await expectNothingLeft(client);
    });

    it("the peer's reset", async () => {
      const { client, peer, stream } = await openStream();
      const ends = endingOf(stream);
      socketOf(peer).resetAndDestroy();
      await onceEvent(stream.resume(), 'end');
      stream.end();
      expect(await ends).toEqual(cutOff);
      await expectNothingLeft(client);
    });

    it('a signal that has fired before', async () => {
      const comes = server.nextPeer();
      const client = dial(server.url);
      await comes;
      await reached(client, open);
      const ends = endingOf(createStream(client, { signal: AbortSignal.abort() }));
      expect(await ends).toEqual(failed(expect.objectContaining({ name: 'AbortError' })));
      await expectNothingLeft(client);
    });
  });

  describe('while it closes', () => {
    it.each([
      ['destroy', undefined],
      ['destroy with an error', new Error('enough')],
    ])('%s', async (_, error) => {
      const { client, stream } = await closingStream();
      const ends = endingOf(stream);
      stream.destroy(error);
      expect((await ends).errors).toEqual(error ? [error] : []);
      await expectNothingLeft(client);
    });

    it("the peer's close", async () => {
      const { client, peer, stream } = await closingStream();
      const ends = endingOf(stream);
      peer.close(4000);
      peer.resume();
      expect(await ends).toEqual(finished);
      await expectNothingLeft(client);
    });

    it("the peer's reset", async () => {
      const { client, peer, stream } = await closingStream();
      const ends = endingOf(stream);
      socketOf(peer).resetAndDestroy();
      expect(await ends).toEqual(cutOff);
      await expectNothingLeft(client);
    });
  });

  describe('after it is closed', () => {
    async function closedStream(): ReturnType<typeof openStream> {
      const opened = await openStream();
      opened.peer.close();
      await onceEvent(opened.stream.resume(), 'end');
      expect(opened.client.readyState).toBe(closed);
      return opened;
    }

    it.each([
      ['destroy', undefined],
      ['destroy with an error', new Error('enough')],
    ])('%s', async (_, error) => {
      const { client, stream } = await closedStream();
      const ends = endingOf(stream);
      stream.destroy(error);
      expect((await ends).errors).toEqual(error ? [error] : []);
      await expectNothingLeft(client);
    });

    it('a write', async () => {
      const { client, stream } = await closedStream();
      const ends = endingOf(stream);
      stream.write('x');
      const message = 'WebSocket is not open: readyState 3 (CLOSED)';
      expect(await ends).toEqual(failed(expect.objectContaining({ message })));
      await expectNothingLeft(client);
    });

    it.each(['end', 'destroy'] as const)('%s of a stream that was made then', async (method) => {
      const { client, stream: first } = await openStream();
      first.destroy();
      await reached(client, closed);
      const stream = createStream(client);
      const ends = endingOf(stream);
      await onceEvent(stream.resume(), 'end');
      stream[method]();
      expect((await ends).errors).toEqual([]);
      await expectNothingLeft(client);
    });
  });
});
