/** A server and a client of a user who writes ES modules, with compression on. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import WebSocket, { WebSocketServer } from 'hybi';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true });
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
await once(server, 'listening');

const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
await once(client, 'open');
assert.equal(client.extensions, 'permessage-deflate');

const sent = Buffer.alloc(100_000, 'hybi');
client.send(sent);
const [received, isBinary] = await once(client, 'message');
assert.equal(isBinary, true);
assert.ok(sent.equals(received));

client.close(1000);
const [code] = await once(client, 'close');
assert.equal(code, 1000);
server.close();
await once(server, 'close');
