import { randomBytes } from 'node:crypto';
import { rawServer } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import { runExample } from '../src/run-example.js';
import { listenWs } from '../src/ws-server.js';

describe.each(['streams.mjs', 'streams.cjs'])('%s', (file) => {
  it.each([0, 1, 3 * 1024 * 1024])('brings %d bytes there and back, and ends', async (length) => {
    const server = await listenWs();
    const example = runExample(file, { env: { TARGET: server.url }, stdin: 'pipe' });
    const { websocket } = await server.accept();
    websocket.on('message', (data, isBinary) => websocket.send(data, { binary: isBinary }));
    const sent = randomBytes(length);
    example.stdin.end(sent);
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.outputBytes().equals(sent)).toBe(true);
    expect(example.errors()).toBe('');
  });

  it('prints what comes while its input is open', async () => {
    const server = await listenWs();
    const example = runExample(file, { env: { TARGET: server.url }, stdin: 'pipe' });
    const peer = await server.accept();
    peer.send('a text\n');
    await example.lineMatching(/^a text$/);
    peer.send(Buffer.from('bytes\n'));
    await example.lineMatching(/^bytes$/);
    example.stdin.write('what is typed\n');
    expect(await peer.nextMessage()).toEqual(Buffer.from('what is typed\n'));
    example.stdin.end();
    expect((await peer.closed).code).toBe(1005);
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe('a text\nbytes\n');
  });

  it('ends when the server closes, though its input is open', async () => {
    const server = await listenWs();
    const example = runExample(file, { env: { TARGET: server.url }, stdin: 'pipe' });
    const peer = await server.accept();
    peer.send('the last words\n');
    peer.websocket.close(1000);
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect((await peer.closed).code).toBe(1000);
    expect(example.output()).toBe('the last words\n');
    expect(example.errors()).toBe('');
  });

  it('tells that there is no server', async () => {
    const gone = await rawServer();
    await gone.close();
    const TARGET = `ws://127.0.0.1:${gone.port}`;
    const example = runExample(file, { env: { TARGET }, stdin: 'pipe' });
    // It ends by itself, not by an error that nobody listens for.
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.errors()).toContain('ECONNREFUSED');
  });
});
