import { once } from 'node:events';
import { bytes, hex, rawClient, rawServer, type RawSocket } from '@hybi/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openingRequest } from '../src/opening-request.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';
import { listenWs } from '../src/ws-server.js';

const ping = '89 00';
const maskedPong = bytes('8a 80 00 00 00 00');

async function openRaw(port: number): Promise<RawSocket> {
  const raw = await rawClient(port);
  onTestFinished(() => raw.destroy());
  raw.send(openingRequest());
  expect(await raw.takeUntil('\r\n\r\n')).toMatch(/^HTTP\/1\.1 101 /);
  return raw;
}

describe.each(['server.mjs', 'server.cjs'])('heartbeat/%s', (program) => {
  const env = { INTERVAL_MS: '400' };

  it('cuts off who does not answer a ping, and nobody else', async () => {
    const example = runExample(`heartbeat/${program}`, { env });
    const port = await example.port();
    const client = await connectWs(`ws://127.0.0.1:${port}`);
    const answering = await openRaw(port);
    const silent = await openRaw(port);
    const [answeringPort, silentPort] = [answering.socket.localPort, silent.socket.localPort];

    const answer = async () => {
      for (let i = 0; i < 3; i++) {
        expect(hex(await answering.take(2))).toBe(ping);
        answering.send(maskedPong);
      }
    };
    const watch = async () => {
      expect(hex(await silent.take(2))).toBe(ping);
      // No second ping, and no close frame: it is not there to read one.
      expect(hex(await silent.closed())).toBe('');
      await example.lineMatching(new RegExp(`^closed: ${silentPort}, 1006$`));
    };
    await Promise.all([answer(), watch()]);
    expect(client.websocket.readyState).toBe(client.websocket.OPEN);
    expect(example.output().match(/^closed/gm)).toHaveLength(1);

    answering.destroy();
    await example.lineMatching(new RegExp(`^closed: ${answeringPort}, 1006$`));
    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect(example.errors()).toBe('');
  });

  it('cuts off a process that has stopped', async () => {
    const example = runExample(`heartbeat/${program}`, { env });
    const target = `ws://127.0.0.1:${await example.port()}`;
    const peer = runExample('heartbeat/client.mjs', { env: { TARGET: target } });
    await peer.lineMatching(/^open$/);
    const [, name] = await example.lineMatching(/^connected: (\d+)$/);

    process.kill(peer.pid, 'SIGSTOP');
    await example.lineMatching(new RegExp(`^closed: ${name}, 1006$`));

    process.kill(peer.pid, 'SIGCONT');
    await peer.lineMatching(/^closed: 1006$/);
    expect(await peer.exited).toEqual({ code: 0, signal: null });
    await example.stop();
  });

  it('ends while somebody does not answer', async () => {
    const example = runExample(`heartbeat/${program}`, { env });
    const silent = await openRaw(await example.port());
    await example.lineMatching(/^connected/);
    await example.stop();
    expect(hex(await silent.closed())).toContain('88 02 03 e9');
  });
});

describe.each(['client.mjs', 'client.cjs'])('heartbeat/%s', (program) => {
  it('stays as long as pings come, and ends when they stay away', async () => {
    const server = await listenWs();
    const example = runExample(`heartbeat/${program}`, {
      env: { TARGET: server.url, PATIENCE_MS: '600' },
    });
    const { websocket, closed } = await server.accept();
    await example.lineMatching(/^open$/);

    // For longer than its patience.
    const timer = setInterval(() => websocket.ping(), 50);
    for (let pongs = 0; pongs < 16; pongs++) await once(websocket, 'pong');
    expect(example.output()).toBe('open\n');

    clearInterval(timer);
    expect((await closed).code).toBe(1006);
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe('open\nno ping within 600 ms\nclosed: 1006\n');
    expect(example.errors()).toBe('');
  });

  it('notices that the process of the server has stopped', async () => {
    const server = runExample('heartbeat/server.mjs', { env: { INTERVAL_MS: '50' } });
    const example = runExample(`heartbeat/${program}`, {
      env: { TARGET: `ws://127.0.0.1:${await server.port()}`, PATIENCE_MS: '400' },
    });
    await example.lineMatching(/^open$/);
    process.kill(server.pid, 'SIGSTOP');
    await example.lineMatching(/^no ping within 400 ms$/);
    await example.lineMatching(/^closed: 1006$/);
    expect(await example.exited).toEqual({ code: 0, signal: null });
  });

  it('waits no longer for a server that never answers', async () => {
    const server = await rawServer();
    onTestFinished(() => server.close());
    const example = runExample(`heartbeat/${program}`, {
      env: { TARGET: `ws://127.0.0.1:${server.port}`, PATIENCE_MS: '200' },
    });
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe('closed: 1006\n');
    expect(example.errors()).toBe('Opening handshake has timed out\n');
  });

  it('ends when it is told to', async () => {
    const server = runExample('heartbeat/server.mjs');
    const example = runExample(`heartbeat/${program}`, {
      env: { TARGET: `ws://127.0.0.1:${await server.port()}` },
    });
    await example.lineMatching(/^open$/);
    await example.stop();
    expect(example.output()).toBe('open\nclosed: 1005\n');
    await server.stop();
  });
});
