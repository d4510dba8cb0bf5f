/**
 * The shape of `require('hybi')`: the class, with everything else on it, and
 * the names of `@types/ws` in its namespace.
 */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo as NetAddressInfo } from 'node:net';
import type * as api from '../dist/implementation.cjs';

/** What hangs on the class. */
interface Statics {
  WebSocket: typeof api.WebSocket & Statics;
  Server: typeof api.WebSocketServer;
  WebSocketServer: typeof api.WebSocketServer;
  createWebSocketStream: typeof api.createWebSocketStream;
  extension: typeof api.extension;
  subprotocol: typeof api.subprotocol;
  PerMessageDeflate: typeof api.PerMessageDeflate;
  Receiver: typeof api.Receiver;
  Sender: typeof api.Sender;
}

/** A WebSocket: `new WebSocket(url)` dials; a server makes them for its clients. */
declare const WebSocket: typeof api.WebSocket & Statics;

type WebSocket = api.WebSocket;

declare namespace WebSocket {
  type WebSocket = api.WebSocket;
  type WebSocketServer<
    T extends api.WebSocketConstructor = typeof api.WebSocket,
    U extends typeof IncomingMessage = typeof IncomingMessage,
  > = api.WebSocketServer<T, U>;
  type Server<
    T extends api.WebSocketConstructor = typeof api.WebSocket,
    U extends typeof IncomingMessage = typeof IncomingMessage,
  > = api.WebSocketServer<T, U>;
  type PerMessageDeflate = api.PerMessageDeflate;
  type Receiver = api.Receiver;
  type Sender = api.Sender;

  type RawData = api.MessageData;
  type Data = string | api.MessageData;
  type CertMeta = string | string[] | Buffer | Buffer[];
  type BinaryType = api.BinaryType;
  type SendData = api.SendData;
  type SendOptions = api.SendOptions;

  type Event = api.Event;
  type ErrorEvent = api.ErrorEvent;
  type CloseEvent = api.CloseEvent;
  type MessageEvent = api.MessageEvent;
  type WebSocketEventMap = api.EventMap;
  interface EventListenerOptions {
    once?: boolean | undefined;
  }

  type ClientOptions = api.ClientOptions;
  type PerMessageDeflateOptions = api.PerMessageDeflateOptions;
  type FinishRequestCallback = NonNullable<api.ClientOptions['finishRequest']>;

  type ServerOptions<
    T extends api.WebSocketConstructor = typeof api.WebSocket,
    U extends typeof IncomingMessage = typeof IncomingMessage,
  > = api.ServerOptions<T, U>;
  type VerifyClientCallbackSync<Request extends IncomingMessage = IncomingMessage> =
    api.VerifyClientCallbackSync<Request>;
  type VerifyClientCallbackAsync<Request extends IncomingMessage = IncomingMessage> =
    api.VerifyClientCallbackAsync<Request>;
  type AddressInfo = NetAddressInfo;
}

export = WebSocket;
