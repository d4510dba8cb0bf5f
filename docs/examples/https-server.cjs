// WebSocket over TLS, on an HTTPS server that also answers ordinary requests.
//
//   openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost \
//     -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem
//   CERT=cert.pem KEY=key.pem node docs/examples/https-server.cjs
//
// PORT and HOST say where to listen.
//
// A client that is to trust this certificate:
//
//   NODE_EXTRA_CA_CERTS=cert.pem TARGET=wss://localhost:8443 node docs/examples/text.cjs

const { readFileSync } = require('node:fs');
const { createServer } = require('node:https');
const WebSocket = require('hybi');

const certificate = {
  cert: readFileSync(process.env.CERT ?? 'cert.pem'),
  key: readFileSync(process.env.KEY ?? 'key.pem'),
};
const httpsServer = createServer(certificate, (request, response) => {
  response.end('WebSocket is spoken here\n');
});
const server = new WebSocket.Server({ server: httpsServer });

server.on('connection', (websocket) => {
  websocket.on('error', console.error);
  websocket.on('message', (data) => console.log('received: %s', data.toString()));
  websocket.send('Good to see you');
});

httpsServer.listen(Number(process.env.PORT ?? 8443), process.env.HOST ?? 'localhost', () =>
  console.log('listening on %d', httpsServer.address().port),
);

process.once('SIGTERM', () => {
  httpsServer.close();
  for (const websocket of server.clients) websocket.close(1001);
});
