/** The 101 answer, byte for byte, and who may have a say in it. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from '../src/index.js';
import type { ServerOptions } from '../src/index.js';
import { implementations } from './support/implementations.js';
import {
  accept,
  accepted,
  answerHead,
  openingRequest,
  refused,
  untilClosed,
} from './support/requests.js';
import { connect, start } from './support/servers.js';

const asks = (protocols: string) => ({ headers: { 'Sec-WebSocket-Protocol': protocols } });

describe.each(implementations)('$name', ({ Server }) => {
  async function answerTo(request: string, options: ServerOptions = {}): Promise<string> {
    const { port } = await start(Server, options);
    const client = await connect(port);
    client.send(request);
    return answerHead(client);
  }

  it('has these lines and no others', async () => {
    expect(await answerTo(openingRequest())).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
    );
  });

  it('is the same for version 8, and for an Upgrade header in other case', async () => {
    const headers = { 'Sec-WebSocket-Version': '8', Upgrade: 'WebSocket' };
    expect(await answerTo(openingRequest({ headers }))).toBe(accepted());
  });

  it('takes the version as a number', async () => {
    const headers = { 'Sec-WebSocket-Version': '0x0d' };
    expect(await answerTo(openingRequest({ headers }))).toBe(accepted());
  });

  it('names the first subprotocol that the client asks for', async () => {
    expect(await answerTo(openingRequest(asks('b, a')))).toBe(
      accepted('Sec-WebSocket-Protocol: b'),
    );
  });

  it('puts the subprotocol before the extensions', async () => {
    const headers = {
      'Sec-WebSocket-Extensions': 'permessage-deflate',
      'Sec-WebSocket-Protocol': 'a',
    };
    expect(await answerTo(openingRequest({ headers }), { perMessageDeflate: true })).toBe(
      accepted('Sec-WebSocket-Protocol: a', 'Sec-WebSocket-Extensions: permessage-deflate'),
    );
  });

  it('asks handleProtocols with a Set and the request, as a method of the options', async () => {
    const calls: unknown[][] = [];
    const options: ServerOptions = {
      handleProtocols(...args) {
        calls.push([this === wss.options, ...args]);
        return 'c';
      },
    };
    const { wss, server, port } = await start(Server, options);
    const upgrade = once(server, 'upgrade') as Promise<[IncomingMessage]>;
    const client = await connect(port);
    client.send(openingRequest(asks('a, b')));
    expect(await answerHead(client)).toBe(accepted('Sec-WebSocket-Protocol: c'));
    expect(calls).toEqual([[true, new Set(['a', 'b']), (await upgrade)[0]]]);
    expect([...wss.clients].map(({ protocol }) => protocol)).toEqual(['c']);
  });

  it.each([false, '', undefined, null])(
    'names none if handleProtocols returns %j',
    async (none) => {
      const { wss, port } = await start(Server, { handleProtocols: () => none as false });
      const client = await connect(port);
      client.send(openingRequest(asks('a')));
      expect(await answerHead(client)).toBe(accepted());
      expect([...wss.clients].map(({ protocol }) => protocol)).toEqual(['']);
    },
  );

  it('does not ask handleProtocols if the client asks for none', async () => {
    const handleProtocols = (): string => expect.unreachable();
    expect(await answerTo(openingRequest(), { handleProtocols })).toBe(accepted());
  });

  it("lets a 'headers' listener look at the lines and change them", async () => {
    const { wss, server, port } = await start(Server);
    const seen: unknown[] = [];
    wss.on('headers', (lines, request) => {
      seen.push([...lines], request);
      lines.push('Set-Cookie: a=1', 'X-Name: Zoë ☃');
      lines[0] = 'HTTP/1.1 101 Ready';
    });
    const upgrade = once(server, 'upgrade') as Promise<[IncomingMessage]>;
    const client = await connect(port);
    client.send(openingRequest(asks('a')));
    const head = Buffer.from(await answerHead(client), 'latin1').toString();
    expect(head.split('\r\n')).toEqual([
      'HTTP/1.1 101 Ready',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      'Sec-WebSocket-Protocol: a',
      'Set-Cookie: a=1',
      'X-Name: Zoë ☃',
      '',
      '',
    ]);
    const lines = accepted('Sec-WebSocket-Protocol: a').split('\r\n').slice(0, -2);
    expect(seen).toEqual([lines, (await upgrade)[0]]);
  });
});

// Attack line H13, the class of CVE-2026-1527: nothing that comes from elsewhere ends a line.
describe('H13: CR, LF and NUL in what is written', () => {
  const serverError = refused('500 Internal Server Error', 'Internal Server Error');

  /** What the client gets, and what the application is told. */
  async function attack(
    options: ServerOptions,
    spoil: (lines: string[]) => void = () => {},
  ): Promise<{ answer: string; faults: Error[] }> {
    const { wss, port } = await start(WebSocketServer, options);
    const faults: Error[] = [];
    wss.on('wsClientError', (error) => faults.push(error));
    wss.on('connection', () => expect.unreachable());
    wss.on('headers', spoil);
    const client = await connect(port);
    client.send(openingRequest(asks('a')));
    return { answer: await untilClosed(client), faults };
  }

  it.each([
    ['a\r\nX: 1', '"\\r" at index 1'],
    ['a\nX: 1', '"\\n" at index 1'],
    ['ab\0', '"\\u0000" at index 2'],
    ['☃', '"☃" at index 0'],
  ])('a subprotocol: %j', async (subprotocol, where) => {
    const { answer, faults } = await attack({ handleProtocols: () => subprotocol });
    expect(answer).toBe(serverError);
    expect(faults).toEqual([
      new TypeError(
        `The value of the header "Sec-WebSocket-Protocol" has a character that is not allowed, ${where}`,
      ),
    ]);
  });

  it('a subprotocol that is no string', async () => {
    const handleProtocols = (() => Promise.resolve('a')) as never;
    const { answer, faults } = await attack({ handleProtocols });
    expect(answer).toBe(serverError);
    expect(faults).toEqual([
      new TypeError(
        'handleProtocols must return a string, or false for none; it returned [object Promise]',
      ),
    ]);
  });

  it.each([
    ['X: 1\r\nY: 2', 'has a character that is not allowed, "\\r" at index 4'],
    ['X: 1\nY: 2', 'has a character that is not allowed, "\\n" at index 4'],
    ['X: 1\0', 'has a character that is not allowed, "\\u0000" at index 4'],
    ['', 'is empty'],
  ])("a line of a 'headers' listener: %j", async (line, what) => {
    const { answer, faults } = await attack({}, (lines) => lines.push(line));
    expect(answer).toBe(serverError);
    expect(faults).toEqual([
      new TypeError(`Line 5 of the response, as the 'headers' event left it, ${what}`),
    ]);
  });

  it.each([
    [
      { 'X-A': '1\r\nX-B: 2' },
      'The value of the header "X-A" has a character that is not allowed, "\\r" at index 1',
    ],
    [
      { 'X-A': ['1', '\n'] },
      'The value of the header "X-A" has a character that is not allowed, "\\n" at index 2',
    ],
    [
      { 'X-A': '\0' },
      'The value of the header "X-A" has a character that is not allowed, "\\u0000" at index 0',
    ],
    [{ 'X-A: 1\r\nX-B': '2' }, 'A header name must be a token, got "X-A: 1\\r\\nX-B"'],
  ])('headers of a refusal: %j', async (headers, message) => {
    const { answer, faults } = await attack({
      verifyClient: (_info, callback) => callback(false, 403, 'No', headers),
    });
    expect(answer).toBe(serverError);
    expect(faults).toEqual([new TypeError(message)]);
  });

  it('the body of a refusal, where they are only bytes of the body', async () => {
    const body = 'No\r\n\r\nHTTP/1.1 200 OK\r\n\0';
    const { answer, faults } = await attack({
      verifyClient: (_info, callback) => callback(false, 403, body),
    });
    expect(answer).toBe(refused('403 Forbidden', body));
    expect(faults).toEqual([]);
  });

  it('leaves the answer to a listener that ends the socket', async () => {
    const { wss, port } = await start(WebSocketServer, { handleProtocols: () => '\r' });
    const failures: Error[] = [];
    wss.on('wsClientError', (_error, socket) => {
      socket.on('error', (error) => failures.push(error));
      socket.end('HTTP/1.1 502 Own\r\n\r\n');
    });
    const client = await connect(port);
    client.send(openingRequest(asks('a')));
    client.socket.end();
    expect(await untilClosed(client)).toBe('HTTP/1.1 502 Own\r\n\r\n');
    expect(failures).toEqual([]);
  });

  it('warns if nobody listens', async () => {
    const { port } = await start(WebSocketServer, { handleProtocols: () => '\r' });
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => warn.mockRestore());
    const client = await connect(port);
    client.send(openingRequest(asks('a')));
    expect(await untilClosed(client)).toBe(serverError);
    const message =
      'The value of the header "Sec-WebSocket-Protocol" has a character that is not allowed, "\\r" at index 0';
    expect(warn.mock.calls).toEqual([[new TypeError(message)]]);
  });
});
