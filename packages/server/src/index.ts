export { WebSocketServer } from './websocket-server.js';
export type { UpgradeCallback } from './websocket-server.js';
export { WebSocket } from '@hybi/connection/node';
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
