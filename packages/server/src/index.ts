export { WebSocketServer } from './websocket-server.js';
export type { UpgradeCallback } from './websocket-server.js';
export { broadcast } from './broadcast.js';
export type { BroadcastData, BroadcastOptions } from './broadcast.js';
export { PreparedMessage, WebSocket } from '@hybi/connection/node';
export type { PreparedMessageOptions } from '@hybi/connection/node';
export type {
  ConnectionLimits,
  PerMessageDeflateOptions,
  ServerOptions,
  WebSocketConstructor,
} from './options.js';
export type {
  Refusal,
  VerifyClient,
  VerifyClientCallbackAsync,
  VerifyClientCallbackSync,
  VerifyClientInfo,
} from './verify-client.js';
export type { Acceptance } from './response.js';
export type { WebSocketServerEvents } from './events.js';
export type { NegotiatedExtension, NegotiatedExtensions } from './extensions.js';
