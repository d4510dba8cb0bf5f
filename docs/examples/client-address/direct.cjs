// Prints the address of each client that connects straight to this server.
//
//   node docs/examples/client-address/direct.cjs
//
// PORT is the port to listen on, HOST the address; without HOST it is every address.

const WebSocket = require('hybi');

const server = new WebSocket.Server({
  host: process.env.HOST,
  port: Number(process.env.PORT ?? 8080),
});

server.on('connection', (websocket, request) => {
  websocket.on('error', console.error);

  const address = plainAddress(request.socket.remoteAddress);
  console.log(`connected: ${address}`);
  websocket.send(`You are ${address}`);
});

server.on('listening', () => console.log(`listening on ${server.address().port}`));

// A server that listens on IPv6 and IPv4 at once sees 192.0.2.1 as ::ffff:192.0.2.1.
function plainAddress(address) {
  return address?.replace(/^::ffff:(?=[\d.]+$)/, '');
}

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of server.clients) websocket.close(1001);
});
