import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWebSocketStream } from '../src/node.js';
import { startServer } from './support/sockets.js';
import type { TestServer } from './support/sockets.js';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

it('carries all bytes in both directions, however they are cut', async () => {
  // Not an echo: a WebSocket can not be half closed, so who has ended gets no more.
  const carry = async (from: Duplex, to: Duplex, chunks: Uint8Array[]): Promise<void> => {
    for (const chunk of chunks) from.write(chunk);
    from.resume().end();
    expect(Buffer.concat(await to.toArray())).toEqual(Buffer.concat(chunks));
    to.end();
    for (const stream of [from, to]) if (!stream.closed) await once(stream, 'close');
  };
  const chunks = fc.array(fc.uint8Array({ maxLength: 300 }));
  const highWaterMark = fc.integer({ min: 1, max: 200 });
  await fc.assert(
    fc.asyncProperty(chunks, highWaterMark, fc.boolean(), async (sent, mark, isUp) => {
      const { client, peer } = await server.connect();
      const near = createWebSocketStream(client, { highWaterMark: mark });
      const far = createWebSocketStream(peer, { highWaterMark: mark });
      await (isUp ? carry(near, far, sent) : carry(far, near, sent));
    }),
    { numRuns: 40 },
  );
});
