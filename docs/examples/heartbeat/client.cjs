// Finds out when the server has gone without a word: its pings stay away.
//
//   node docs/examples/heartbeat/client.cjs
//
// TARGET is a server that pings, such as server.mjs in the same folder. PATIENCE_MS is the
// time from ping to ping, and something on top for the way.

const WebSocket = require('hybi');

const patienceMs = Number(process.env.PATIENCE_MS ?? 30_000 + 1000);
const client = new WebSocket(process.env.TARGET ?? 'ws://localhost:8080', {
  handshakeTimeout: patienceMs,
});
let timer;

// Pongs are sent without being asked for.
function heartbeat() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    console.log(`no ping within ${patienceMs} ms`);
    // `close` would wait for an answer that does not come.
    client.terminate();
  }, patienceMs);
}

client.on('open', () => {
  console.log('open');
  heartbeat();
});
client.on('ping', heartbeat);
client.on('error', (error) => console.error(error.message));
client.on('close', (code) => {
  clearTimeout(timer);
  console.log(`closed: ${code}`);
});

process.once('SIGTERM', () => client.close());
