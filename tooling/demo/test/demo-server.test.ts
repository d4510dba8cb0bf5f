import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DemoServer } from '../src/demo-server.mjs';
import { WebSocket } from '../src/library.mjs';

vi.setConfig({ testTimeout: 30_000 }); // 10,000 messages on a busy machine

interface ChatEvent {
  type: string;
  you?: { name: string; hue: number };
  who?: { name: string };
  online?: number;
  text?: string;
}

let demo: DemoServer;
let lines: string[];

beforeEach(async () => {
  lines = [];
  demo = await DemoServer.start({ port: 0, log: (line: string) => lines.push(line) });
});
afterEach(() => demo.close());

/** A client that queues its messages from the start, so that none is missed. */
class Client {
  readonly socket: WebSocket;
  readonly #queue: Buffer[] = [];

  constructor(path: string, options: object = {}) {
    this.socket = new WebSocket(`ws://${demo.host}${path}`, options);
    this.socket.on('message', (data: Buffer) => this.#queue.push(data));
    this.socket.on('error', () => {});
  }

  async next(): Promise<Buffer> {
    while (this.#queue.length === 0) await once(this.socket, 'message');
    return this.#queue.shift()!;
  }

  async nextEvent(): Promise<ChatEvent> {
    return JSON.parse(String(await this.next()));
  }

  say(text: unknown): void {
    this.socket.send(JSON.stringify({ type: 'say', text }));
  }

  async closed(): Promise<string> {
    const [code, reason] = await once(this.socket, 'close');
    return `${code} ${reason}`;
  }
}

/** What the server answers to a WebSocket handshake that it refuses. */
async function refusal(path: string, headers: Record<string, string> = {}): Promise<number> {
  const [host, port] = demo.host.split(':');
  const handshake = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const outgoing = request({ host, port, path, headers: handshake });
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  response.resume();
  return response.statusCode;
}

describe('the page', () => {
  it('comes with a strict policy', async () => {
    const response = await fetch(`http://${demo.host}/`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|https?:\/\//);
  });

  it.each(['/nothing', '/../package.json', '/%2e%2e/package.json', '/index.html', '//'])(
    'has nothing at %s',
    async (path) => {
      const [host, port] = demo.host.split(':');
      const outgoing = request({ host, port, path }).end();
      const [response] = await once(outgoing, 'response');
      response.resume();
      expect(response.statusCode).toBe(404);
    },
  );

  it('can only be read', async () => {
    const response = await fetch(`http://${demo.host}/`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect((await fetch(`http://${demo.host}/`, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('the upgrade', () => {
  it('is for pages of the same host', async () => {
    expect(await refusal('/chat', { Origin: 'http://evil.example' })).toBe(403);
    expect(await refusal('/chat', { Origin: 'null' })).toBe(403);
    const own = new Client('/chat', { origin: `http://${demo.host}` });
    expect((await own.nextEvent()).type).toBe('welcome');
  });

  it('knows its endpoints only', async () => {
    expect(await refusal('/')).toBe(404);
    expect(await refusal('/chat/')).toBe(404);
    expect(await refusal('http://elsewhere/chat')).toBe(400);
    expect(await refusal('//[')).toBe(400);
  });

  it('survives a reset after a refusal', async () => {
    const [host, port] = demo.host.split(':');
    const socket = connect({ host, port: Number(port) });
    await once(socket, 'connect');
    socket.write(
      'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    socket.resetAndDestroy();
    expect((await new Client('/chat').nextEvent()).type).toBe('welcome');
  });

  it.each([
    ['/echo', ''],
    ['/echo?compress=0', ''],
    ['/echo?compress=1', 'permessage-deflate'],
  ])('negotiates for %s: %j', async (path, extensions) => {
    const { socket } = new Client(path);
    await once(socket, 'open');
    expect(socket.extensions).toBe(extensions);
  });
});

describe('the chat', () => {
  it('tells everybody who comes, speaks and goes', async () => {
    const first = new Client('/chat');
    const { you: firstName, online } = await first.nextEvent();
    expect(online).toBe(1);
    const second = new Client('/chat');
    const { you: secondName } = await second.nextEvent();
    expect(secondName?.name).not.toBe(firstName?.name);
    expect(await first.nextEvent()).toEqual({ type: 'joined', who: secondName, online: 2 });

    second.say('  hello  ');
    const said = { type: 'said', who: secondName, text: 'hello' };
    expect(await first.nextEvent()).toEqual(said);
    expect(await second.nextEvent()).toEqual(said);

    second.socket.close();
    expect(await first.nextEvent()).toEqual({ type: 'left', who: secondName, online: 1 });
  });

  it('lets a tab go on with a new connection, unnoticed', async () => {
    const other = new Client('/chat');
    await other.nextEvent();
    const before = new Client('/chat?tab=0badcafe');
    const { you } = await before.nextEvent();
    const closed = before.closed();
    const after = new Client('/chat?tab=0badcafe&compress=1');
    expect(await after.nextEvent()).toEqual({ type: 'welcome', you, online: 2 });
    expect(await closed).toBe('1000 this tab has a new connection');

    after.say('still me');
    expect((await other.nextEvent()).type).toBe('joined');
    expect(await other.nextEvent()).toEqual({ type: 'said', who: you, text: 'still me' });
  });

  it.each(['not JSON', 'null', '[]', '{"type":"say"}', '{"type":"said","text":"x"}'])(
    'ignores %s',
    async (message) => {
      const client = new Client('/chat');
      await client.nextEvent();
      client.socket.send(message);
      client.socket.send(Buffer.from('{"type":"say","text":"binary"}'));
      for (const text of [7, '', '   ', 'x'.repeat(501)]) client.say(text);
      client.say('x'.repeat(500));
      expect(await client.nextEvent()).toMatchObject({ type: 'said', text: 'x'.repeat(500) });
    },
  );

  it('slows down who is too fast, and shows a flood the door', async () => {
    const client = new Client('/chat');
    await client.nextEvent();
    const closed = client.closed();
    for (let i = 0; i < 100; i++) client.say(`message ${i}`);
    for (let i = 0; i < 10; i++) {
      expect(await client.nextEvent()).toMatchObject({ type: 'said', text: `message ${i}` });
    }
    expect((await client.nextEvent()).type).toBe('notice');
    expect(await closed).toBe('1008 too many messages');
  });

  it('has 50 places', async () => {
    const clients = Array.from({ length: 50 }, () => new Client('/chat'));
    await Promise.all(clients.map((client) => client.next()));
    expect(await new Client('/chat').closed()).toBe('1013 the room is full');
  });

  it('logs without control characters', async () => {
    const client = new Client('/chat');
    await client.nextEvent();
    client.say('clear\u001b[2J the screen');
    await client.nextEvent();
    expect(lines.at(-1)).toMatch(/: clear\\x1b\[2J the screen$/);
  });
});

describe('the echo', () => {
  it('closes on what is too large or too much', async () => {
    const large = new Client('/echo');
    await once(large.socket, 'open');
    large.socket.send(Buffer.alloc(16 * 1024 + 1));
    expect(await large.closed()).toMatch(/^1009/);

    const fast = new Client('/echo');
    await once(fast.socket, 'open');
    for (let i = 0; i < 500; i++) fast.socket.send('x');
    expect(await fast.closed()).toBe('1008 too many messages');
  });
});

describe('the burst', () => {
  it.each(['/burst', '/burst?compress=1'])('sends 10,000 messages in order: %s', async (path) => {
    const client = new Client(path);
    const closed = client.closed();
    let payloadBytes = 0;
    for (let seq = 0; seq < 10_000; seq++) {
      const message = await client.next();
      payloadBytes += message.length;
      if (JSON.parse(String(message)).seq !== seq) expect.fail(`${message} at place ${seq}`);
    }
    const done = JSON.parse(String(await client.next()));
    expect(done).toMatchObject({ type: 'done', messages: 10_000, payloadBytes });
    // Two bytes of header for each; compressed, less than a third.
    if (path === '/burst') expect(done.wireBytes).toBe(payloadBytes + 20_000);
    else expect(done.wireBytes).toBeLessThan(payloadBytes / 3);
    expect(await closed).toBe('1000 ');
  });

  it('runs four times at once, and gives places back', async () => {
    const waiting = Array.from({ length: 4 }, () => new Client('/burst'));
    for (const { socket } of waiting) socket.once('message', () => socket.pause());
    await Promise.all(waiting.map(({ socket }) => once(socket, 'message')));
    expect(await new Client('/burst').closed()).toBe('1013 too many bursts at once');

    for (const { socket } of waiting) socket.resume();
    await Promise.all(waiting.map((client) => client.closed()));
    expect(JSON.parse(String(await new Client('/burst').next())).seq).toBe(0);
  });
});

it('says goodbye with 1001', async () => {
  const clients = ['/chat', '/echo', '/echo?compress=1'].map((path) => new Client(path));
  await Promise.all(clients.map(({ socket }) => once(socket, 'open')));
  const goodbyes = clients.map((client) => client.closed());
  await demo.close();
  expect(await Promise.all(goodbyes)).toEqual(Array(3).fill('1001 the demo is going away'));
});
