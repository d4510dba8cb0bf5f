/** Every option of a server. */
import { createServer } from 'node:http';
import WebSocket, { WebSocketServer } from 'ws';
import type { ServerOptions, VerifyClientCallbackAsync, VerifyClientCallbackSync } from 'ws';

const sync: VerifyClientCallbackSync = ({ origin, secure, req }) =>
  secure && origin.startsWith('https:') && req.url === '/';
const async: VerifyClientCallbackAsync = ({ origin, secure, req }, callback) => {
  if (secure) callback(true);
  else if (origin === '') callback(false, 401);
  else callback(false, 403, `not ${req.url}`, { 'retry-after': '10', 'x-list': ['1'], 'x-n': 1 });
};

const options: ServerOptions = {
  host: 'localhost',
  port: 8080,
  backlog: 10,
  server: createServer(),
  verifyClient: sync,
  handleProtocols: (protocols, request) =>
    request.url === '/' && protocols.has('chat') ? 'chat' : false,
  path: '/chat',
  noServer: false,
  allowSynchronousEvents: true,
  autoPong: true,
  clientTracking: true,
  perMessageDeflate: { threshold: 1024, zlibDeflateOptions: { level: 1 } },
  maxPayload: 1024,
  maxBufferedChunks: 10,
  maxFragments: 10,
  skipUTF8Validation: false,
  WebSocket,
};
options.verifyClient = async;
options.verifyClient = (info: { origin: string; secure: boolean }) => info.secure;
options.handleProtocols = (protocols: Set<string>) => protocols.values().next().value ?? false;

const server = new WebSocketServer(options, () => console.log('listening'));
console.log(server.options.port?.toFixed(), server.options.path?.length, server.options.server);
server.options.maxPayload = 10;
server.options = { ...server.options, perMessageDeflate: true };
if (server.options.verifyClient) console.log(server.options.verifyClient.length);

new WebSocketServer({ port: 0, server: undefined, perMessageDeflate: undefined });
new WebSocketServer({ port: Number(process.env['PORT'] ?? 8080), perMessageDeflate: true });
new WebSocketServer({ noServer: true, handleProtocols: () => false });
console.log(server.path);

export interface Settings extends ServerOptions {
  heartbeat: number;
}
export function listen({ heartbeat, ...rest }: Settings): WebSocketServer {
  const made = new WebSocketServer(rest);
  made.on('listening', () => console.log(heartbeat));
  return made;
}
export type Verify = NonNullable<ServerOptions['verifyClient']>;
export type Options = ConstructorParameters<typeof WebSocketServer>[0];
export const configured: Options = { port: 1 };
