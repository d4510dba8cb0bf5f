// A client that says who it is with a header, and tells when it is refused.
//
//   TOKEN=sesame node docs/examples/authentication/server.mjs
//   TOKEN=sesame node docs/examples/authentication/client.mjs

import { WebSocket } from 'hybi';

const websocket = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080', {
  headers: { Authorization: `Bearer ${process.env.TOKEN ?? 'sesame'}` },
});

websocket.on('error', console.error);

// With this listener, a refusal is no error: what is to become of it is up to us.
websocket.on('unexpected-response', (request, response) => {
  console.log('refused: %d %s', response.statusCode, response.statusMessage);
  request.destroy();
});

websocket.on('message', (data) => {
  console.log('received: %s', data.toString());
  websocket.send('It is me');
  websocket.close();
});
