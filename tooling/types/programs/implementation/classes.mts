/** What is declared is there: the declarations are held against the types of the implementation. */
import type * as declared from 'hybi';
import type * as made from '../../../../packages/hybi/dist/implementation.cjs';

declare const websocket: made.WebSocket;
declare const server: made.WebSocketServer;

// Declared with less than the truth, for the sake of what takes WebSockets of `@types/ws`: a type that
// is `'blob'` too, and callbacks that are called without an error too.
type Approximate = 'binaryType' | 'ping' | 'pong';
type EventTypes = keyof declared.WebSocketEventMap;
type OfEventTargets = 'addEventListener' | 'removeEventListener' | `on${EventTypes}`;
type OfEmitters = Extract<keyof NodeJS.EventEmitter, string>;
type Others = Approximate | OfEventTargets | OfEmitters;

export const members: Omit<declared.WebSocket, Others | symbol> = websocket;
export const otherMembers: Record<Others, unknown> = websocket;
export const constants: Pick<
  typeof declared.WebSocket,
  'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED'
> = {} as typeof made.WebSocket;
export const setBinaryType = (value: declared.BinaryType): void => {
  websocket.binaryType = value;
};

// Event objects are of classes with private members there, and of interfaces here.
type EventObject<K extends EventTypes> = Omit<declared.WebSocketEventMap[K], 'target'>;
websocket.addEventListener('open', (event): EventObject<'open'> => event);
websocket.addEventListener('error', (event): EventObject<'error'> => event);
websocket.addEventListener('close', (event): EventObject<'close'> => event);
websocket.addEventListener('message', (event): EventObject<'message'> => event);

type Events = declared.WebSocketEvents;
websocket.on('open', (...given): Events['open'] => given);
websocket.on('message', (...given): Events['message'] => given);
websocket.on('ping', (...given): Events['ping'] => given);
websocket.on('pong', (...given): Events['pong'] => given);
websocket.on('error', (...given): Events['error'] => given);
websocket.on('close', (...given): Events['close'] => given);
websocket.on('upgrade', (...given): Events['upgrade'] => given);
websocket.on('unexpected-response', (...given): Events['unexpected-response'] => given);
websocket.on('redirect', (...given): Events['redirect'] => given);

// `path` is never there; `clients` and `handleUpgrade` have WebSockets of another declaration.
type WithWebSockets = 'clients' | 'handleUpgrade' | 'options';
type OfServers = Exclude<keyof declared.WebSocketServer, 'path' | OfEmitters | symbol>;
export const serverMembers: Pick<
  declared.WebSocketServer,
  Exclude<OfServers, WithWebSockets>
> = server;
export const otherServerMembers: Record<WithWebSockets, unknown> = server;

type ServerEvents = declared.WebSocketServerEvents<
  made.WebSocket,
  import('node:http').IncomingMessage
>;
server.on('listening', (...given): ServerEvents['listening'] => given);
server.on('connection', (...given): ServerEvents['connection'] => given);
server.on('headers', (...given): ServerEvents['headers'] => given);
server.on('wsClientError', (...given): ServerEvents['wsClientError'] => given);
server.on('error', (...given): ServerEvents['error'] => given);
server.on('close', (...given): ServerEvents['close'] => given);

type Options<All> = Omit<All, 'WebSocket' | 'perMessageDeflate'>;
export const options = (given: declared.ServerOptions): Options<made.ServerOptions> => given;
export const optionNames: Record<keyof made.ServerOptions, unknown> =
  {} as Required<declared.ServerOptions>;
export const clientOptionNames: Record<keyof made.ClientOptions, unknown> =
  {} as Required<declared.ClientOptions>;
