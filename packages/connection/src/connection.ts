/**
 * The state of one WebSocket connection, without I/O, timers or events.
 *
 * | state   | event                    | what happens                      | next    |
 * | ------- | ------------------------ | --------------------------------- | ------- |
 * | Open    | `close()`                | close frame                       | Closing |
 * | Open    | peer's close frame       | the same frame back, then the end | Closing |
 * | Open    | bad bytes                | close frame with the error's code | Closing |
 * | Open    | peer's end without close | the end                           | Closing |
 * | Closing | peer's close frame       | the end                           | Closing |
 * | any     | `transportClosed()`      | callbacks of waiting sends fail   | Closed  |
 *
 * "The end" is the end of the sending half, once the close frame has left.
 * Who drives the connection gives it a deadline for the closing handshake.
 *
 * @see RFC 6455 §5.4, §5.5, §7
 */
import { CloseCode, Opcode, encodeClosePayload } from '@hybi/frame';
import type { ControlOpcode, DataOpcode } from '@hybi/frame';
import type { ByteSink, WriteDone } from './byte-sink.js';
import type { ConnectionHandler, ConnectionOptions } from './connection-options.js';
import { ConnectionState } from './connection-state.js';
import type { ReadError } from './message-handler.js';
import { MessageReader } from './message-reader.js';
import { MessageWriter } from './message-writer.js';
import { encodeText, payloadLength } from './payload.js';
import type { Payload } from './payload.js';
import { portablePlatform } from './platform.js';
import type { Platform } from './platform.js';
import type { PreparedMessage } from './prepared-message.js';
import type { MessageTransform } from './transform.js';

const defaultMaxPendingAutoPongs = 60;
const empty = new Uint8Array(0);

/** One side of a WebSocket connection whose opening handshake is over. */
export class Connection {
  /** A close frame was written to the transport. */
  closeSent = false;
  /** The peer's close frame arrived. */
  closeReceived = false;
  /** Bad bytes arrived, and `onError` was put off. */
  failing = false;

  private currentState: ConnectionState = ConnectionState.Open;
  private failed = false;
  private pendingAutoPongs = 0;
  private onPongWritten: WriteDone | undefined;
  private readonly autoPong: boolean;
  private readonly maxPendingAutoPongs: number;
  private readonly platform: Platform;
  private readonly transform: MessageTransform | undefined;
  private readonly failLater: ((task: () => void) => void) | undefined;
  private readonly reader: MessageReader;
  private readonly writer: MessageWriter;

  /**
   * @param role - what this side is
   * @param handler - told what arrives
   * @param sink - takes the bytes for the peer
   */
  constructor(
    role: 'client' | 'server',
    private readonly handler: ConnectionHandler,
    private readonly sink: ByteSink,
    options: ConnectionOptions = {},
  ) {
    if (role !== 'client' && role !== 'server') {
      throw new TypeError(`The role must be 'client' or 'server', not ${String(role)}`);
    }
    const platform = options.platform ?? portablePlatform();
    this.platform = platform;
    this.transform = options.transform;
    this.autoPong = options.autoPong ?? true;
    this.failLater = options.failLater;
    this.maxPendingAutoPongs = options.maxPendingAutoPongs ?? defaultMaxPendingAutoPongs;
    this.writer = new MessageWriter(sink, {
      role,
      platform,
      transform: options.transform,
      nextMaskingKey: options.nextMaskingKey,
      onFailure: (error) => {
        this.onSendFailure(error);
      },
    });
    this.reader = new MessageReader(this, {
      role,
      platform,
      transform: options.transform,
      maxPayloadBytes: options.maxPayloadBytes,
      maxFragments: options.maxFragments,
      maxBufferedChunks: options.maxBufferedChunks,
      skipUtf8Validation: options.skipUtf8Validation,
      deliverLater: options.deliverLater,
      burst: this.writer.batch,
    });
  }

  get state(): ConnectionState {
    return this.currentState;
  }

  /** Bytes that were sent and not handed to the sink yet. */
  get bufferedBytes(): number {
    return this.writer.bufferedBytes;
  }

  /** Whether the message being delivered went through the transform. */
  get decoded(): boolean {
    return this.reader.decoded;
  }

  /** Whether binary messages go to `onFragments` instead of `onMessage`. */
  get deliverFragments(): boolean {
    return this.reader.deliverFragments;
  }

  set deliverFragments(value: boolean) {
    this.reader.deliverFragments = value;
  }

  /** Whether frames are masked: true for a client, false for a server, unless it was changed. */
  get masked(): boolean {
    return this.writer.masked;
  }

