import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket as OurWebSocket } from '../src/index.js';
import type { OpeningError } from '../src/index.js';
import { answeringServer, redirectTo, switching } from './support/answering-server.js';
import { clients } from './support/clients.js';
import { failure, record } from './support/record.js';

describe.each(clients)('the handshake timeout, %s', (_, WebSocket) => {
  const timedOut = failure('Opening handshake has timed out');
  const handshakeTimeout = 30;

  it('ends the wait for an answer', async () => {
    const server = await answeringServer(() => {});
    expect(await record(new WebSocket(server.url, { handshakeTimeout })).closed).toEqual(timedOut);
    await server.idle();
  });

  it('ends the wait for TLS', async () => {
    const server = await answeringServer(() => {});
    const url = server.url.replace('ws:', 'wss:');
    expect(await record(new WebSocket(url, { handshakeTimeout })).closed).toEqual(timedOut);
    await server.idle();
  });

  it('starts anew with each redirect', async () => {
    const server = await answeringServer(({ index }) => (index < 2 ? redirectTo('/') : undefined));
    const options = { handshakeTimeout, followRedirects: true };
    expect(await record(new WebSocket(server.url, options)).closed).toEqual(timedOut);
    expect(server.exchanges).toHaveLength(3);
    await server.idle();
  });

  it('is over once the connection is open', async () => {
    const server = await answeringServer((exchange) => switching(exchange));
    let request!: ClientRequest;
    const websocket = new WebSocket(server.url, {
      handshakeTimeout: 5000,
      finishRequest: (each) => {
        request = each;
        each.end();
      },
    });
    await once(websocket, 'open');
    expect(request.socket?.timeout).toBe(0);
    const { closed } = record(websocket);
    websocket.terminate();
    expect(await closed).toEqual([['close', 3, 1006, '']]);
  });
});

it('a timeout that comes too late changes nothing', async () => {
  const server = await answeringServer(() => {});
  let request!: ClientRequest;
  const websocket = new OurWebSocket(server.url, {
    handshakeTimeout: 5000,
    finishRequest: (each) => {
      request = each;
    },
  });
  const { closed } = record(websocket);
  websocket.close();
  request.emit('timeout');
  expect(await closed).toEqual(
    failure('WebSocket was closed before the connection was established'),
  );
});

describe('the handshake deadline', () => {
  it('ends an answer that trickles, which no idle timeout does', async () => {
    const server = await answeringServer(({ socket }) => {
      const trickle = setInterval(() => socket.write('a'), 5);
      socket.on('close', () => clearInterval(trickle));
      return 'HTTP/1.1 101 Switching Protocols\r\nA: ';
    });
    const options = { handshakeDeadline: 60, handshakeTimeout: 40 };
    const websocket = new OurWebSocket(server.url, options);
    const { closed } = record(websocket);
    const errors: OpeningError[] = [];
    websocket.on('error', (error) => errors.push(error as OpeningError));
    expect(await closed).toEqual(failure('Opening handshake has timed out'));
    expect(errors[0]?.code).toBe('WS_ERR_HANDSHAKE_TIMEOUT');
    await server.idle();
  });

  it('counts over redirects', async () => {
    const server = await answeringServer(({ socket, index }) => {
      setTimeout(() => socket.write(redirectTo(`/${index}`)), 5);
    });
    const options = { handshakeDeadline: 60, followRedirects: true, maxRedirects: Infinity };
    const { closed } = record(new OurWebSocket(server.url, options));
    expect(await closed).toEqual(failure('Opening handshake has timed out'));
    expect(server.exchanges.length).toBeGreaterThan(1);
    await server.idle();
  });

  it('is over once the connection is open', async () => {
    const server = await answeringServer((exchange) => switching(exchange));
    const set = vi.spyOn(globalThis, 'setTimeout');
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const websocket = new OurWebSocket(server.url, { handshakeDeadline: 12_345 });
    const call = set.mock.calls.findIndex(([, delay]) => delay === 12_345);
    const timer = set.mock.results[call]?.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(false);
    await once(websocket, 'open');
    expect(clear).toHaveBeenCalledWith(timer);
    const { closed } = record(websocket);
    websocket.terminate();
    await closed;
  });
});
