// Standard input to the server, what the server sends to standard output.
//
//   node docs/examples/echo-server.mjs
//   TARGET=ws://localhost:8080 node docs/examples/streams.mjs < package.json
//
// It ends with its input, or when the server closes the connection.

import { createWebSocketStream, WebSocket } from 'hybi';

const websocket = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080');

// The bytes go through as they are. With { encoding: 'utf8' } reading yields strings.
const stream = createWebSocketStream(websocket, { allowHalfOpen: false });

stream.on('error', console.error);

stream.pipe(process.stdout);
process.stdin.pipe(stream);
