/** Which refusals are left to a listener for wsClientError. */
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { answerOn, manualServer, openingRequest, upgradeManually } from '../upgrades.js';
import type { RequestChanges } from '../upgrades.js';

const header = (name: string, value: string): RequestChanges => ({ headers: { [name]: value } });

const told: readonly RequestChanges[] = [
  { method: 'POST' },
  header('Upgrade', 'h2c'),
  header('Sec-WebSocket-Key', 'short'),
  header('Sec-WebSocket-Version', '7'),
  header('Sec-WebSocket-Protocol', ','),
  header('Sec-WebSocket-Extensions', ','),
  header('Sec-WebSocket-Extensions', 'permessage-deflate; unknown'),
  header('Sec-WebSocket-Extensions', 'permessage-deflate; server_max_window_bits=9'),
];

export const wsClientErrorScenarios: readonly Scenario[] = [
  {
    title: 'errors that are told',
    covers: ['16.client-error', '16.client-error.plain', '16.client-error.version'],
    async run(world) {
      const server = manualServer(world, { perMessageDeflate: { serverMaxWindowBits: 10 } });
      server.on('wsClientError', (error: Error, socket, request, ...more: unknown[]) => {
        world.note('told', error, Object.getOwnPropertyNames(error), request.method, more);
        world.note('socket', socket.destroyed, socket.listenerCount('error'));
      });
      for (const changes of told) {
        const { socket } = upgradeManually(server, changes);
        await turn();
        world.note('written', socket.take(), socket.ends, socket.destroyed);
      }
    },
  },
  {
    title: 'the socket and the request are those of the upgrade',
    covers: ['16.client-error'],
    run(world) {
      const server = manualServer(world);
      const seen: unknown[] = [];
      server.on('wsClientError', (_error, ...rest) => seen.push(...rest));
      const { socket, request } = upgradeManually(server, { method: 'POST' });
      world.note('same', seen[0] === socket, seen[1] === request, seen.length);
    },
  },
  {
    title: 'a listener that answers',
    covers: ['16.client-error', '16.client-error.version'],
    async run(world) {
      const server = await world.server();
      server.on('wsClientError', (error, socket) => {
        socket.end(`HTTP/1.1 400 Told\r\nConnection: close\r\n\r\n${error.message}`);
      });
      const request = openingRequest(header('Sec-WebSocket-Version', '7'));
      world.note('answer', await answerOn(await world.tcp(server.port, request)));
    },
  },
  {
    title: 'a socket that fails while a listener has it',
    covers: ['16.client-error'],
    async run(world) {
      const server = manualServer(world);
      server.on('wsClientError', () => {});
      const { socket } = upgradeManually(server, { method: 'POST' });
      socket.destroy(new Error('reset'));
      await turn();
      world.note('destroyed', socket.destroyed);
    },
  },
  {
    title: 'a listener that was removed, and one for once',
    covers: ['16.client-error'],
    run(world) {
      const server = manualServer(world);
      server.once('wsClientError', (error) => world.note('told', error));
      for (let i = 0; i < 2; i++) {
        const { socket } = upgradeManually(server, { method: 'POST' });
        world.note('answer', socket.take().toString());
      }
    },
  },
  {
    title: 'refusals that are not told',
    covers: ['16.client-error.never'],
    run(world) {
      const server = manualServer(world, { path: '/chat' });
      server.on('wsClientError', (error) => world.note('told', error));
      const ask = (): void => {
        world.note('answer', upgradeManually(server, { target: '/chat' }).socket.take().toString());
      };
      world.note('path', upgradeManually(server).socket.take().toString());
      server.options.verifyClient = () => false;
      ask();
      server.options.verifyClient = (_info: unknown, verdict: any) => verdict(false, 403);
      ask();
      server.options.verifyClient = () => true;
      server.close();
      ask();
    },
  },
];
