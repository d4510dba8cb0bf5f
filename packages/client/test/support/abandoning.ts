import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { answeringServer, redirectTo, response, switching } from './answering-server.js';
import type { AnsweringServer } from './answering-server.js';
import type { ClientOptions, WebSocket } from '../../src/index.js';
import type { Client } from './clients.js';

/** Dials, and calls `act` in one state of the opening handshake. */
export type SubState = (
  WebSocket: Client,
  act: (websocket: WebSocket) => void,
  options?: ClientOptions,
) => Promise<{ websocket: WebSocket; server: AnsweringServer }>;

type Callback = (error: null, addresses: { address: string; family: number }[]) => void;

const silent = (): Promise<AnsweringServer> => answeringServer(() => {});
const follow = { followRedirects: true };

/** Every state in which a WebSocket can be that is connecting. */
export const subStates: [name: string, reach: SubState][] = [
  [
    'while the name is looked up',
    async (WebSocket, act, options) => {
      const server = await silent();
      const url = server.url.replace('127.0.0.1', 'name.invalid');
      let websocket!: WebSocket;
      let answer!: () => void;
      const asked = new Promise<void>((resolve) => {
        const lookup = (_name: string, _options: object, callback: Callback): void => {
          // The answer comes too late.
          answer = () => callback(null, [{ address: '127.0.0.1', family: 4 }]);
          resolve();
        };
        websocket = new WebSocket(url, { ...options, lookup } as unknown as ClientOptions);
      });
      await asked;
      act(websocket);
      setImmediate(answer);
      return { websocket, server };
    },
  ],
  [
    'while TCP connects',
    async (WebSocket, act, options) => {
      const server = await silent();
      const websocket = new WebSocket(server.url, options);
      act(websocket);
      return { websocket, server };
    },
  ],
  [
    'while TLS shakes hands',
    async (WebSocket, act, options) => {
      const server = await silent();
      const websocket = new WebSocket(server.url.replace('ws:', 'wss:'), options);
      await nextSocket(server);
      act(websocket);
      return { websocket, server };
    },
  ],
  [
    'when the request was sent',
    async (WebSocket, act, options) => {
      const server = await silent();
      const websocket = new WebSocket(server.url, options);
      await server.request();
      act(websocket);
      return { websocket, server };
    },
  ],
  [
    'when the answer has begun',
    async (WebSocket, act, options) => {
      const server = await answeringServer(() => 'HTTP/1.1 101 Switching');
      const createConnection = ({ port }: { port?: unknown }): Socket =>
        connect(Number(port), '127.0.0.1').on('data', () => act(websocket));
      const websocket = new WebSocket(server.url, {
        ...options,
        createConnection: createConnection as NonNullable<ClientOptions['createConnection']>,
      });
      return { websocket, server };
    },
  ],
  [
    'in a listener for redirect',
    async (WebSocket, act, options) => {
      const server = await answeringServer(() => redirectTo('/'));
      const websocket = new WebSocket(server.url, { ...options, ...follow });
      websocket.on('redirect', () => act(websocket));
      return { websocket, server };
    },
  ],
  [
    'while the redirected request waits',
    async (WebSocket, act, options) => {
      const server = await answeringServer(({ index }) =>
        index === 0 ? redirectTo('/') : undefined,
      );
      const websocket = new WebSocket(server.url, { ...options, ...follow });
      await server.request();
      await server.request();
      act(websocket);
      return { websocket, server };
    },
  ],
  [
    'in a listener for unexpected-response',
    async (WebSocket, act, options) => {
      const server = await answeringServer(() => response('401 Unauthorized', {}, 'endless'));
      const websocket = new WebSocket(server.url, options);
      websocket.on('unexpected-response', () => act(websocket));
      return { websocket, server };
    },
  ],
];

/** The last state, from which a signal does not lead back. */
export const upgrading: SubState = async (WebSocket, act, options) => {
  const server = await answeringServer((exchange) => switching(exchange));
  const websocket = new WebSocket(server.url, options);
  websocket.on('upgrade', () => act(websocket));
  return { websocket, server };
};

async function nextSocket(server: AnsweringServer): Promise<void> {
  while (server.sockets.size === 0) await new Promise(setImmediate);
}
