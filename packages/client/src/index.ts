export { WebSocket } from './websocket.js';
export type { ClientOptions, PerMessageDeflateOptions } from './options.js';
export { clientErrors } from './errors.js';
export type { ClientErrorCode, ClientErrorDescription, OpeningError } from './errors.js';

// What programs that only dial need to name besides.
export {
  CloseEvent,
  ErrorEvent,
  Event,
  MessageEvent,
  PreparedMessage,
  ReadyState,
} from '@hybi/connection/node';
export type {
  AttachOptions,
  BinaryType,
  EventListener,
  EventMap,
  MessageData,
  PreparedMessageOptions,
  SendCallback,
  SendData,
  SendOptions,
  WebSocketEvents,
  WebSocketOptions,
} from '@hybi/connection/node';
