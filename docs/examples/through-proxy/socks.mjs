// Connects through a SOCKS proxy.
//
//   PROXY=socks5h://localhost:1080 TARGET=wss://example.com node docs/examples/through-proxy/socks.mjs
//
// PROXY is the address of the proxy, TARGET a server that echoes, ws: or wss:, TIMEOUT_MS
// the time that it may take to connect. With socks5h: the proxy looks up the name.

import { SocksProxyAgent } from 'socks-proxy-agent';
import WebSocket from 'hybi';

const timeoutMs = Number(process.env.TIMEOUT_MS ?? 10_000);
const agent = new SocksProxyAgent(process.env.PROXY ?? 'socks5h://localhost:1080', {
  // For the proxy, which the agent would wait for longer than the WebSocket does.
  timeout: timeoutMs,
});
const client = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080', {
  agent,
  // `handshakeTimeout` begins only when the proxy has made the connection.
  handshakeDeadline: timeoutMs,
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
client.on('close', (code) => console.log(`closed: ${code}`));

process.once('SIGTERM', () => client.close());
