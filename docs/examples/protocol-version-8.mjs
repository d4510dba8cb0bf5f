// A client for servers that are older than RFC 6455: it speaks as drafts 7 to 12 did.
//
//   node docs/examples/echo-server.mjs
//   TARGET=ws://localhost:8080 node docs/examples/protocol-version-8.mjs

import { WebSocket } from 'hybi';

const websocket = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080', {
  protocolVersion: 8,
  // Goes into the header Sec-WebSocket-Origin, as it was called then.
  origin: 'https://example.com',
});

websocket.on('error', console.error);

websocket.on('open', () => websocket.send('Hello from the past'));

websocket.on('message', (data) => {
  console.log('received: %s', data.toString());
  websocket.close();
});
