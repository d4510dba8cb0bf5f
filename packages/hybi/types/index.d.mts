/** The shape of `import` of hybi: named exports, and the class as the default. */
import { WebSocket } from './websocket.cjs';

export import PerMessageDeflate = WebSocket.PerMessageDeflate;
export import PreparedMessage = WebSocket.PreparedMessage;
export import Receiver = WebSocket.Receiver;
export import Sender = WebSocket.Sender;
export import WebSocketServer = WebSocket.WebSocketServer;
export import broadcast = WebSocket.broadcast;
export import createWebSocketStream = WebSocket.createWebSocketStream;
export import extension = WebSocket.extension;
export import subprotocol = WebSocket.subprotocol;
export import AddressInfo = WebSocket.AddressInfo;
export import BinaryType = WebSocket.BinaryType;
export import BroadcastData = WebSocket.BroadcastData;
export import BroadcastOptions = WebSocket.BroadcastOptions;
export import CertMeta = WebSocket.CertMeta;
export import ClientOptions = WebSocket.ClientOptions;
export import CloseEvent = WebSocket.CloseEvent;
export import Data = WebSocket.Data;
export import ErrorEvent = WebSocket.ErrorEvent;
export import Event = WebSocket.Event;
export import EventListenerOptions = WebSocket.EventListenerOptions;
export import FinishRequestCallback = WebSocket.FinishRequestCallback;
export import MessageEvent = WebSocket.MessageEvent;
export import PerMessageDeflateOptions = WebSocket.PerMessageDeflateOptions;
export import PreparedMessageOptions = WebSocket.PreparedMessageOptions;
export import RawData = WebSocket.RawData;
export import SendData = WebSocket.SendData;
export import SendOptions = WebSocket.SendOptions;
export import ServerOptions = WebSocket.ServerOptions;
export import VerifyClientCallbackAsync = WebSocket.VerifyClientCallbackAsync;
export import VerifyClientCallbackSync = WebSocket.VerifyClientCallbackSync;
export import VerifyClientInfo = WebSocket.VerifyClientInfo;
export import WebSocketConstructor = WebSocket.WebSocketConstructor;
export import WebSocketEventMap = WebSocket.WebSocketEventMap;
export import WebSocketEvents = WebSocket.WebSocketEvents;
export import WebSocketServerEvents = WebSocket.WebSocketServerEvents;
export type Server<
  T extends WebSocket.WebSocketConstructor = typeof WebSocket,
  U extends typeof import('node:http').IncomingMessage = typeof import('node:http').IncomingMessage,
> = WebSocket.Server<T, U>;
export { WebSocket, WebSocket as default };
