import { describe, expect, it } from 'vitest';
import { subStates, upgrading } from './support/abandoning.js';
import { answeringServer } from './support/answering-server.js';
import { clients } from './support/clients.js';
import { failure, record } from './support/record.js';

const closedEarly = 'WebSocket was closed before the connection was established';

describe.each(clients)('giving up, %s', (_, WebSocket) => {
  describe.each([...subStates, ['in a listener for upgrade', upgrading] as const])(
    '%s',
    (name, reach) => {
      it.each(['close', 'terminate'] as const)('by %s()', async (method) => {
        const states: number[] = [];
        const { websocket, server } = await reach(WebSocket, (each) => {
          states.push(each.readyState);
          each[method]();
          // Further calls change nothing, and are not an error.
          each.close(4999, 'late');
          each.terminate();
          states.push(each.readyState);
        });
        const { closed } = record(websocket);
        const failed = failure(closedEarly);
        // The listener that closed came before the one that records.
        const expected = name.includes('upgrade') ? [['upgrade', 2], ...failed] : failed;
        expect(await closed).toEqual(expected);
        expect(states).toEqual([0, 2]);
        expect(websocket.readyState).toBe(3);
        await server.idle();
      });
    },
  );

  // A signal does not end what is over: a request is, once it has its answer.
  const whileRequesting = subStates.filter(([name]) => !name.includes('unexpected'));

  it.each(whileRequesting)('%s, by a signal', async (_name, reach) => {
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const { websocket, server } = await reach(WebSocket, () => controller.abort(), options);
    expect(await record(websocket).closed).toEqual(failure('The operation was aborted'));
    await server.idle();
  });

  it('can be done in finishRequest', async () => {
    const server = await answeringServer(() => {});
    const websocket = new WebSocket(server.url, {
      finishRequest: (_request, each) => each.close(),
    });
    expect(websocket.readyState).toBe(2);
    expect(await record(websocket).closed).toEqual(failure(closedEarly));
  });

  it('before it starts is over when it starts: a signal that is aborted already', async () => {
    const websocket = new WebSocket('ws://127.0.0.1:1', { signal: AbortSignal.abort() });
    expect(await record(websocket).closed).toEqual(failure('The operation was aborted'));
  });
});
