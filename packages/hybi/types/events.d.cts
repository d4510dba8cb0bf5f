/// <reference types="node" />
/** What a WebSocket tells and takes: its events, event objects, and the forms of data. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type * as api from '../dist/implementation.cjs';
import type { WebSocket } from './websocket.cjs';

/**
 * A message as `'message'` listeners get it. With the `binaryType` `'blob'` it is a `Blob`, which only
 * programs that ask for it have to expect.
 */
export type RawData = Buffer | ArrayBuffer | Buffer[];

/** A message as event objects carry it: text is a string. */
export type Data = string | RawData;

/** How binary messages come. */
export type BinaryType = 'nodebuffer' | 'arraybuffer' | 'fragments' | 'blob';

/**
 * What can be sent: text, bytes in any form, a number, a `Blob`, a prepared message, and what
 * `Buffer.from` takes.
 */
export type SendData =
  | api.PreparedMessage
  | string
  | number
  | ArrayBufferView
  | ArrayBuffer
  | SharedArrayBuffer
  | Blob
  | readonly any[]
  | { valueOf(): ArrayBuffer }
  | { valueOf(): SharedArrayBuffer }
  | { valueOf(): Uint8Array }
  | { valueOf(): readonly number[] }
  | { valueOf(): string }
  | { [Symbol.toPrimitive](hint: string): string };

/** What can be sent to many: all that can be sent, but a `Blob`, which would have to be read first. */
export type BroadcastData = Exclude<SendData, Blob>;

/** How a message is sent to many. */
export interface BroadcastOptions<Client = WebSocket> {
  /** Binary or text; default: text if the data is a string or a number, or as it was prepared. */
  binary?: boolean | undefined;
  /** Whether it may be compressed, where that was negotiated; default: true. */
  compress?: boolean | undefined;
  /** A client that is left out, or several. */
  except?: Client | Iterable<Client> | undefined;
}

/** How a message is prepared. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- programs may add members
export interface PreparedMessageOptions extends api.PreparedMessageOptions {}

/** How a message is sent. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- programs may add members
export interface SendOptions extends api.SendOptions {}

/** The events of a WebSocket and their arguments. */
export interface WebSocketEvents {
  open: [];
  message: [data: RawData, isBinary: boolean];
  ping: [data: Buffer];
  pong: [data: Buffer];
  error: [error: Error];
  close: [code: number, reason: Buffer];
  /** Of WebSockets that dial: the server's answer, before it is checked. */
  upgrade: [response: IncomingMessage];
  /** Of WebSockets that dial: the server answered with something else. */
  'unexpected-response': [request: ClientRequest, response: IncomingMessage];
  /** Of WebSockets that dial: a redirect is about to be followed. */
  redirect: [url: string, request: ClientRequest];
}

/** The events of a server and their arguments. */
export interface WebSocketServerEvents<Client, Request> {
  /** The HTTP server listens. Not without an HTTP server. */
  listening: [];
  /** A WebSocket is open. Not for those whom `handleUpgrade` was called for: its callback is told. */
  connection: [websocket: Client, request: Request];
  /** The lines of the 101 answer, status line first, before they are written. They may be changed. */
  headers: [headers: string[], request: Request];
  /** A request is not a valid opening request. The listener must answer it and end the socket. */
  wsClientError: [error: Error, socket: Duplex, request: Request];
  /** The HTTP server failed, for instance because the port is taken. */
  error: [error: Error];
  /** The server has closed, and with client tracking all its WebSockets too. */
  close: [];
}

/** What listeners of `addEventListener` get, and the functions of `onopen` and the like. */
export interface Event {
  readonly type: string;
  /** The WebSocket that it happened to. */
  readonly target: WebSocket;
}

/** An error; the connection ends. */
export interface ErrorEvent extends Event {
  readonly error: any;
  readonly message: string;
}

/** The end of a connection. */
export interface CloseEvent extends Event {
  readonly code: number;
  readonly reason: string;
  /** Whether a close frame was sent and one was received. */
  readonly wasClean: boolean;
}

/** A message. */
export interface MessageEvent extends Event {
  readonly data: Data;
}

/** Event objects by type. */
export interface WebSocketEventMap {
  open: Event;
  error: ErrorEvent;
  close: CloseEvent;
  message: MessageEvent;
}

/** Settings of a listener. */
export interface EventListenerOptions {
  /** Whether it is called once only. */
  once?: boolean | undefined;
}
