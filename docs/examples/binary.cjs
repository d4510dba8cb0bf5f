// A client that sends an array of numbers as a binary message, and reads an answer as one.
//
//   node docs/examples/echo-server.cjs
//   TARGET=ws://localhost:8080 node docs/examples/binary.cjs

const WebSocket = require('hybi');

const websocket = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080');

// An ArrayBuffer of its own begins where a Float32Array may begin; a Buffer need not.
websocket.binaryType = 'arraybuffer';

websocket.on('error', console.error);

websocket.on('open', () => {
  // Its bytes are sent as they are in memory, with the byte order of this machine.
  websocket.send(Float32Array.from({ length: 5 }, (_, index) => index / 2));
});

websocket.on('message', (data, isBinary) => {
  console.log('received:', isBinary ? new Float32Array(data) : data.toString());
  websocket.close();
});
