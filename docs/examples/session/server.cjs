// Shares the session of Express with its WebSockets: who has logged in may connect,
// the WebSocket knows who it is, and to log out closes all WebSockets of this session.
//
//   node docs/examples/session/server.cjs
//
// PORT and HOST say where to listen. SESSION_SECRET signs the cookies; without it they
// are good until the program ends.

const { randomUUID } = require('node:crypto');
const { createServer, STATUS_CODES } = require('node:http');
const path = require('node:path');
const express = require('express');
const session = require('express-session');
const WebSocket = require('hybi');

const app = express();
const server = createServer(app);
const sockets = new WebSocket.Server({ noServer: true });

/** The WebSockets of each session, by its id. */
const open = new Map();

// Express and the WebSockets read the session with the same function. `sameSite` keeps
// the pages of others from using the cookie, for requests as for WebSockets.
const readSession = session({
  secret: process.env.SESSION_SECRET ?? randomUUID(),
  saveUninitialized: false,
  resave: false,
  cookie: { sameSite: 'strict' },
});

app.use(readSession);

app.get('/', (request, response) => {
  response.sendFile(path.join(__dirname, 'index.html'));
});

app.post('/login', (request, response, next) => {
  // A real program looks at a password here. Who logs in gets a new session, so that
  // nobody else knows its id.
  closeAll(request.sessionID);
  request.session.regenerate((error) => {
    if (error) return next(error);
    request.session.user = `user-${randomUUID().slice(0, 8)}`;
    response.json({ user: request.session.user });
  });
});

app.post('/logout', (request, response, next) => {
  const id = request.sessionID;
  request.session.destroy((error) => {
    if (error) return next(error);
    closeAll(id);
    response.clearCookie('connect.sid').json({ user: null });
  });
});

server.on('upgrade', (request, socket, head) => {
  // The WebSocket listens for itself later; until then a reset must not end the program.
  socket.on('error', console.error);

  // There is no response to an upgrade: the session wants something to put its cookie on.
  readSession(request, {}, (error) => {
    const status = error ? 500 : request.session.user ? 101 : 401;
    if (status !== 101) {
      const refusal = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`;
      socket.end(refusal, () => socket.destroy());
      return;
    }
    socket.off('error', console.error);
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      sockets.emit('connection', websocket, request);
    });
  });
});

sockets.on('connection', (websocket, request) => {
  const { sessionID: id, session } = request;
  const websockets = open.get(id) ?? new Set();
  open.set(id, websockets.add(websocket));

  console.log(`connected: ${session.user}`);
  websocket.send(`Hello ${session.user}`);

  websocket.on('message', (data) => {
    // A client that was told to go may still send before it answers.
    if (websocket.readyState !== WebSocket.OPEN) return;
    console.log(`${session.user}: ${data}`);
    websocket.send(`${session.user} said: ${data}`);
  });
  websocket.on('error', console.error);
  websocket.on('close', () => {
    websockets.delete(websocket);
    if (websockets.size === 0) open.delete(id);
  });
});

function closeAll(id) {
  for (const websocket of open.get(id) ?? []) websocket.close(1000, 'Logged out');
}

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? 'localhost', () => {
  console.log(`listening on ${server.address().port}`);
});

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of sockets.clients) websocket.close(1001);
});
