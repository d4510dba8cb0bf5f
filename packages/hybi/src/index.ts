/**
 * The exports of the npm package `ws`, under the same names. With `require`
 * the class `WebSocket` is the module, and everything else hangs on it.
 */
import { nodePlatform } from '@hybi/connection/node';
import { createWebSocketStream } from '@hybi/stream/node';
import { extension } from './compat/extension.js';
import { PerMessageDeflate } from './compat/permessage-deflate.js';
import { Receiver } from './compat/receiver.js';
import { Sender } from './compat/sender.js';
import { addStatics } from './compat/statics.js';
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

export {
  PerMessageDeflate,
  Receiver,
  Sender,
  WebSocket,
  WebSocketServer,
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
  SendData,
  SendOptions,
} from '@hybi/connection/node';
export type { ServerOptions, WebSocketConstructor } from '@hybi/server';
export type { VerifyClientCallbackAsync, VerifyClientCallbackSync } from '@hybi/server';
export default WebSocket;
