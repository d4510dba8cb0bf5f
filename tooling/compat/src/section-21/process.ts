/** What a process sees of the package. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';

/** Uses much of what there is, and prints what it was told. */
const program = `
const { once } = require('node:events');
const print = (...values) => console.log(JSON.stringify(values));
const listeners = () => process.eventNames().map((name) => [String(name), process.listenerCount(name)]);
const before = listeners();
const WebSocket = require('PACKAGE');
print('loaded', JSON.stringify(listeners()) === JSON.stringify(before));

void (async () => {
  const server = new WebSocket.Server({ port: 0, host: '127.0.0.1', perMessageDeflate: true });
  server.on('connection', (websocket) => {
    websocket.on('message', (data, binary) => websocket.send(data, { binary }));
  });
  await once(server, 'listening');
  const address = 'ws://127.0.0.1:' + server.address().port;
  const client = new WebSocket(address, 'a', { handshakeTimeout: 5000, followRedirects: true });
  await once(client, 'open');
  for (const data of ['text', Buffer.from('binary'), new Blob(['blob']), 'x'.repeat(70000)]) {
    const echo = once(client, 'message');
    client.send(data);
    const [message, binary] = await echo;
    print(message.length, binary);
  }
  const stream = WebSocket.createWebSocketStream(client);
  stream.write('to the stream');
  print(String((await once(stream, 'data'))[0]));
  stream.end();
  await once(client, 'close');
  const failing = new WebSocket(address, { headers: { Upgrade: 'x' }, protocolVersion: 8 });
  failing.on('error', () => {});
  failing.terminate();
  await new Promise((resolve) => failing.on('close', resolve));
  const known = before.map(String);
  print('running', listeners().filter((each) => !known.includes(String(each))));
  server.close();
  await once(server, 'close');
  print('closed');
})();
`;

/** What a record says of the listeners of the running program, or all the rest of it. */
function linesOf(running: boolean) {
  return (entries: readonly (readonly unknown[])[]): unknown[] =>
    entries.flat().filter((each) => (Array.isArray(each) && each[0] === 'running') === running);
}

const lastTick = 'a listener for exit sends what the program sent in its last tick';

export const processScenarios: readonly Scenario[] = [
  {
    title: 'listeners of the process',
    covers: ['21.process'],
    because: lastTick,
    run: (world) => noteProgram(world, 'process', program, { commonjs: true }),
    compare: linesOf(true),
    expected: { ws: [['running', []]], hybi: [['running', [['exit', 1]]]] },
  },
  {
    title: 'deprecated parts of Node',
    covers: ['21.process', '21.deprecation'],
    because: lastTick,
    run: (world) =>
      noteProgram(world, 'process', program, {
        commonjs: true,
        flags: ['--throw-deprecation', '--pending-deprecation', '--trace-warnings'],
      }),
    compare: linesOf(false),
  },
];
