/** A server and a client of a user who writes CommonJS. */
const assert = require('node:assert/strict');
const { once } = require('node:events');
const WebSocket = require('hybi');

async function main() {
  const server = new WebSocket.WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await once(server, 'listening');

  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  await once(client, 'open');
  client.send('grüße');
  const [text, isBinary] = await once(client, 'message');
  assert.equal(text.toString(), 'grüße');
  assert.equal(isBinary, false);

  client.close(1000, 'done');
  const [code, reason] = await once(client, 'close');
  assert.equal(code, 1000);
  assert.equal(reason.toString(), 'done');
  server.close();
  await once(server, 'close');
}

main();
