/** Prepared messages and broadcasts of the umbrella, with peers of the npm package `ws`. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type WS from 'ws';
import { broadcast, PreparedMessage, Sender, WebSocket, WebSocketServer } from '../src/index.js';
import { ourClient, ourServer } from './support/pairs.js';

/** Resolves with so many messages, as text. */
function messages(from: WS, count: number): Promise<string[]> {
  return new Promise((resolve) => {
    const received: string[] = [];
    from.on('message', (data: Buffer) => {
      if (received.push(data.toString()) === count) resolve(received);
    });
  });
}

const small = 'hybi '.repeat(300);
const large = 'ws '.repeat(20_000);

describe.each([
  ['a client', ourClient],
  ['a server', ourServer],
] as const)('%s', (_, pair) => {
  it.each([
    {},
    { serverNoContextTakeover: true, clientNoContextTakeover: true },
    { serverMaxWindowBits: 9, clientMaxWindowBits: 9 },
  ])('sends prepared messages among others: %j', async (options) => {
    const perMessageDeflate = { ...options, threshold: 0 };
    const { ours, theirs, close } = await pair({
      client: { perMessageDeflate },
      server: { perMessageDeflate },
    });
    const prepared = [new PreparedMessage(small), new PreparedMessage(large)];
    const sent = [small, large].flatMap((text, i) => [
      text,
      prepared[i]!,
      `${text}!`,
      prepared[i]!,
    ]);
    const received = messages(theirs, sent.length * 2);
    for (let round = 0; round < 2; round++) for (const each of sent) ours.send(each);
    const texts = sent.map((each) =>
      typeof each === 'string' ? each : each === prepared[0] ? small : large,
    );
    expect(await received).toEqual([...texts, ...texts]);
    await close();
  });

  it('sends them to a peer without compression', async () => {
    const { ours, theirs, close } = await pair({
      client: { perMessageDeflate: false },
      server: { perMessageDeflate: false },
    });
    const received = once(theirs, 'message');
    const written = new Promise<unknown>((resolve) => {
      ours.send(new PreparedMessage('A'), { binary: true, fin: false }, resolve);
    });
    expect(await received).toEqual([Buffer.from('A'), true]);
    expect(await written).toBeFalsy();
    await close();
  });

  it('counts what comes too late, and tells the callback', async () => {
    const { ours, close } = await pair();
    ours.close();
    const before = ours.bufferedAmount;
    const error = await new Promise<unknown>((resolve) => {
      ours.send(new PreparedMessage('late'), resolve);
    });
    expect(String(error)).toBe('Error: WebSocket is not open: readyState 2 (CLOSING)');
    expect(ours.bufferedAmount).toBe(before + 4);
    await close();
  });

  it('pings with the bytes of one', async () => {
    const { ours, theirs, close } = await pair();
    const pinged = once(theirs, 'ping');
    ours.ping(new PreparedMessage('p'));
    expect(String((await pinged)[0])).toBe('p');
    await close();
  });
});

it('throws while connecting', () => {
  expect(() => new WebSocket(null, undefined, {}).send(new PreparedMessage('a'))).toThrow(
    'CONNECTING',
  );
});

it('has servers that broadcast', async () => {
  const { ours, theirs, close } = await ourServer();
  const wss = new WebSocketServer({ noServer: true });
  wss.clients.add(ours);
  const received = once(theirs, 'message');
  expect(wss.broadcast('to all')).toBe(1);
  expect(String((await received)[0])).toBe('to all');
  const next = once(theirs, 'message');
  expect(broadcast([ours], 'to some')).toBe(1);
  expect(String((await next)[0])).toBe('to some');
  await close();
});

it('leaves the methods of classes that have one of that name alone', () => {
  class Own extends WebSocketServer {
    override broadcast(): number {
      return -1;
    }
  }
  expect(new Own({ noServer: true }).broadcast()).toBe(-1);
});

it('is sent by a Sender as bytes', () => {
  const written: Buffer[] = [];
  const socket = { write: (bytes: Buffer) => written.push(Buffer.from(bytes)) > 0 };
  const sender = new Sender({ ...socket, cork() {}, uncork() {}, destroyed: false } as never);
  sender.send(new PreparedMessage('A'), { fin: true, binary: false });
  expect(Buffer.concat(written).toString('hex')).toBe('810141');
});
