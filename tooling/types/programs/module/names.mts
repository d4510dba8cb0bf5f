/** Every name that the ES module exports. */
import * as ws from 'ws';
import WebSocket, { createWebSocketStream, WebSocket as Named, WebSocketServer } from 'ws';
import type {
  AddressInfo,
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
  Server,
  ServerOptions,
  VerifyClientCallbackAsync,
  VerifyClientCallbackSync,
} from 'ws';

export type Types = [
  AddressInfo,
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
  Server,
  ServerOptions,
  VerifyClientCallbackAsync,
  VerifyClientCallbackSync,
];

/** The same in the namespace of the class. */
export type Members = [
  WebSocket.AddressInfo,
  WebSocket.CertMeta,
  WebSocket.ClientOptions,
  WebSocket.CloseEvent,
  WebSocket.Data,
  WebSocket.ErrorEvent,
  WebSocket.Event,
  WebSocket.EventListenerOptions,
  WebSocket.FinishRequestCallback,
  WebSocket.MessageEvent,
  WebSocket.PerMessageDeflateOptions,
  WebSocket.RawData,
  WebSocket.ServerOptions,
  WebSocket.VerifyClientCallbackAsync,
  WebSocket.VerifyClientCallbackSync,
  WebSocket.WebSocketEventMap,
];
export const types = (given: Types): unknown => given;
export const there = (members: Members): Types[0] => members[0];
export const back = (given: Types): Members[11] => given[11];

export const byDefault: typeof Named = WebSocket;
export const byName: typeof WebSocket = Named;
export const byNamespace: ws.WebSocket = new ws.WebSocket('ws://localhost');
export const default_: ws.default = new ws.default('ws://localhost');
export const server: Server = new ws.WebSocketServer({ noServer: true });
export const same: ws.WebSocketServer = new WebSocketServer({ noServer: true });
export const generic = (given: Server<typeof WebSocket>): WebSocketServer => given;
export const stream = ws.createWebSocketStream(byNamespace) === createWebSocketStream(default_);
export { WebSocket, WebSocketServer, createWebSocketStream, Named as default };
export type { RawData, ServerOptions as WsServerOptions } from 'ws';
export type Lazy = import('ws').WebSocket | import('ws').RawData;
export async function load(): Promise<WebSocket> {
  const { default: Default, WebSocketServer: LoadedServer } = await import('ws');
  new LoadedServer({ noServer: true }).close();
  return new Default('ws://localhost');
}
