export { createWebSocketStreams } from './web/streams.js';
export type { Opening, WebSocketStreams, WebSocketStreamsOptions } from './web/streams.js';
export type { CloseInfo } from './web/close-info.js';
export { streamErrors, WebSocketStreamError } from './web/errors.js';
export type { StreamError, StreamErrorCode, StreamErrorDetails } from './web/errors.js';
export type {
  IncomingMessage,
  OutgoingMessage,
  SendDone,
  WebSocketEventType,
  WebSocketFace,
  WebSocketListener,
} from './web/websocket-face.js';