  set masked(value: boolean) {
    this.writer.masked = value;
  }

  /** Whether nothing more will be read: after a close frame or an error. */
  get deaf(): boolean {
    return this.reader.stopped;
  }

  /** Whether delivery waits for the transform or for {@link Connection.release}. */
  get held(): boolean {
    return this.reader.held;
  }

  /**
   * Takes bytes from the transport and calls the handler, synchronously.
   * Everything that is sent meanwhile leaves together before this returns.
   *
   * @param chunk - given up to the connection, which unmasks in place
   * @returns false where the driver should pause until `onDrain`
   */
  receive(chunk: Uint8Array): boolean {
    return this.reader.push(chunk);
  }

  /** The transport ended: the peer sends nothing more (TCP: FIN). */
  receiveEnd(): void {
    if (this.currentState === ConnectionState.Closed) return;
    this.currentState = ConnectionState.Closing;
    this.end();
  }

  /**
   * The transport is gone. Callbacks of what waits for the transform are
   * called with an error, and the transform is closed.
   */
  transportClosed(): void {
    if (this.currentState === ConnectionState.Closed) return;
    this.currentState = ConnectionState.Closed;
    this.reader.stop();
    try {
      this.writer.close();
    } finally {
      this.transform?.close();
    }
  }

  /** Delivers nothing more until the matching {@link Connection.release}. */
  hold(): void {
    this.reader.hold();
  }

  /** Takes one {@link Connection.hold} back and delivers what waits. */
  release(): void {
    this.reader.release();
  }

  /** Calls back once everything received is delivered: at once, if nothing is held. */
  whenIdle(callback: () => void): void {
    this.reader.whenIdle(callback);
  }

  /** Sends a text message. */
  sendText(text: string, done?: WriteDone): void {
    this.send(Opcode.Text, text, true, true, done);
  }

  /** Sends a binary message; the bytes are borrowed until `done`. */
  sendBinary(bytes: Uint8Array, done?: WriteDone): void {
    this.send(Opcode.Binary, bytes, true, true, done);
  }

  /**
   * Sends a message, or a fragment of one.
   *
   * @param opcode - 1 for text, 2 for binary; the first fragment decides
   * @param payload - borrowed until `done`; a text message's bytes must be UTF-8
   * @param fin - false: more fragments of this message follow
   * @param encode - whether an extension may encode it; the first fragment decides
   * @param done - called after the bytes were written, or with an error; when
   *   the connection is not open, that is the only thing that happens
   */
  send(opcode: DataOpcode, payload: Payload, fin = true, encode = true, done?: WriteDone): void {
    checkOpcode(opcode);
    if (this.isOpen(done)) this.writer.send(opcode, payload, fin, encode, done);
  }

  /**
   * Sends a prepared message, which is always whole: between the fragments of
   * another message it waits for the last of them.
   *
   * @param opcode - 1 for text, 2 for binary
   * @param encode - whether an extension may encode it
   * @param done - as of `send`
   */
  sendPrepared(
    message: PreparedMessage,
    opcode: DataOpcode = message.opcode,
    encode = true,
    done?: WriteDone,
  ): void {
    checkOpcode(opcode);
    if (this.isOpen(done)) this.writer.sendPrepared(message, opcode, encode, done);
  }

  /** Sends a ping of at most 125 bytes. */
  sendPing(payload: Payload = empty, done?: WriteDone): void {
    this.sendControl(Opcode.Ping, payload, done);
  }

  /** Sends a pong of at most 125 bytes, asked for or not. */
  sendPong(payload: Payload = empty, done?: WriteDone): void {
    this.sendControl(Opcode.Pong, payload, done);
  }

  /**
   * Sends bytes that are complete frames already, in their turn; they are
   * borrowed until `done`. A client's frames must be masked.
   */
  sendEncoded(bytes: Uint8Array, done?: WriteDone): void {
    if (this.isOpen(done)) this.writer.sendEncoded(bytes, done);
  }

  /**
   * Starts the closing handshake.
   *
   * @param code - 1000–1003, 1007–1014 or 3000–4999; absent: an empty close frame
   * @param reason - at most 123 bytes of UTF-8
   * @throws {TypeError | RangeError} on another code or a longer reason
   */
  close(code?: number, reason: Uint8Array | string = empty): void {
    if (this.currentState === ConnectionState.Open) {
      const bytes = typeof reason === 'string' ? encodeText(reason, this.platform) : reason;
      this.sendClose(code === undefined ? empty : encodeClosePayload(code, bytes));
    } else if (this.currentState === ConnectionState.Closing) this.endIfOver();
  }

