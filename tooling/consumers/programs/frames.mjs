/** The packages below the umbrella on their own: an opening handshake, and an echo in frames. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { FrameDecoder, Opcode, encodeFrame } from '@hybi/frame';
import {
  computeAccept,
  createKey,
  createRequestHeaders,
  createResponseHeaders,
  evaluateRequest,
  formatResponse,
} from '@hybi/handshake';

const server = createServer();
server.on('upgrade', (request, socket) => {
  const accepted = evaluateRequest({ method: request.method, headers: request.headers });
  assert.ok(accepted.accepted);
  const headers = createResponseHeaders({ key: accepted.key });
  socket.write(formatResponse(101, headers));
  const decoder = new FrameDecoder(
    {
      onFrame: (fin, opcode, rsv1, payload) => socket.write(encodeFrame({ opcode, payload })),
      onError: (error) => socket.destroy(error),
    },
    { role: 'server' },
  );
  socket.on('data', (chunk) => decoder.push(chunk));
  socket.on('end', () => socket.end());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const { port } = server.address();
const key = createKey();
const fields = Object.entries({ Host: `127.0.0.1:${port}`, ...createRequestHeaders({ key }) });
const socket = connect(port, '127.0.0.1');
socket.write(`GET / HTTP/1.1\r\n${fields.map((field) => `${field.join(': ')}\r\n`).join('')}\r\n`);

const head = await read('\r\n\r\n');
assert.match(head, /^HTTP\/1\.1 101 /);
assert.ok(head.includes(computeAccept(key)));

const payload = new TextEncoder().encode('echo');
socket.write(encodeFrame({ opcode: Opcode.Text, payload, maskingKey: 0x12345678 }));
assert.equal(await read('echo'), '\x81\x04echo');
socket.end();
server.close();

async function read(end) {
  let received = '';
  while (!received.endsWith(end)) {
    const [chunk] = await once(socket, 'data');
    received += chunk.toString('latin1');
  }
  return received;
}
