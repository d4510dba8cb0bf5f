/** WebSockets as streams. */
import { createReadStream, createWriteStream } from 'node:fs';
import type { Duplex, DuplexOptions } from 'node:stream';
import { pipeline } from 'node:stream';
import WebSocket, { createWebSocketStream, WebSocketServer } from 'ws';

const options: DuplexOptions = { encoding: 'utf8', readableObjectMode: true };
const duplex: Duplex = createWebSocketStream(new WebSocket('wss://example.com'), options);
duplex.on('error', console.error);
duplex.pipe(process.stdout);
process.stdin.pipe(duplex);
createReadStream('in')
  .pipe(createWebSocketStream(new WebSocket('ws://localhost')))
  .end('done');

new WebSocketServer({ port: 0 }).on('connection', (ws) => {
  const stream = createWebSocketStream(ws, { decodeStrings: false, highWaterMark: 1024 });
  pipeline(stream, createWriteStream('out'), (error) => ws.close(error ? 1011 : 1000));
});

export const wrap: (ws: WebSocket) => Duplex = createWebSocketStream;
export type Stream = ReturnType<typeof createWebSocketStream>;
export type StreamOptions = Parameters<typeof createWebSocketStream>[1];
