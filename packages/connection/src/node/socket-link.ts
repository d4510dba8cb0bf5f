/**
 * Joins a socket, a `Connection` and a `WebSocket`: bytes from the socket go
 * into the connection, its bytes go to the socket, and what it tells becomes
 * the WebSocket's events. It keeps what belongs to the time after the opening
 * handshake.
 */
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import { CloseCode, Opcode } from '@hybi/frame';
import { Connection, ConnectionState } from '@hybi/connection';
import type { ByteSink, ConnectionHandler, ReadError, WriteDone } from '@hybi/connection';
import type { LinkOptions } from './attach-options.js';
import { closeReason } from './close-arguments.js';
import { emptyBuffer, toMessageData } from './data.js';
import type { BinaryType } from './data.js';
import { flushAtExit, nodePlatform } from './platform.js';
import type { WebSocket } from './websocket.js';

const linkOf: unique symbol = Symbol('hybi.link');

type LinkedSocket = Duplex & { [linkOf]?: SocketLink | undefined };

/** Whether a WebSocket runs on the socket, or did. */
export function isAttached(socket: Duplex): boolean {
  return linkOf in socket;
}

export class SocketLink implements ConnectionHandler, ByteSink {
  readonly connection: Connection;
  closeCode: number = CloseCode.AbnormalClosure;
  closeReason: Buffer = emptyBuffer;
  paused = false;
  /** Bytes that were sent too late; `bufferedAmount` counts them for ever. */
  lostBytes = 0;

  private needsDrain = false;
  private errorEmitted = false;
  private closeTimer: NodeJS.Timeout | undefined;
  /** Whether the kernel, or TLS, copies what the socket takes at once. */
  private readonly copies: boolean;
  private readonly closeTimeout: number;
  private readonly toError: ((error: Error) => Error) | undefined;
  private binaryType: BinaryType = 'nodebuffer';
  /** Of a message whose turn has come: what `binaryType` was when it was complete. */
  private dueBinaryType: BinaryType | undefined;

  constructor(
    readonly websocket: WebSocket,
    readonly socket: Duplex,
    options: LinkOptions,
  ) {
    this.copies = copiesAtOnce(socket);
    this.closeTimeout = options.closeTimeout;
    this.toError = options.toError;
    this.connection = new Connection(options.role, this, this, {
      platform: nodePlatform(),
      transform: options.transform,
      maxPayloadBytes: options.maxPayload,
      maxFragments: options.maxFragments,
      maxBufferedChunks: options.maxBufferedChunks,
      skipUtf8Validation: options.skipUTF8Validation,
      autoPong: options.autoPong,
      maxPendingAutoPongs: options.maxPendingAutoPongs,
      nextMaskingKey: options.generateMask && maskingKeySource(options.generateMask),
      deliverLater:
        options.allowSynchronousEvents === false
          ? (task) => {
              this.deliverLater(task);
            }
          : undefined,
      failLater,
    });
    this.setBinaryType(options.binaryType);
  }

  setBinaryType(value: BinaryType): void {
    this.binaryType = value;
    this.connection.deliverFragments = value === 'fragments';
  }

  /** Takes the socket over; `head` is what arrived behind the opening handshake. */
  listen(head: Uint8Array): void {
    const socket = this.socket as LinkedSocket & Partial<Socket>;
    socket[linkOf] = this;
    flushAtExit();
    // A Duplex of the user's has neither.
    socket.setTimeout?.(0);
    socket.setNoDelay?.();
    if (head.length > 0) socket.unshift(head);
    socket.on('close', onSocketClose);
    socket.on('data', onSocketData);
    socket.on('end', onSocketEnd);
    socket.on('error', onSocketError);
  }

  get bufferedAmount(): number {
    return this.socket.writableLength + this.connection.bufferedBytes + this.lostBytes;
  }

  close(code: unknown, reason: unknown): void {
    const { connection } = this;
    if (connection.state !== ConnectionState.Open) connection.close();
    else {
      if (code === undefined) connection.close();
      else {
        const text = closeReason(code, reason);
        connection.close(Math.trunc(code as number), text);
      }
      this.startCloseTimer();
    }
  }

  /** Sends by `send`, with frames masked or not. */
  sendMasked(mask: boolean, send: (connection: Connection) => void): void {
    const { connection } = this;
    const { masked } = connection;
    try {
      connection.masked = mask;
      send(connection);
    } finally {
      connection.masked = masked;
    }
  }

  pause(): void {
    this.paused = true;
    this.socket.pause();
  }

  resume(): void {
    this.paused = false;
    if (!this.needsDrain) this.socket.resume();
  }

  // ByteSink

  get idle(): boolean {
    return this.copies && this.socket.writableLength === 0;
  }

  get destroyed(): boolean {
    return this.socket.destroyed;
  }

  write(bytes: Uint8Array, done?: WriteDone): void {
    this.socket.write(bytes, done as (error?: Error | null) => void);
  }

  cork(): void {
    this.socket.cork();
  }

  uncork(): void {
    this.socket.uncork();
  }

