/** The options that are the connection's: each arrives there. */
import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import type { RawSocket } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import type { ServerOptions, WebSocket } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { accepted, answerHead, madeUpRequest, openingRequest } from './support/requests.js';
import { connect, start } from './support/servers.js';

describe.each(implementations)('$name', ({ Server }) => {
  const one = Buffer.from('81810000000031', 'hex');

  async function connected(options: ServerOptions): Promise<[RawSocket, WebSocket]> {
    const { wss, port } = await start(Server, options);
    const connection = once(wss, 'connection');
    const client = await connect(port);
    client.send(openingRequest());
    const [websocket] = (await connection) as [WebSocket];
    websocket.on('error', () => {});
    expect(await answerHead(client)).toBe(accepted());
    return [client, websocket];
  }

  it('autoPong and skipUTF8Validation', async () => {
    const [client, websocket] = await connected({ autoPong: false, skipUTF8Validation: true });
    const message = once(websocket, 'message');
    client.send(Buffer.from('898000000000' + '818100000000ff', 'hex'));
    expect(await message).toEqual([Buffer.from([0xff]), false]);
    websocket.send('');
    expect(await client.take(2)).toEqual(new Uint8Array([0x81, 0x00]));
  });

  it.each([
    [true, ['message', 'message', 'microtask', 'microtask']],
    [false, ['message', 'microtask', 'message', 'microtask']],
  ])('allowSynchronousEvents: %s', async (allowSynchronousEvents, expected) => {
    const [client, websocket] = await connected({ allowSynchronousEvents });
    const order: string[] = [];
    const both = new Promise<void>((resolve) => {
      websocket.on('message', () => {
        order.push('message');
        queueMicrotask(() => {
          order.push('microtask');
          if (order.length === 4) resolve();
        });
      });
    });
    client.send(Buffer.concat([one, one]));
    await both;
    expect(order).toEqual(expected);
  });

  it('maxFragments', async () => {
    const [client] = await connected({ maxFragments: 2 });
    client.send(Buffer.from('018000000000' + '008000000000'.repeat(2), 'hex'));
    expect(await client.take(4)).toEqual(new Uint8Array([0x88, 0x02, 0x03, 0xf0]));
  });

  it('maxBufferedChunks', async () => {
    const wss = new Server({ noServer: true, maxBufferedChunks: 2 });
    const [near, far] = duplexPair();
    const failed = new Promise<Error>((resolve) => {
      wss.handleUpgrade(madeUpRequest(), near, Buffer.alloc(0), (websocket) => {
        websocket.on('error', resolve);
      });
    });
    far.resume();
    for (const part of ['818500000000', '31', '32', '33']) {
      far.write(Buffer.from(part, 'hex'));
      await new Promise(setImmediate);
    }
    expect(await failed).toMatchObject({ message: 'Too many buffered chunks' });
    near.destroy();
  });
});
