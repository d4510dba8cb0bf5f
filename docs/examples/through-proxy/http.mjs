// Connects through an HTTP proxy, by CONNECT.
//
//   PROXY=http://localhost:3128 TARGET=wss://example.com node docs/examples/through-proxy/http.mjs
//
// PROXY is the address of the proxy, TARGET a server that echoes, ws: or wss:, TIMEOUT_MS
// the time that it may take to connect.

import { HttpsProxyAgent } from 'https-proxy-agent';
import WebSocket from 'hybi';

// The agent waits for its proxy without a limit, and goes on when the WebSocket has
// given up: the signal ends that.
const over = new AbortController();
const agent = new HttpsProxyAgent(process.env.PROXY ?? 'http://localhost:3128', {
  signal: over.signal,
});
const client = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080', {
  agent,
  // `handshakeTimeout` begins only when the proxy has made the connection.
  handshakeDeadline: Number(process.env.TIMEOUT_MS ?? 10_000),
});

client.on('open', () => {
  console.log('open');
  client.send('Hello through the proxy');
});
client.on('message', (data) => {
  console.log(`received: ${data}`);
  client.close();
});
client.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
client.on('close', (code) => {
  over.abort();
  console.log(`closed: ${code}`);
});

process.once('SIGTERM', () => client.close());
