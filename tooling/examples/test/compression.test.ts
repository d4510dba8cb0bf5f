import { constants, deflateRawSync } from 'node:zlib';
import { bytes, rawClient, rawServer, type RawSocket } from '@hybi/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openingRequest } from '../src/opening-request.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';
import { listenWs } from '../src/ws-server.js';

const offer = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits';

/** A binary frame of 126 to 65535 bytes, masked with zeros. */
const frame = (payload: Uint8Array) => {
  const header = Buffer.from(bytes('82 fe 00 00 00 00 00 00'));
  header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
};

const numbers = Array.from({ length: 4000 }, (_, index) => (index * index) % 1009);
const text = new TextEncoder().encode(numbers.join(' '));

/** What zlib makes of it with the options of the program, without the tail (RFC 7692, 7.2.1). */
const deflated = (payload: Uint8Array) => {
  const finishFlush = constants.Z_SYNC_FLUSH;
  const options = { level: 4, memLevel: 6, windowBits: 11, finishFlush };
  return new Uint8Array(deflateRawSync(payload, options).subarray(0, -4));
};

/** The first byte and the payload of the next frame. */
const takeFrame = async (client: RawSocket) => {
  const [first, second] = (await client.take(2)) as unknown as [number, number];
  const length = second < 126 ? second : Buffer.from(await client.take(2)).readUInt16BE();
  return { first, payload: await client.take(length) };
};

describe.each(['compression/server.mjs', 'compression/server.cjs'])('%s', (file) => {
  it('agrees to what it is tuned to, and compresses from 512 bytes on', async () => {
    const example = runExample(file);
    const client = await rawClient(await example.port());
    onTestFinished(() => client.destroy());
    client.send(openingRequest('/', offer));
    const head = (await client.takeUntil('\r\n\r\n')).split('\r\n');
    expect(head).toContain(
      'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; ' +
        'client_no_context_takeover; server_max_window_bits=11',
    );
    client.send(Buffer.concat([frame(text.subarray(0, 511)), frame(text.subarray(0, 512))]));
    expect(await takeFrame(client)).toEqual({ first: 0x82, payload: text.subarray(0, 511) });
    expect(await takeFrame(client)).toEqual({
      first: 0xc2,
      payload: deflated(text.subarray(0, 512)),
    });

    // Without context takeover, the second is compressed as the first one was.
    client.send(Buffer.concat([frame(text), frame(text)]));
    expect(await takeFrame(client)).toEqual({ first: 0xc2, payload: deflated(text) });
    expect(await takeFrame(client)).toEqual({ first: 0xc2, payload: deflated(text) });

    client.destroy();
    await example.stop();
    expect(example.output()).toMatch(/^listening on \d+\nextensions: permessage-deflate\n$/);
  });

  it('serves ws, with compression and without', async () => {
    const example = runExample(file);
    const address = `ws://127.0.0.1:${await example.port()}`;
    const messages = ['short', 'long '.repeat(20_000), Buffer.alloc(2000, 1)];
    for (const perMessageDeflate of [true, false]) {
      const client = await connectWs(address, { perMessageDeflate });
      expect(client.websocket.extensions).toBe(perMessageDeflate ? 'permessage-deflate' : '');
      for (const message of messages) client.send(message);
      for (const message of messages) expect(await client.nextMessage()).toEqual(message);
    }
    await example.stop();
    expect(example.output()).toMatch(/\nextensions: permessage-deflate\nextensions: none\n$/);
    expect(example.errors()).toBe('');
  });
});

describe.each(['compression/client.mjs', 'compression/client.cjs'])('%s', (file) => {
  it('offers no extension', async () => {
    const server = await rawServer();
    onTestFinished(() => server.close());
    const example = runExample(file, { env: { TARGET: `ws://127.0.0.1:${server.port}` } });
    const head = await (await server.accept()).takeUntil('\r\n\r\n');
    expect(head).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
    expect(head.toLowerCase()).not.toContain('sec-websocket-extensions');
    await example.kill();
  });

  it('opens without compression on a server that would compress', async () => {
    const server = await listenWs({ perMessageDeflate: true });
    const example = runExample(file, { env: { TARGET: server.url } });
    expect((await server.accept()).websocket.extensions).toBe('');
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe('extensions: none\n');
  });
});
