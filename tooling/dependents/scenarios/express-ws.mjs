/** Routes of an application and of a router, middleware, and a broadcast over `getWss().clients`. */
import { once } from 'node:events';
import { closed, listen, open, receivedAll } from './support.mjs';

export async function scenario({ express, expressWs, WebSocket }, print) {
  const { server, host } = await listen();
  const seen = [];
  const app = express();
  const instance = expressWs(app, server);
  server.on('request', app);
  app.use((request, _response, next) => {
    request.greeting = `hello ${request.query.name}`;
    next();
  });
  app.ws('/echo', (socket, request) => {
    socket.send(request.greeting);
    socket.on('message', (message) => socket.send(`${message}`));
    void closed(socket).then((end) => seen.push(end));
  });
  const router = express.Router();
  instance.applyTo(router);
  router.ws('/:room', (socket, { params: { room } }) => {
    socket.on('message', (message) => {
      for (const client of instance.getWss().clients) client.send(`${room}: ${message}`);
    });
  });
  app.use('/rooms', router);
  app.ws('/failing', () => {
    throw new Error('broken on purpose');
  });
  app.get('/plain', (_request, response) => response.send('plain'));
  app.use((_error, _request, response, _next) => response.status(500).end());

  const echo = await open(WebSocket, `ws://${host}/echo?name=world`);
  await receivedAll(echo, 1);
  echo.socket.send('text');
  echo.socket.send(Buffer.from('bytes'));
  print(`echo: ${await receivedAll(echo, 3)}`);

  const room = await open(WebSocket, `ws://${host}/rooms/kitchen`);
  print(`clients: ${instance.getWss().clients.size}`);
  room.socket.send('tea');
  print(`broadcast: ${(await receivedAll(echo, 4))[3]}, ${(await receivedAll(room, 1))[0]}`);

  for (const path of ['missing', 'failing']) {
    const socket = new WebSocket(`ws://${host}/${path}`);
    print(`${path}: ${await closed(socket)}`);
  }
  print(`http: ${await (await fetch(`http://${host}/plain`)).text()}`);

  const gone = [closed(echo.socket), closed(room.socket)];
  echo.socket.close(4000, 'done');
  print(`closed: ${await gone[0]}`);
  for (const client of instance.getWss().clients) client.close(1001, 'going away');
  print(`closed: ${await gone[1]}`);
  instance.getWss().close();
  server.close();
  await once(server, 'close');
  print(`server saw: ${seen}`);
}
