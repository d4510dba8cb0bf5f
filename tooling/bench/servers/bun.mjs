// @ts-check
/** The server of Bun. */
import { serve } from './serve.mjs';

const { Bun } = /** @type {any} */ (globalThis);

const limitBytes = 100 * 1024 * 1024;
const topic = 'all';

// With a compressor of its own each connection keeps its context; a shared one has none.
/** @type {Record<string, object | false>} */
const compressions = {
  off: false,
  takeover: { compress: 'dedicated', decompress: 'dedicated' },
  'no-takeover': { compress: 'shared', decompress: 'shared' },
};

await serve(({ mode, shape }) => {
  const compress = shape.compression !== undefined;
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    /** @type {(request: any, server: any) => unknown} */
    fetch: (request, server) =>
      server.upgrade(request) ? undefined : new Response('Not an opening request', { status: 400 }),
    websocket: {
      maxPayloadLength: limitBytes,
      backpressureLimit: limitBytes,
      idleTimeout: 0,
      sendPings: false,
      perMessageDeflate: compressions[shape.compression ?? 'off'],
      /** @param {any} socket */
      open(socket) {
        if (mode === 'broadcast') socket.subscribe(topic);
      },
      /** @type {(socket: any, data: string | Uint8Array) => void} */
      message(socket, data) {
        if (mode === 'broadcast') server.publish(topic, data, compress);
        else socket.send(data, compress);
      },
    },
  });
  return server.port;
});
