/** Routes, hooks, `injectWS`, a real connection, and the end of the server. */
import { once } from 'node:events';
import { closed, open, receivedAll } from './support.mjs';

export async function scenario({ fastify, websocket, WebSocket }, print) {
  const seen = [];
  const app = fastify();
  await app.register(websocket, {
    // The streams of `injectWS` do not end by themselves: the server waits for that in vain.
    options: { maxPayload: 100_000, perMessageDeflate: { threshold: 10 }, closeTimeout: 100 },
  });
  app.addHook('preValidation', async (request, reply) => {
    if (request.headers['x-refuse']) await reply.code(401).send('refused');
  });
  app.get('/echo/:name', { websocket: true }, (socket, { params: { name }, query: { x } }) => {
    socket.send(`welcome ${name} ${x}`);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('close', (code, reason) => seen.push(`${code} ${reason}`.trim()));
    socket.on('error', ({ code, message }) => seen.push(`${code} ${message}`));
  });
  app.get('/broadcast', { websocket: true }, (socket) => {
    socket.on('message', (data) => {
      for (const client of app.websocketServer.clients) client.send(`to all: ${data}`);
    });
  });
  app.get('/plain', async () => 'plain');
  await app.ready();
  await injected(app, print);

  await app.listen({ port: 0, host: '127.0.0.1' });
  const base = `127.0.0.1:${app.server.address().port}`;
  const first = await open(WebSocket, `ws://${base}/echo/real?x=1`);
  print(`extensions: ${first.socket.extensions}`);
  const second = await open(WebSocket, `ws://${base}/broadcast`);
  await receivedAll(first, 1);
  first.socket.send('long '.repeat(1000));
  first.socket.send(Buffer.from([1, 2, 3]));
  print(`echoes: ${(await receivedAll(first, 3)).map((data) => `${data.length}`)}`);
  second.socket.send('hello');
  print(`broadcast: ${(await receivedAll(first, 4))[3]}, ${(await receivedAll(second, 1))[0]}`);

  const tooLong = closed(first.socket);
  first.socket.send(Buffer.alloc(200_000));
  print(`too long: ${await tooLong}`);

  for (const [path, headers] of [
    ['plain', {}],
    ['missing', {}],
    ['echo/a', { 'x-refuse': '1' }],
  ]) {
    const refused = new WebSocket(`ws://${base}/${path}`, { headers });
    refused.on('error', ({ message }) => print(`${path}: ${message}`));
    print(`${path}: ${await closed(refused)}`);
  }
  print(`http: ${await (await fetch(`http://${base}/plain`)).text()}`);

  const shut = closed(second.socket);
  await app.close();
  print(`shut: ${await shut}`);
  print(`server saw: ${seen.join(', ')}`);
}

async function injected(app, print) {
  let client;
  const greeting = new Promise((resolve) => {
    const onInit = (socket) => socket.once('message', (data) => resolve(String(data)));
    client = app.injectWS('/echo/injected?x=2', {}, { onInit });
  });
  const socket = await client;
  print(`injected: ${await greeting}`);
  socket.send('ping');
  print(`injected: ${(await once(socket, 'message'))[0]}`);
  const [onServer] = app.websocketServer.clients;
  const ended = Promise.all([closed(socket), closed(onServer)]);
  socket.close(4001, 'enough');
  print(`injected closed: ${await ended}`);
  const refused = app.injectWS('/echo/a', { headers: { 'x-refuse': '1' } });
  await refused.catch(({ message }) => print(`injected: ${message}`));
}
