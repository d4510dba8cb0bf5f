/** Starts with polling and goes over to WebSocket; text and binary messages both ways. */
import { once } from 'node:events';
import { listen } from './support.mjs';

export async function scenario({ attach, Socket }, print) {
  const { server: httpServer, host } = await listen();
  const engine = attach(httpServer, { perMessageDeflate: { threshold: 100 } });
  engine.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));

  const client = new Socket(`ws://${host}`, { transports: ['polling', 'websocket'] });
  client.binaryType = 'arraybuffer';
  await once(client, 'upgrade');
  print(`transport: ${client.transport.name}`);
  print(`extensions: ${client.transport.ws.extensions}`);

  for (const data of [
    'text',
    'long '.repeat(5000),
    Buffer.from([0, 255]),
    new Uint8Array(70_000),
  ]) {
    client.send(data);
    const [echo] = await once(client, 'message');
    const kind = typeof echo === 'string' ? 'text' : 'bytes';
    print(`echo: ${kind} ${Buffer.from(echo).equals(Buffer.from(data))}`);
  }

  const [onServer] = Object.values(engine.clients);
  const ended = once(client, 'close');
  onServer.close();
  print(`closed: ${(await ended)[0]}`);
  engine.close();
  httpServer.close();
}