  /** Drops the transport at once; what was sent before is still handed to it. */
  destroy(): void {
    if (this.currentState === ConnectionState.Closed) return;
    this.currentState = ConnectionState.Closing;
    this.writer.batch.flush();
    this.sink.destroy();
  }

  /** Brackets several sends that should leave together; pairs with {@link Connection.uncork}. */
  cork(): void {
    this.writer.batch.begin();
  }

  uncork(): void {
    this.writer.batch.endAsOne();
  }

  /** Hands everything that waits for the end of the tick to the sink now. */
  flush(): void {
    this.writer.batch.flush();
  }

  /** @internal */
  onMessage(opcode: DataOpcode, payload: Uint8Array): void {
    this.handler.onMessage(opcode, payload);
  }

  /** @internal */
  onFragments(opcode: DataOpcode, fragments: Uint8Array[]): void {
    this.handler.onFragments?.(opcode, fragments);
  }

  /** @internal */
  onPing(payload: Uint8Array): void {
    if (this.autoPong && this.currentState === ConnectionState.Open) this.answer(payload);
    this.handler.onPing?.(payload);
  }

  /** @internal */
  onPong(payload: Uint8Array): void {
    this.handler.onPong?.(payload);
  }

  /** @internal */
  onClose(code: number, reason: Uint8Array): void {
    this.closeReceived = true;
    // Told in any case: a source of masking keys may throw.
    try {
      if (code === CloseCode.NoStatusReceived) this.answerClose();
      else this.answerClose(code, reason);
    } finally {
      this.handler.onClose(code, reason);
    }
  }

  /** @internal */
  onError(error: ReadError): void {
    if (this.failLater === undefined) {
      this.fail(error);
      return;
    }
    this.failing = true;
    this.failLater(() => {
      this.failing = false;
      this.fail(error);
    });
  }

  private fail(error: ReadError): void {
    this.failed = true;
    try {
      this.answerClose(error.closeCode);
      // Before anybody hears of the error, who might end the process.
      this.writer.batch.flush();
    } finally {
      this.handler.onError(error);
    }
  }

  /** @internal */
  onDrain(): void {
    this.handler.onDrain?.();
  }

  private onSendFailure(error: Error): void {
    if (this.currentState === ConnectionState.Closed) return;
    this.currentState = ConnectionState.Closing;
    this.end();
    this.handler.onSendFailure?.(error);
  }

  private answer(payload: Uint8Array): void {
    const limit = this.maxPendingAutoPongs;
    if (limit > 0 && this.pendingAutoPongs >= limit) {
      this.destroy();
      return;
    }
    this.pendingAutoPongs++;
    const done = (this.onPongWritten ??= () => {
      this.pendingAutoPongs--;
    });
    if (this.handler.answerPing !== undefined) this.handler.answerPing(payload, done);
    else this.sendPong(payload, done);
  }

  private answerClose(...values: [code?: number, reason?: Uint8Array]): void {
    if (this.handler.answerClose !== undefined) this.handler.answerClose(...values);
    else this.close(...values);
  }

  private sendControl(opcode: ControlOpcode, payload: Payload, done?: WriteDone): void {
    if (payloadLength(payload, this.platform) > 125) {
      throw new RangeError('The data size must not be greater than 125 bytes');
    }
    if (this.isOpen(done)) this.writer.sendControl(opcode, payload, done);
  }

  private isOpen(done: WriteDone | undefined): boolean {
    if (this.currentState === ConnectionState.Open) return true;
    if (done !== undefined) {
      this.platform.schedule(() => {
        done(new Error('The connection is not open'));
      });
    }
    return false;
  }

  private sendClose(payload: Uint8Array): void {
    this.currentState = ConnectionState.Closing;
    let threw = true;
    try {
      this.writer.sendControl(Opcode.Close, payload, (error) => {
        if (error) return;
        this.closeSent = true;
        this.endIfOver();
      });
      threw = false;
    } finally {
      // The source of masking keys threw: there is no close frame, and no closing handshake.
      if (threw) this.currentState = ConnectionState.Open;
    }
  }

  private endIfOver(): void {
    if (this.closeSent && (this.closeReceived || this.failed)) this.end();
  }

  private end(): void {
    this.writer.batch.flush();
    this.sink.end();
  }
}

function checkOpcode(opcode: number): void {
  if (opcode !== Opcode.Text && opcode !== Opcode.Binary) {
    throw new RangeError(`The opcode of a message must be 1 (text) or 2 (binary), not ${opcode}`);
  }
}
