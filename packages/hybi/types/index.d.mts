/** The shape of `import` of hybi: named exports, and the class as the default. */
import WebSocket from './index.cjs';

export {
  PerMessageDeflate,
  Receiver,
  Sender,
  WebSocketServer,
  createWebSocketStream,
  extension,
  subprotocol,
} from '../dist/implementation.cjs';
export type {
  AddressInfo,
  BinaryType,
  CertMeta,
  ClientOptions,
  CloseEvent,
  Data,
  ErrorEvent,
  Event,
  EventListenerOptions,
  FinishRequestCallback,
  MessageEvent,
  PerMessageDeflateOptions,
  RawData,
  SendData,
  SendOptions,
  Server,
  ServerOptions,
  VerifyClientCallbackAsync,
  VerifyClientCallbackSync,
  WebSocketEventMap,
} from './index.cjs';
export { WebSocket };
export default WebSocket;
