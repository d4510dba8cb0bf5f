// Prints the address of each client of a server that stands behind nginx.
//
//   node docs/examples/client-address/behind-proxy.cjs
//
// nginx.conf, in the same folder, is a configuration that goes with it. PORT and HOST
// say where to listen, PROXY_ADDRESS from which address the proxy connects.

const WebSocket = require('hybi');

const proxyAddress = process.env.PROXY_ADDRESS ?? '127.0.0.1';
const server = new WebSocket.Server({
  host: process.env.HOST ?? '127.0.0.1',
  port: Number(process.env.PORT ?? 8080),
});

server.on('connection', (websocket, request) => {
  websocket.on('error', console.error);

  const address = clientAddress(request);
  console.log(`connected: ${address}`);
  websocket.send(`You are ${address}`);
});

server.on('listening', () => console.log(`listening on ${server.address().port}`));

// Anybody can send the header, so only the proxy is believed. It adds the address that it
// sees at the end: that entry is true, and those before it may be made up by the client.
function clientAddress(request) {
  const { remoteAddress } = request.socket;
  const forwarded = request.headers['x-forwarded-for'];
  if (remoteAddress !== proxyAddress || forwarded === undefined) return remoteAddress;
  return forwarded.split(',').at(-1).trim();
}

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of server.clients) websocket.close(1001);
});
