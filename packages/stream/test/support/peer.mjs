// @ts-check
/**
 * The other end of a transfer, in a process of its own: a server of `ws` that
 * does what the path of its only connection says, and reports to its parent.
 *
 * - `/receive`: takes everything, slowly: it pauses after each mebibyte.
 * - `/hold`: takes nothing until the parent says `go`.
 * - `/send?mib=64`: sends that much, as fast as it is taken. Whenever the
 *   parent says `status`, it tells how far it is.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { chunksOf } from './payload.mjs';

const mebibyte = 1024 * 1024;
const pauseMs = 1;

/** What is reported; the parent waits for these. */
const report = (/** @type {object} */ message) => void process.send?.(message);

/** The last report; nothing keeps this process alive after it. */
const reportEnd = (/** @type {object} */ message) => {
  process.send?.({ ...message, peakBytes: peakBytes() }, () => process.disconnect());
};

/** The largest resident memory of this process so far, in bytes. */
const peakBytes = () => process.resourceUsage().maxRSS * 1024;

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('listening', () => report({ port: /** @type {any} */ (server.address()).port }));
server.on('connection', (websocket, { url = '' }) => {
  server.close();
  const { pathname, searchParams } = new URL(url, 'ws://127.0.0.1');
  if (pathname === '/send') void send(websocket, Number(searchParams.get('mib')) * mebibyte);
  else receive(websocket, pathname === '/hold');
});

/** @type {(websocket: import('ws').WebSocket, isHeld: boolean) => void} */
function receive(websocket, isHeld) {
  const hash = createHash('sha256');
  let bytes = 0;
  let pauses = 0;
  if (isHeld) {
    websocket.pause();
    process.once('message', () => websocket.resume());
  }
  websocket.on('message', (/** @type {Buffer} */ data) => {
    const before = bytes;
    bytes += data.length;
    hash.update(data);
    if (isHeld || Math.floor(before / mebibyte) === Math.floor(bytes / mebibyte)) return;
    pauses += 1;
    websocket.pause();
    setTimeout(() => websocket.resume(), pauseMs);
  });
  websocket.on('close', () => reportEnd({ bytes, digest: hash.digest('hex'), pauses }));
}

/** @type {(websocket: import('ws').WebSocket, totalBytes: number) => Promise<void>} */
async function send(websocket, totalBytes) {
  const { _socket: socket } = /** @type {any} */ (websocket);
  const hash = createHash('sha256');
  let bytes = 0;
  let waits = 0;
  let isWaiting = false;
  process.on('message', () =>
    report({ isWaiting, sentBytes: bytes, unsentBytes: socket.writableLength }),
  );
  for (const chunk of chunksOf(totalBytes)) {
    bytes += chunk.length;
    hash.update(chunk);
    websocket.send(chunk);
    // What the kernel takes, it takes at once. Its buffer is full, and write has returned false.
    isWaiting = socket.writableLength > 0 && socket.writableNeedDrain;
    if (!isWaiting) continue;
    waits += 1;
    await once(socket, 'drain');
    isWaiting = false;
  }
  websocket.close();
  await once(websocket, 'close');
  reportEnd({ bytes, digest: hash.digest('hex'), waits });
}
