/** An echo server with compression, which tells its parent what memory it holds. */
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../bench/package.json', import.meta.url));
const { WebSocketServer } = require(/** @type {string} */ (process.argv[2]));

const server = new WebSocketServer({ port: 0, perMessageDeflate: { threshold: 0 } }, () => {
  process.send?.({ port: server.address().port });
});
server.on('connection', (websocket) => {
  websocket.on('error', () => {});
  websocket.on('message', (data, isBinary) => websocket.send(data, { binary: isBinary }));
});

process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ bytes: process.memoryUsage().rss });
});
