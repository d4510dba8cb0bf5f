/**
 * The exports of the npm package `ws`, under the same names. With `require`
 * the class `WebSocket` is the module, and everything else hangs on it.
 */
import { nodePlatform, PreparedMessage } from '@hybi/connection/node';
import { broadcast } from '@hybi/server';
import { createWebSocketStream } from '@hybi/stream/node';
import { extension } from './compat/extension.js';
import { PerMessageDeflate } from './compat/permessage-deflate.js';
import { Receiver } from './compat/receiver.js';
import { Sender } from './compat/sender.js';
import { addHiddenStatics, addStatics } from './compat/statics.js';
import { subprotocol } from './compat/subprotocol.js';
import { WebSocketServer } from './websocket-server.js';
import { WebSocket } from './websocket.js';

// Native helpers, and the environment variables that switch them off, count as they are now.
nodePlatform();

addStatics(WebSocket, {
  createWebSocketStream,
  extension,
  PerMessageDeflate,
  Receiver,
  Sender,
  Server: WebSocketServer,
  subprotocol,
  WebSocket,
  WebSocketServer,
});

// Ours: programs that list what hangs on the class find what they find with ws.
addHiddenStatics(WebSocket, { broadcast, PreparedMessage });

export {
  PerMessageDeflate,
  PreparedMessage,
  Receiver,
  Sender,
  WebSocket,
  WebSocketServer,
  broadcast,
  createWebSocketStream,
  extension,
  subprotocol,
};
export type { ClientOptions, PerMessageDeflateOptions } from '@hybi/client';
export type { CloseEvent, ErrorEvent, Event, MessageEvent } from '@hybi/connection/node';
export type {
  BinaryType,
  EventMap,
  MessageData,
  PreparedMessageOptions,
  SendData,
  SendOptions,
} from '@hybi/connection/node';
export type {
  BroadcastData,
  BroadcastOptions,
  ServerOptions,
  WebSocketConstructor,
} from '@hybi/server';
export type { VerifyClientCallbackAsync, VerifyClientCallbackSync } from '@hybi/server';
export default WebSocket;
