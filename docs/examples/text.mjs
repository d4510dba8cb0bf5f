// A client that sends a text, prints the first one that it gets, and leaves.
//
//   node docs/examples/simple-server.mjs
//   TARGET=ws://localhost:8080 node docs/examples/text.mjs

import { WebSocket } from 'hybi';

const websocket = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080');

websocket.on('error', console.error);

websocket.on('open', () => websocket.send('Hello from the client'));

websocket.on('message', (data) => {
  console.log('received: %s', data.toString());
  websocket.close();
});
