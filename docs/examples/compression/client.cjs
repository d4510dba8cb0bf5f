// A client that does not offer compression. Others do, and use it if the server agrees.
//
//   node docs/examples/compression/server.cjs
//   TARGET=ws://localhost:8080 node docs/examples/compression/client.cjs

const WebSocket = require('hybi');

const websocket = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080', {
  perMessageDeflate: false,
});

websocket.on('error', console.error);

websocket.on('open', () => {
  console.log('extensions: %s', websocket.extensions || 'none');
  websocket.close();
});
