/** Subscriptions that end, fail and are left; a query; a client that is refused. */
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { listen } from './support.mjs';

const source = `
  type Query { greeting: String! }
  type Subscription { countdown(from: Int!): Int! failing: Int! }
`;

export async function scenario(modules, print) {
  const { buildSchema, createClient, useServer, WebSocket, WebSocketServer } = modules;
  const { server, host } = await listen();
  const webSockets = new WebSocketServer({ server, path: '/graphql' });
  let leave = () => {};
  const left = new Promise((resolve) => (leave = resolve));
  const roots = {
    query: { greeting: 'hello' },
    subscription: {
      async *countdown({ from }) {
        try {
          for (let rest = from; rest >= 0; rest--) {
            yield { countdown: rest };
            await setImmediate();
          }
        } finally {
          leave(from);
        }
      },
      async *failing() {
        yield { failing: 1 };
        throw new Error('broken on purpose');
      },
    },
  };
  const onConnect = ({ connectionParams }) => connectionParams?.token === 'right';
  const running = useServer({ schema: buildSchema(source), roots, onConnect }, webSockets);

  const ends = [];
  const connect = (token) =>
    createClient({
      url: `ws://${host}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token },
      retryAttempts: 0,
      on: {
        connected: (socket) => print(`protocol: ${socket.protocol}`),
        closed: ({ code, reason }) => ends.push(`${code} ${reason}`),
      },
    });

  const client = connect('right');
  // A subscription under way keeps the one connection open.
  const endless = client.iterate({ query: 'subscription { countdown(from: 1000000) }' });
  print(`endless: ${JSON.stringify((await endless.next()).value.data)}`);
  for (const query of [
    '{ greeting }',
    'subscription { countdown(from: 3) }',
    'subscription { failing }',
    '{ missing }',
  ]) {
    print(`${query}:`);
    try {
      for await (const { data, errors } of client.iterate({ query })) {
        print(`  ${JSON.stringify(data ?? errors.map(({ message }) => message))}`);
      }
    } catch (error) {
      print(`  failed: ${error.reason ?? error.map?.(({ message }) => message) ?? error.message}`);
    }
  }
  const [socket] = webSockets.clients;
  const gone = once(socket, 'close');
  await endless.return();
  await left;
  await client.dispose();
  print(`server saw: ${(await gone)[0]}`);

  const refused = connect('wrong').iterate({ query: '{ greeting }' });
  await refused.next().catch(({ code, reason }) => print(`refused: ${code} ${reason}`));
  await running.dispose();
  server.close();
  await once(server, 'close');
  print(`closed: ${ends.join(', ')}`);
}
