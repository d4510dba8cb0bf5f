/** The option `maxContextMemory`: what clients are told once the memory of contexts is used up. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { ServerOptions } from '../src/index.js';
import { WebSocketServer } from '../src/index.js';
import { dial, open, start } from './support/servers.js';

const noTakeover = 'server_no_context_takeover; client_no_context_takeover';
/** What a client at the defaults may need: 8 KiB to compress for it, 32 KiB to inflate from it. */
const contextBytes = 40 * 1024;

function limited(maxContextMemory: number, more: ServerOptions = {}): ServerOptions {
  return { perMessageDeflate: { maxContextMemory, ...(more.perMessageDeflate as object) } };
}

/** Connects, and tells what was agreed behind the name of the extension. */
async function agree(port: number, more = {}): Promise<[client: WebSocket, parameters: string]> {
  const client = dial(port, more);
  const [[response]] = await Promise.all([once(client, 'upgrade'), once(client, 'open')]);
  const { headers } = response as { headers: Record<string, string> };
  const [, ...parameters] = (headers['sec-websocket-extensions'] ?? '').split('; ');
  return [client, parameters.join('; ')];
}

describe('maxContextMemory', () => {
  it('agrees on no context takeover where the memory of two clients is used up', async () => {
    const { port } = await start(WebSocketServer, limited(2 * contextBytes));
    for (const expected of ['', '', noTakeover, noTakeover]) {
      const [, parameters] = await agree(port);
      expect(parameters).toBe(expected);
    }
  });

  it('has the memory of a client again when it has left', async () => {
    const { wss, port } = await start(WebSocketServer, limited(contextBytes));
    for (let round = 0; round < 3; round++) {
      const accepted = once(wss, 'connection');
      const [client, parameters] = await agree(port);
      expect(parameters).toBe('');
      const [websocket] = (await accepted) as [WebSocket];
      client.terminate();
      await once(websocket, 'close');
    }
  });

  it('has the memory of a client again that was not let in', async () => {
    const { wss, port, server } = await start(WebSocketServer, {
      ...limited(contextBytes),
      verifyClient: ({ req }) => req.url === '/in',
    });
    const refused = dial(port, { path: '/out' });
    const closed = once(server, 'connection').then(([socket]) => once(socket as never, 'close'));
    await once(refused, 'error');
    await closed;
    expect(wss.clients.size).toBe(0);
    const [, parameters] = await agree(port, { path: '/in' });
    expect(parameters).toBe('');
  });

  it('has the memory of a client again for which the options were wrong', async () => {
    const { wss, port } = await start(WebSocketServer, limited(contextBytes));
    wss.on('wsClientError', (_error, socket) => socket.destroy());
    const options = wss.options.perMessageDeflate as { maxSyncBytes?: number };
    options.maxSyncBytes = -1;
    await once(dial(port), 'error');
    options.maxSyncBytes = 0;
    expect((await agree(port))[1]).toBe('');
  });

  it('counts only what is agreed: a small window, or one direction', async () => {
    const { port } = await start(
      WebSocketServer,
      limited(1024 + 512, {
        perMessageDeflate: { serverMaxWindowBits: 9, clientMaxWindowBits: 10 },
      }),
    );
    const windows = 'client_max_window_bits=10; server_max_window_bits=9';
    expect((await agree(port))[1]).toBe(windows);
    const [, parameters] = await agree(port);
    expect(parameters.split('; ').sort()).toEqual(
      [...windows.split('; '), ...noTakeover.split('; ')].sort(),
    );
  });

  it('takes nothing from clients without compression', async () => {
    const { port } = await start(WebSocketServer, limited(contextBytes));
    await open(port, { perMessageDeflate: false });
    expect((await agree(port))[1]).toBe('');
  });

  it('still carries the messages of all', async () => {
    const { wss, port } = await start(WebSocketServer, limited(contextBytes));
    wss.on('connection', (websocket) => {
      websocket.on('message', (data, isBinary) => {
        websocket.send(data, { binary: isBinary });
      });
    });
    const clients = [await open(port), await open(port), await open(port)];
    for (const text of ['first', 'second', 'x'.repeat(100_000)]) {
      for (const client of clients) {
        client.send(text);
        const [data] = (await once(client, 'message')) as [Buffer];
        expect(data.toString()).toBe(text);
      }
    }
  });

  it.each([
    ['maxSyncBytes', -1],
    ['idleTimeout', Number.NaN],
  ])('has a neighbour %s that refuses %s', (name, value) => {
    const perMessageDeflate = { [name]: value };
    expect(() => new WebSocketServer({ noServer: true, perMessageDeflate })).toThrow(
      new RangeError(`The "${name}" option must be 0 or a positive number, got ${value}`),
    );
  });

  it.each([-1, Number.NaN])('refuses %s', (maxContextMemory) => {
    expect(() => new WebSocketServer({ noServer: true, ...limited(maxContextMemory) })).toThrow(
      new RangeError(`The memory of contexts must be 0 or more bytes, got ${maxContextMemory}`),
    );
  });
});
