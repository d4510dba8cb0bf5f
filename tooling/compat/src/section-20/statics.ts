/** Statics that programs look for on the class. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';

export const staticScenarios: readonly Scenario[] = [
  {
    title: 'on the CommonJS export, and on all that import * gives',
    covers: ['20.statics.server', '20.statics.named', '20.statics.stream'],
    run: (world) =>
      noteProgram(
        world,
        'statics',
        `
import { createRequire } from 'node:module';
import * as all from 'PACKAGE';
const WS = createRequire(import.meta.url)('PACKAGE');
const print = (...values) => console.log(JSON.stringify(values));
print(typeof WS.Server, WS.Server === WS.WebSocketServer, new WS.Server({ noServer: true }) instanceof all.WebSocketServer);
print(WS.WebSocket === WS, all.WebSocket === WS, all.default === WS, typeof WS.WebSocketServer);
print(typeof WS.createWebSocketStream, WS.createWebSocketStream.name, WS.createWebSocketStream.length);
// As programs do that take either form.
print((all.default ?? all.WebSocket) === WS, typeof (WS.Server || WS.WebSocketServer));`,
      ),
  },
  {
    title: 'a stream by the static',
    covers: ['20.statics.stream'],
    async run(world) {
      const { client, remote } = await world.pair();
      const stream = world.lib.module.createWebSocketStream(client);
      world.cleanUp(() => void stream.destroy());
      const received = world.next(remote, 'message');
      stream.write('to the server');
      world.note('message', ...(await received));
      const data = world.next(stream, 'data');
      remote.send('to the stream');
      world.note('data', ...(await data));
    },
  },
];
