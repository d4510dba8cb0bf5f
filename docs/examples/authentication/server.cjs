// A server that asks who is there before it opens a WebSocket; strangers get a 401.
//
//   TOKEN=sesame node docs/examples/authentication/server.cjs
//
// Then, in another terminal: TOKEN=sesame node docs/examples/authentication/client.cjs
//
// PORT and HOST say where to listen.

const { createServer } = require('node:http');
const WebSocket = require('hybi');

// A program of yours looks into its database.
const users = new Map([[process.env.TOKEN ?? 'sesame', 'Alice']]);

/** Resolves with the name of the user; undefined for a stranger. */
async function authenticate(request) {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  return users.get(token);
}

function refuse(socket, status) {
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(head, () => socket.destroy());
}

const httpServer = createServer((request, response) => response.writeHead(404).end());
const server = new WebSocket.Server({ noServer: true });

server.on('connection', (websocket, request, user) => {
  websocket.on('error', console.error);
  websocket.on('message', (data) => console.log('%s says: %s', user, data.toString()));
  websocket.send(`Welcome, ${user}`);
});

httpServer.on('upgrade', async (request, socket, head) => {
  // Until handleUpgrade() takes the socket, nobody else listens for its errors.
  socket.on('error', console.error);
  try {
    const user = await authenticate(request);
    if (user === undefined) {
      refuse(socket, '401 Unauthorized\r\nWWW-Authenticate: Bearer');
      return;
    }
    socket.off('error', console.error);
    server.handleUpgrade(request, socket, head, (websocket) => {
      server.emit('connection', websocket, request, user);
    });
  } catch (error) {
    console.error(error);
    refuse(socket, '500 Internal Server Error');
  }
});

httpServer.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? 'localhost', () =>
  console.log('listening on %d', httpServer.address().port),
);

process.once('SIGTERM', () => {
  httpServer.close();
  for (const websocket of server.clients) websocket.close(1001);
});
