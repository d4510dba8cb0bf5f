/** What a client asks for, and where. */
import { openManually, turn } from '../manual-socket.js';
import { line, requestLines, requestOf, seeConnection } from '../requests.js';
import type { Scenario } from '../scenario.js';

export const clientScenarios: readonly Scenario[] = [
  {
    title: 'the option protocols',
    covers: ['2.protocols'],
    async run(world) {
      for (const protocols of ['a', ['a', 'b'], []]) {
        world.note('asked', line(await requestOf(world, { protocols }), 'sec-websocket-protocol'));
      }
    },
  },
  {
    title: 'a close that throws',
    covers: ['2.close'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const attempts: [code: any, reason?: any][] = [[1004], [1000, 'x'.repeat(124)], ['1000']];
      for (const args of attempts) {
        world.attempt('close', () => websocket.close(...args));
        world.note('state', websocket.readyState);
      }
      websocket.send('still open');
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'targets with colons',
    covers: ['2.unix'],
    async run(world) {
      for (const address of ['ws+unix:/a.sock:/b:c?d:e', 'ws+unix:/a.sock:/b', 'ws+unix:/a.sock']) {
        world.note(address, (await requestLines(world, {}, [], address))[0]);
      }
    },
  },
  {
    title: 'userinfo',
    covers: ['2.userinfo'],
    async run(world) {
      for (const userinfo of ['us%40er:pa%3Ass', 'user', ':%C3%A4', '%zz:a']) {
        const lines = await requestLines(world, {}, [], `ws://${userinfo}@example.test`);
        world.note(userinfo, line(lines, 'authorization'));
      }
    },
  },
  {
    title: 'URL objects',
    covers: ['2.url'],
    async run(world) {
      for (const address of ['http://example.test/a', 'https://example.test/a#']) {
        const url = new URL(address);
        const { createConnection } = seeConnection();
        const client = world.client(url, { createConnection });
        client.on('error', () => {});
        world.note('kept', url.href, client.url);
      }
    },
  },
];
