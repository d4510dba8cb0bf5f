/** An echo through two streams with backpressure, and both ways to end one. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { listen } from './support.mjs';

export async function scenario({ connect, createServer }, print) {
  const { server, host } = await listen();
  let closedOnServer = 0;
  const webSockets = createServer({ server, perMessageDeflate: false }, (stream, request) => {
    print(`connected: ${request.url}`);
    stream.on('close', () => (closedOnServer += 1));
    stream.pipe(stream);
  });

  const stream = connect(`ws://${host}/echo`);
  const chunks = Array.from({ length: 50 }, (_, index) => Buffer.alloc(20_000, index));
  Readable.from(chunks).pipe(stream, { end: false });
  const echoed = await collect(stream, 1_000_000);
  print(`echoed: ${echoed.length} bytes ${echoed.equals(Buffer.concat(chunks))}`);
  const ended = once(stream, 'close');
  stream.end();
  await ended;
  print('client stream closed');

  const lost = connect(`ws://${host}/lost`);
  await once(lost, 'connect');
  for (const client of webSockets.clients) client.terminate();
  await once(lost, 'close');
  print('lost stream closed');
  webSockets.close();
  server.close();

  await once(server, 'close');
  print(`server streams closed: ${closedOnServer}`);
  const [error] = await once(connect(`ws://${host}/nobody`), 'error').catch((error) => [error]);
  print(`nobody there: ${error.message.includes('ECONNREFUSED')}`);
}

function collect(stream, size) {
  return new Promise((resolve) => {
    const chunks = [];
    let length = 0;
    stream.on('data', (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= size) resolve(Buffer.concat(chunks));
    });
  });
}
