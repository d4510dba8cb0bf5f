/**
 * What a test and a peer say to each other: one JSON object per line.
 *
 * The test commands, the peer reports. Both know how to make a message from
 * its description, so that 16 MiB cost a line; what a peer has received comes
 * back as a digest.
 */

/** A message by its words, or by its size: then `createPayload` makes the bytes. */
export type Message = TextMessage | SizedMessage;

export interface TextMessage {
  kind: 'text';
  text: string;
}

export interface SizedMessage {
  kind: 'text' | 'binary';
  /** On the wire: a text has as many characters as fit. */
  bytes: number;
  /** Messages of one size and different seeds differ. */
  seed: number;
  /** Default: `mixed`. */
  content?: Content;
}

/**
 * What fills a message of a size: `mixed` some of all, `random` what no compression makes smaller,
 * `repetitive` a few bytes again and again, a number as many random bytes again and again. A text
 * has no such number.
 */
export type Content = 'mixed' | 'random' | 'repetitive' | number;

/** One message of a longer exchange. */
export interface Step {
  message: Message;
  /** Of its fragments, before they are compressed; a last one has what is left. Default: whole. */
  sizes?: readonly number[];
  /** Not to be compressed, where the sender has a choice. */
  plain?: boolean;
}

/** What a peer is told about permessage-deflate: whether, or how in the words of its own API. */
export type Compression = boolean | Readonly<Record<string, unknown>>;

/** PEM. */
export interface KeyPair {
  key: string;
  cert: string;
}

/** To a server: listen. It reports `listening` under this id. */
export interface ListenCommand {
  do: 'listen';
  id: string;
  tls: KeyPair | undefined;
  compression: Compression;
}

/** To a client: open a connection. */
export interface OpenCommand {
  do: 'open';
  id: string;
  url: string;
  subprotocols: string[];
  compression: Compression;
}

/** To both: do something with an open connection. */
export type ConnectionCommand =
  | { do: 'send'; id: string; messages: Message[] }
  | { do: 'sendFragments'; id: string; message: Message; sizes: number[] }
  | { do: 'play'; id: string; steps: readonly Step[] }
  | { do: 'ping' | 'pong'; id: string; payload: string }
  | { do: 'close'; id: string; code: number | undefined; reason: string | undefined }
  | { do: 'terminate'; id: string };

export type Command = ListenCommand | OpenCommand | ConnectionCommand;

/** What a peer tells; `id` is that of the command, or the query of the URL it was connected by. */
export type Report =
  | { event: 'listening'; id: string; port: number }
  /** `extensions` is null where the API does not tell. */
  | { event: 'open'; id: string; subprotocol: string; extensions: string | null }
  | { event: 'message'; id: string; kind: 'text' | 'binary'; bytes: number; sha256: string }
  | { event: 'ping' | 'pong'; id: string; payload: string }
  | { event: 'close'; id: string; code: number; reason: string }
  | { event: 'error'; id: string; message: string };

/** A connection of a peer, whatever its API looks like. */
export interface PeerSocket {
  /** @param plain - whether not to compress it; not all can be told */
  send(payload: string | Uint8Array, plain?: boolean): void;
  /** Absent where the API can not. */
  sendFragment?(bytes: Uint8Array, kind: Message['kind'], fin: boolean, plain?: boolean): void;
  ping?(payload: string): void;
  pong?(payload: string): void;
  close(code?: number, reason?: string): void;
  terminate?(): void;
}
