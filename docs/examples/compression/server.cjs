// An echo server that compresses, with all that permessage-deflate can be tuned by.
// It is off on a server unless asked for: it costs time and memory for each connection.
//
//   node docs/examples/compression/server.cjs
//
// PORT and HOST say where to listen.

const WebSocket = require('hybi');

const server = new WebSocket.Server({
  host: process.env.HOST ?? 'localhost',
  port: Number(process.env.PORT ?? 8080),
  perMessageDeflate: {
    // Handed to zlib.
    zlibDeflateOptions: { chunkSize: 2 * 1024, memLevel: 6, level: 4 },
    zlibInflateOptions: { chunkSize: 8 * 1024 },
    // Each message is compressed for itself: less memory, larger messages.
    clientNoContextTakeover: true,
    serverNoContextTakeover: true,
    // Looks back 2 ** 11 bytes for what is the same; 15 if nobody says otherwise.
    serverMaxWindowBits: 11,
    // How many messages zlib works on at a time, in the whole process.
    concurrencyLimit: 8,
    // Shorter messages, in bytes, are sent as they are; needs serverNoContextTakeover.
    threshold: 512,
  },
});

server.on('listening', () => console.log('listening on %d', server.address().port));

server.on('connection', (websocket) => {
  console.log('extensions: %s', websocket.extensions || 'none');
  websocket.on('error', console.error);
  websocket.on('message', (data, isBinary) => websocket.send(data, { binary: isBinary }));
});

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of server.clients) websocket.close(1001);
});
