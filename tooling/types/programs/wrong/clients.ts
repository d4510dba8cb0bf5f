/** What no compiler should let pass, of clients. */
import WebSocket, { createWebSocketStream } from 'ws';
import type { ClientOptions, FinishRequestCallback, PerMessageDeflateOptions } from 'ws';

new WebSocket(); // wrong
new WebSocket(5); // wrong
new WebSocket('ws://localhost', 5); // wrong
new WebSocket('ws://localhost', [5]); // wrong
new WebSocket('ws://localhost', 'chat', 'superchat'); // wrong
new WebSocket('ws://localhost', { perMessageDeflate: 'yes' }); // wrong
new WebSocket('ws://localhost', { noSuchOption: true }); // wrong
WebSocket('ws://localhost'); // wrong
new WebSocket.Client('ws://localhost'); // wrong

export const options: ClientOptions = {
  followRedirects: 'no', // wrong
  generateMask: (mask: string) => mask, // wrong
  handshakeTimeout: '10', // wrong
  maxRedirects: true, // wrong
  perMessageDeflate: 5, // wrong
  localAddress: 127, // wrong
  protocolVersion: '13', // wrong
  headers: 5, // wrong
  origin: 5, // wrong
  agent: 'agent', // wrong
  host: 5, // wrong
  family: '4', // wrong
  checkServerIdentity: true, // wrong
  rejectUnauthorized: 'no', // wrong
  allowSynchronousEvents: 1, // wrong
  autoPong: 'yes', // wrong
  maxPayload: '1', // wrong
  maxBufferedChunks: '1', // wrong
  maxFragments: '1', // wrong
  skipUTF8Validation: 1, // wrong
  createConnection: 'net', // wrong
  finishRequest: 'later', // wrong
  ca: 5, // wrong
};
export const unknownOption: ClientOptions = {
  maxPayloads: 5, // wrong
};
export const deflate: PerMessageDeflateOptions = {
  serverNoContextTakeover: 1, // wrong
  clientNoContextTakeover: 'no', // wrong
  serverMaxWindowBits: '15', // wrong
  clientMaxWindowBits: '15', // wrong
  zlibDeflateOptions: { level: '3' }, // wrong
  zlibInflateOptions: { chunkSize: '3' }, // wrong
  threshold: '1kb', // wrong
  concurrencyLimit: '10', // wrong
};
export const finish: FinishRequestCallback = (request, websocket) => {
  request.send(); // wrong
  websocket.sent; // wrong
};

createWebSocketStream(5); // wrong
createWebSocketStream(); // wrong
createWebSocketStream(new WebSocket('ws://localhost'), { highWaterMark: 'much' }); // wrong
createWebSocketStream(new WebSocket('ws://localhost')).send('text'); // wrong
