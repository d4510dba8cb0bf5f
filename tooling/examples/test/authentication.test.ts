import { once } from 'node:events';
import { connect } from 'node:net';
import { rawClient } from '@hybi/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { openingRequest } from '../src/opening-request.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';

const TOKEN = 'open-says-me';
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe.each(['mjs', 'cjs'])('authentication/server.%s', (form) => {
  const file = `authentication/server.${form}`;

  it('knows who talks', async () => {
    const example = runExample(file, { env: { TOKEN } });
    const port = await example.port();
    const client = await connectWs(`ws://127.0.0.1:${port}`, bearer(TOKEN));
    expect(await client.next()).toBe('Welcome, Alice');
    client.send('hello');
    await example.lineMatching(/hello/);

    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect(example.output()).toBe(`listening on ${port}\nAlice says: hello\n`);
    expect(example.errors()).toBe('');
  });

  it.each([
    ['a wrong token', bearer('open-says-you')],
    ['no token', {}],
    ['another scheme', { headers: { Authorization: `Basic ${TOKEN}` } }],
  ])('refuses %s with 401', async (_, options) => {
    const example = runExample(file, { env: { TOKEN } });
    const websocket = new WebSocket(`ws://127.0.0.1:${await example.port()}`, options);
    const [error] = (await once(websocket, 'error')) as [Error];
    expect(error.message).toBe('Unexpected server response: 401');
    await example.stop();
    expect(example.errors()).toBe('');
  });

  it('writes the whole answer, and closes the socket', async () => {
    const example = runExample(file, { env: { TOKEN } });
    const client = await rawClient(await example.port());
    onTestFinished(() => client.destroy());
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    expect(await client.takeUntil('\r\n\r\n')).toBe(
      [
        'HTTP/1.1 401 Unauthorized',
        'WWW-Authenticate: Bearer',
        'Connection: close',
        'Content-Length: 0',
        '\r\n',
      ].join('\r\n'),
    );
    expect(await client.closed()).toEqual(new Uint8Array());
    await example.stop();
  });

  it('does not wait for a stranger to close', async () => {
    const example = runExample(file, { env: { TOKEN } });
    const socket = connect({ port: await example.port(), allowHalfOpen: true });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.write(openingRequest());
    await once(socket.resume(), 'end');
    // A socket that is still there would keep it from ending.
    await example.stop();
  });
});

describe.each(['mjs', 'cjs'])('authentication/client.%s', (form) => {
  it('is let in with the right token', async () => {
    const server = runExample(`authentication/server.${form}`, { env: { TOKEN } });
    const env = { TARGET: `ws://127.0.0.1:${await server.port()}`, TOKEN };
    const client = runExample(`authentication/client.${form}`, { env });
    await server.lineMatching(/^Alice says: It is me$/);
    expect(await client.exited).toEqual({ code: 0, signal: null });
    expect(client.output()).toBe('received: Welcome, Alice\n');
    expect(client.errors()).toBe('');
    await server.stop();
  });

  it('tells that it was refused', async () => {
    const server = runExample(`authentication/server.${form}`, { env: { TOKEN } });
    const env = { TARGET: `ws://127.0.0.1:${await server.port()}`, TOKEN: 'wrong' };
    const client = runExample(`authentication/client.${form}`, { env });
    expect(await client.exited).toEqual({ code: 0, signal: null });
    expect(client.output()).toBe('refused: 401 Unauthorized\n');
    await server.stop();
  });
});
