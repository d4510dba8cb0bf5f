// A client that measures how long a message is on its way to the server and back.
//
//   node docs/examples/echo-server.mjs
//   TARGET=ws://localhost:8080 INTERVAL=500 node docs/examples/round-trip.mjs

import { WebSocket } from 'hybi';

const websocket = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080');
const intervalMs = Number(process.env.INTERVAL ?? 500);
let timer;

function measure() {
  // A number is sent as a text of its digits.
  websocket.send(performance.now());
}

websocket.on('error', console.error);

websocket.on('open', () => {
  console.log('connected');
  measure();
});

websocket.on('message', (data) => {
  const elapsedMs = performance.now() - Number(data.toString());
  console.log('round-trip time: %s ms', elapsedMs.toFixed(3));
  timer = setTimeout(measure, intervalMs);
});

websocket.on('close', () => {
  clearTimeout(timer);
  console.log('disconnected');
});

process.once('SIGTERM', () => websocket.close());
