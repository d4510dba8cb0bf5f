// @ts-check
/** Node's, Bun's or Deno's global WebSocket: which one decides the program that runs this. */
import { connectStandard } from './standard-socket.mjs';
import { serveStdio } from './stdio.mjs';

// Newer than the types of the oldest Node that is supported.
const { Bun, WebSocket } = /** @type {any} */ (globalThis);

serveStdio({
  open({ url, subprotocols, compression }, connection) {
    // Only Bun's can leave the extension out, by a second argument of its own.
    const second = Bun ? { protocols: subprotocols, perMessageDeflate: compression } : subprotocols;
    connectStandard(new WebSocket(url, second), connection);
  },
});