  end(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  // ConnectionHandler

  onMessage(opcode: number, payload: Uint8Array): void {
    const bytes = asBuffer(payload);
    if (opcode === Opcode.Binary) {
      const binaryType = this.dueBinaryType ?? this.binaryType;
      this.websocket.emit('message', toMessageData(bytes, binaryType), true);
    } else this.websocket.emit('message', bytes, false);
  }

  onFragments(_opcode: number, fragments: Uint8Array[]): void {
    this.websocket.emit('message', fragments.map(asBuffer), true);
  }

  answerPing(payload: Uint8Array, done: WriteDone): void {
    // By the public method, so that a subclass sees every pong.
    this.websocket.pong(payload, this.connection.masked, done);
  }

  answerClose(...values: [code?: number, reason?: Uint8Array]): void {
    // By the public method too, as long as there is someone to close for.
    if (this.linked) this.websocket.close(...values);
  }

  onPing(payload: Uint8Array): void {
    this.websocket.emit('ping', payload as Buffer);
  }

  onPong(payload: Uint8Array): void {
    this.websocket.emit('pong', payload as Buffer);
  }

  onClose(code: number, reason: Uint8Array): void {
    this.closeCode = code;
    // A copy of its own: the reason is a view into a large chunk.
    if (reason.length > 0) {
      this.closeReason = Buffer.allocUnsafeSlow(reason.length);
      this.closeReason.set(reason);
    }
    this.stopListening();
    this.startCloseTimer();
  }

  onError(error: ReadError): void {
    this.stopListening();
    this.startCloseTimer();
    this.emitError(error);
  }

  onSendFailure(error: Error): void {
    this.startCloseTimer();
    this.emitError(error);
  }

  onDrain(): void {
    this.needsDrain = false;
    if (!this.paused) this.socket.resume();
  }

  // The socket's events

  receive(chunk: Uint8Array): void {
    if (this.connection.receive(asBuffer(chunk))) return;
    this.needsDrain = true;
    this.socket.pause();
  }

  socketEnded(): void {
    this.connection.receiveEnd();
  }

  socketFailed(): void {
    this.connection.destroy();
  }

  socketClosed(): void {
    const { socket, connection } = this;
    socket.removeListener('close', onSocketClose);
    socket.removeListener('data', onSocketData);
    socket.removeListener('end', onSocketEnd);
    (socket as LinkedSocket)[linkOf] = undefined;
    connection.destroy();
    clearTimeout(this.closeTimer);
    const isOver = connection.deaf || socket.readableEnded;
    try {
      this.receiveRest();
    } finally {
      // Where this is the first sign of the end, those who listen to the socket
      // hear of it before those who listen to the WebSocket.
      if (isOver || connection.held) this.finishWhenIdle();
      else process.nextTick(finishWhenIdle, this);
    }
  }

  /** Gives each event a turn of its own. */
  private deliverLater(task: () => void): void {
    const { binaryType } = this;
    setImmediate(() => {
      this.dueBinaryType = binaryType;
      task();
    });
  }

  /** What a paused socket had buffered arrived before it closed, so it counts. */
  private receiveRest(): void {
    const { socket } = this;
    if (socket.readableEnded || this.connection.deaf || socket.readableLength === 0) return;
    const rest = socket.read(socket.readableLength) as Uint8Array | null;
    if (rest !== null) this.receive(rest);
  }

  finishWhenIdle(): void {
    this.connection.whenIdle(() => {
      // The error comes before the close.
      if (this.connection.failing) process.nextTick(finishWhenIdle, this);
      else this.finish();
    });
  }

  private finish(): void {
    try {
      this.connection.transportClosed();
    } finally {
      this.websocket.emit('close', this.closeCode, this.closeReason);
    }
  }

  /** Nothing is read any more, but the socket must be drained to end. */
  private stopListening(): void {
    if (!this.linked) return;
    this.socket.removeListener('data', onSocketData);
    process.nextTick(resume, this.socket);
  }

  /** Whether the socket has not closed yet. */
  private get linked(): boolean {
    return (this.socket as LinkedSocket)[linkOf] !== undefined;
  }

  private startCloseTimer(): void {
    // A socket that is closed already would not clear the timer.
    if (this.closeTimer !== undefined || !this.linked) return;
    this.closeTimer = setTimeout(destroy, this.closeTimeout, this.socket);
  }

  private emitError(error: Error): void {
    if (this.errorEmitted) return;
    this.errorEmitted = true;
    this.websocket.emit('error', this.toError === undefined ? error : this.toError(error));
  }
}

/**
 * Whether what the socket took is the kernel's, or was encrypted, when its
 * buffer is empty. A socket whose methods were replaced may do anything.
 */
function copiesAtOnce(socket: Duplex): boolean {
  const { prototype } = Socket;
  return (
    socket instanceof Socket &&
    socket.write === prototype.write &&
    socket._write === prototype._write &&
    socket._writev === prototype._writev
  );
}

/** Streams of objects and transforms may give plain arrays. */
function asBuffer(bytes: Uint8Array): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Listeners of earlier messages may have put their answers off by a tick. */
function failLater(task: () => void): void {
  process.nextTick(task);
}

function maskingKeySource(generateMask: (maskingKey: Buffer) => void): () => number {
  const key = Buffer.alloc(4);
  return () => {
    generateMask(key);
    return key.readUInt32BE(0);
  };
}

// Listeners shared by all sockets: a connection costs no closure.

function onSocketData(this: LinkedSocket, chunk: Buffer): void {
  this[linkOf]?.receive(chunk);
}

function onSocketEnd(this: LinkedSocket): void {
  this[linkOf]?.socketEnded();
}

function onSocketClose(this: LinkedSocket): void {
  this[linkOf]?.socketClosed();
}

/** Errors of an open socket only end the connection; `'close'` tells that. */
function onSocketError(this: LinkedSocket): void {
  this.removeListener('error', onSocketError);
  this.on('error', ignore);
  this[linkOf]?.socketFailed();
}

function ignore(): void {}

function finishWhenIdle(link: SocketLink): void {
  link.finishWhenIdle();
}

function resume(socket: Duplex): void {
  socket.resume();
}

function destroy(socket: Duplex): void {
  socket.destroy();
}
