/** A broker behind `createWebSocketStream`, and clients that publish with QoS 1. */
import { once } from 'node:events';
import { listen } from './support.mjs';

export async function scenario(modules, print) {
  const { createBroker, connectAsync, createWebSocketStream, WebSocketServer } = modules;
  const broker = createBroker();
  const { server, host } = await listen();
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (socket, request) => {
    print(`protocol: ${socket.protocol}`);
    broker.handle(createWebSocketStream(socket), request);
  });

  const options = { reconnectPeriod: 0, protocolVersion: 4 };
  const reader = await connectAsync(`ws://${host}`, { ...options, clientId: 'reader' });
  const writer = await connectAsync(`ws://${host}`, {
    ...options,
    clientId: 'writer',
    will: { topic: 'room/will', payload: 'writer is gone', qos: 1 },
  });
  const [{ topic, qos }] = await reader.subscribeAsync('room/#', { qos: 1 });
  print(`subscribed: ${topic} with QoS ${qos}`);

  const payloads = ['21.5', '', Buffer.alloc(300_000, 9), '\u{1f321}'];
  const next = inbox(reader);
  for (const payload of payloads) {
    const confirmed = writer.publishAsync('room/temperature', payload, { qos: 1 });
    const message = await next();
    await confirmed;
    print(
      `received: ${message.topic} QoS ${message.qos} ${message.payload.length} bytes ${message.payload.equals(Buffer.from(payload))}`,
    );
  }
  await Promise.all(
    Array.from({ length: 50 }, (_, i) => writer.publishAsync('room/burst', `${i}`, { qos: 1 })),
  );
  const burst = [];
  while (burst.length < 50) burst.push(Number((await next()).payload));
  print(`burst in order: ${burst.every((value, index) => value === index)}`);

  // Cut without a word: the broker publishes the will.
  writer.stream.destroy();
  print(`will: ${(await next()).payload}`);
  await reader.unsubscribeAsync('room/#');
  const left = once(broker, 'clientDisconnect');
  await reader.endAsync();
  print(`left: ${(await left)[0].id}`);
  await new Promise((resolve) => broker.close(resolve));
  webSockets.close();
  server.close();
}

/** Returns a function that resolves with the next message. */
function inbox(client) {
  const messages = [];
  client.on('message', (_topic, _payload, packet) => {
    messages.push(packet);
    client.emit('queued');
  });
  return async () => {
    while (messages.length === 0) await once(client, 'queued');
    return messages.shift();
  };
}
