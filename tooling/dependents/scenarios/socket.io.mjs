/** Rooms, acknowledgements and binary data, over WebSocket alone; with compression and without. */
import { once } from 'node:events';
import { listen } from './support.mjs';

const long = 'compress me '.repeat(500);

export async function scenario({ Server, io }, print) {
  // Without compression the server encodes a broadcast once, with `Sender.frame`.
  for (const perMessageDeflate of [{ threshold: 256 }, false]) {
    print(`compression: ${perMessageDeflate !== false}`);
    await exchange(new Server({ transports: ['websocket'], perMessageDeflate }), io, print);
  }
}

async function exchange(server, io, print) {
  server.on('connection', (socket) => {
    socket.on('join', async (room, done) => {
      await socket.join(room);
      done(socket.rooms.size);
    });
    socket.on('echo', (...args) => args.at(-1)(...args.slice(0, -1)));
    socket.on('whisper', (room, ...news) => socket.to(room).emit('news', ...news));
    socket.on('question', async (done) => done(await socket.emitWithAck('answer?', 6, 7)));
  });
  const { server: httpServer, host } = await listen();
  server.attach(httpServer);

  const clients = await Promise.all(['a', 'b', 'c'].map(() => connect(io, `ws://${host}`)));
  const [a, b, c] = clients;
  const [onServer] = await server.fetchSockets();
  print(`extensions: ${a.io.engine.transport.ws.extensions || 'none'}`);
  print(
    `transport: ${a.io.engine.transport.name}, ${server.sockets.sockets.get(onServer.id).conn.transport.name}`,
  );

  print(`rooms: ${await b.emitWithAck('join', 'room')} ${await c.emitWithAck('join', 'room')}`);
  const echoed = await a.emitWithAck('echo', 'text \u{1f4e1}', { deep: [Buffer.from([1, 2, 3])] });
  print(`echo: ${JSON.stringify(echoed)}`);
  print(`long echo: ${(await a.timeout(5000).emitWithAck('echo', long)) === long}`);
  a.on('answer?', (x, y, done) => done(x * y));
  print(`answer: ${await a.emitWithAck('question')}`);

  const news = [b, c].map((client) => once(client, 'news'));
  a.emit('whisper', 'room', 'all', Buffer.from('bytes'), long);
  for (const [to, bytes, text] of await Promise.all(news)) {
    print(`news: ${to} ${bytes} ${text === long}`);
  }

  const broadcast = clients.map((client) => once(client, 'broadcast'));
  server.emit('broadcast', 1, Buffer.alloc(70_000, 7));
  for (const [number, bytes] of await Promise.all(broadcast)) {
    print(`broadcast: ${number} ${bytes.length} ${bytes.every((byte) => byte === 7)}`);
  }
  const texts = clients.map((client) => once(client, 'text'));
  server.except('room').emit('text', 'outside');
  server.to('room').emit('text', 'inside');
  print(`texts: ${(await Promise.all(texts)).join(' ')}`);

  const left = once(server.sockets.sockets.get(a.id), 'disconnect');
  a.disconnect();
  print(`left: ${(await left)[0]}`);
  const sentAway = [b, c].map((client) => once(client, 'disconnect'));
  server.disconnectSockets(true);
  print(`sent away: ${(await Promise.all(sentAway)).map(([reason]) => reason)}`);
  await server.close();
}

async function connect(io, url) {
  const options = {
    transports: ['websocket'],
    forceNew: true,
    perMessageDeflate: { threshold: 256 },
  };
  const client = io(url, { ...options, reconnection: false });
  await once(client, 'connect');
  return client;
}
