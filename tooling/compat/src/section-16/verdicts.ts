/** What verifyClient decides, and how that is answered. */
import type { Scenario } from '../scenario.js';
import { answerTo, manualServer, upgradeManually } from '../upgrades.js';
import type { World } from '../world.js';

type Verdict = (result: boolean, code?: any, body?: any, headers?: any) => void;

/** Notes the answer to a client that is refused with these arguments. */
async function noteRefusal(world: World, ...args: any[]): Promise<void> {
  const server = await world.server({
    verifyClient: (_info: unknown, verdict: Verdict) => verdict(false, ...args),
  });
  world.note(JSON.stringify(args), await answerTo(world, server.port));
}

export const verdictScenarios: readonly Scenario[] = [
  {
    title: 'refused at once',
    covers: ['16.verify.sync', '16.form'],
    async run(world) {
      for (const verdict of [false, undefined, null, 0, '']) {
        const server = await world.server({ verifyClient: () => verdict });
        world.note(String(verdict), await answerTo(world, server.port));
      }
    },
  },
  {
    title: 'refused by the callback, with and without a code',
    covers: ['16.verify.callback', '16.verify.standard'],
    async run(world) {
      await noteRefusal(world);
      await noteRefusal(world, 0);
      await noteRefusal(world, null);
      await noteRefusal(world, 403);
      await noteRefusal(world, 404, undefined);
      await noteRefusal(world, 404, '');
      await noteRefusal(world, 404, null);
      await noteRefusal(world, '429');
      await noteRefusal(world, 418);
    },
  },
  {
    title: 'refused with a body',
    covers: ['16.verify.body', '16.form.length'],
    async run(world) {
      await noteRefusal(world, 403, 'Not you');
      await noteRefusal(world, 403, 'Kein Zugang für dich ☃');
      await noteRefusal(world, 403, 'a\r\n\r\nb');
      await noteRefusal(world, undefined, '{}');
    },
  },
  {
    title: 'refused with headers',
    covers: ['16.verify.callback', '16.form.extra', '16.form.override'],
    async run(world) {
      await noteRefusal(world, 403, 'Not you', { 'X-Reason': 'none', 'X-Count': 2 });
      await noteRefusal(world, 302, '', { Location: '/login', 'Set-Cookie': ['a=1', 'b=2'] });
      await noteRefusal(world, 403, '{}', { 'Content-Type': 'application/json' });
      await noteRefusal(world, 403, 'long body', {
        'Content-Length': 4,
        'X-Last': 'yes',
        Connection: 'keep-alive',
      });
      await noteRefusal(world, 403, 'a', { 'content-type': 'text/plain' });
      await noteRefusal(world, 403, 'a', { 'X-Undefined': undefined, 'X-Null': null });
      await noteRefusal(world, 403, 'a', { 'X-Name': 'Zoë ☃' });
      await noteRefusal(world, 403, 'a', null);
    },
  },
  {
    title: 'refused with a code that has no standard reason',
    covers: ['16.verify.unknown'],
    async run(world) {
      await noteRefusal(world, 499, 'Gone away');
      await noteRefusal(world, 999, 'a');
      // Close codes of WebSocket, which programs give by mistake.
      await noteRefusal(world, 1008, 'Policy');
      await noteRefusal(world, 4001, 'Not you');
      await noteRefusal(world, -1, 'a');
      await noteRefusal(world, 200, 'a');
    },
  },
  {
    title: 'refused with a status of success or of information',
    covers: ['16.verify.callback'],
    run(world) {
      const server = manualServer(world);
      for (const code of [100, 101, 199, 204]) {
        server.options.verifyClient = (_info: unknown, verdict: any) => verdict(false, code, 'a');
        world.note(String(code), upgradeManually(server).socket.take().toString());
      }
    },
  },
  {
    title: 'a code without a standard reason and without a body',
    covers: ['16.verify.unknown.no-body'],
    run(world) {
      const server = manualServer(world);
      for (const code of [299, 499, 1008, 4001]) {
        server.options.verifyClient = (_info: unknown, verdict: any) => {
          world.attempt('callback', () => verdict(false, code));
          world.attempt('callback', () => verdict(false, code, ''));
          world.attempt('callback', () => verdict(false));
        };
        const { socket } = upgradeManually(server);
        world.note(String(code), socket.take().toString());
      }
    },
  },
  {
    title: 'a header that would end its line',
    covers: ['16.verify.callback'],
    because: 'hybi lets nothing end a line of an answer, and answers 500 in its place',
    expected: {
      ws: [['first', 'HTTP/1.1 403 Forbidden', 'X-B: 2']],
      hybi: [['first', 'HTTP/1.1 500 Internal Server Error', undefined]],
    },
    run(world) {
      const server = manualServer(world);
      server.on('wsClientError', () => {});
      server.options.verifyClient = (_info: unknown, verdict: any) => {
        verdict(false, 403, 'a', { 'X-A': '1\r\nX-B: 2' });
      };
      const lines = upgradeManually(server).socket.take().toString().split('\r\n');
      world.note(
        'first',
        lines[0],
        lines.find((line) => line.startsWith('X-B')),
      );
    },
  },
];
