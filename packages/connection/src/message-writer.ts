/**
 * Messages and control frames in, bytes out.
 *
 * It cuts nothing: a fragment that the caller sends is a frame. It keeps the
 * order of everything that is sent while a transform works or a payload is
 * read, and knows neither the state of the connection nor what comes in.
 */
import { Opcode } from '@hybi/frame';
import type { ControlOpcode, DataOpcode } from '@hybi/frame';
import type { ByteSink, WriteDone } from './byte-sink.js';
import { encodeText, isPayloadSource, payloadLength } from './payload.js';
import type { Payload, PayloadSource } from './payload.js';
import { portablePlatform } from './platform.js';
import type { Platform } from './platform.js';
import type { PreparedMessage } from './prepared-message.js';
import type { SharedEncoding } from './shared-encoding.js';
import { canEncodeApart } from './transform.js';
import type { ApartTransform, MessageTransform, TransformDone } from './transform.js';
import { WaitingFrames } from './waiting-frames.js';
import type { WaitingFrame } from './waiting-frames.js';
import { WriteBatch } from './write-batch.js';
import { callAll } from './write-callbacks.js';

/** Settings of a {@link MessageWriter}. */
export interface MessageWriterOptions {
  /** A client masks what it sends, a server doesn't (RFC 6455 §5.1). */
  role: 'client' | 'server';
  /** Encodes messages; default: none. */
  transform?: MessageTransform | undefined;
  /** Where masking keys come from, instead of the platform's randomness. */
  nextMaskingKey?: (() => number) | undefined;
  /** Told when a payload could not be read or encoded; its frame is lost. */
  onFailure?: ((error: Error) => void) | undefined;
  /** Default: {@link portablePlatform}. */
  platform?: Platform | undefined;
}

/** In the place of an opcode: bytes that are complete frames. */
const alreadyFramed = -1;

/** Writes the frames of one connection. */
export class MessageWriter {
  /** Collects the frames; `begin` and `end` bracket a burst of sends. */
  readonly batch: WriteBatch;

  private readonly platform: Platform;
  private readonly transform: MessageTransform | undefined;
  private readonly onFailure: ((error: Error) => void) | undefined;
  private inMessage = false;
  private encodesMessage = false;
  /** The frame whose payload is being read or encoded; the others wait. */
  private current: WaitingFrame | undefined;
  /** Made when the first frame has to wait. */
  private frames: WaitingFrames | undefined;
  private waitingBytes = 0;
  private closed = false;
  private onEncoded: TransformDone | undefined;

  constructor(
    private readonly sink: ByteSink,
    options: MessageWriterOptions,
  ) {
    const platform = options.platform ?? portablePlatform();
    this.platform = platform;
    this.transform = options.transform;
    this.onFailure = options.onFailure;
    this.batch = new WriteBatch(sink, platform, options.role === 'client', options.nextMaskingKey);
  }

  /**
   * Bytes that were sent and not handed to the sink yet. Payloads that wait
   * for the transform count as they were given, without header.
   */
  get bufferedBytes(): number {
    return this.batch.pendingBytes + this.waitingBytes;
  }

  /** Whether frames are masked: true for a client, false for a server, unless it was changed. */
  get masked(): boolean {
    return this.batch.masked;
  }

  set masked(value: boolean) {
    this.batch.masked = value;
  }

  /**
   * Sends a message or, with `fin` false and on the calls after that, a
   * fragment of one.
   *
   * @param opcode - of the message; the first fragment decides
   * @param encode - whether the transform may encode the message; the first
   *   fragment decides
   * @param done - called after the bytes were written, or with an error
   */
  send(opcode: DataOpcode, payload: Payload, fin = true, encode = true, done?: WriteDone): void {
    const first = !this.inMessage;
    this.inMessage = !fin;
    if (first) {
      this.encodesMessage = encode && this.shouldEncode(payload);
      this.sendInTurn(opcode, payload, fin, this.encodesMessage, done);
    } else {
      this.sendInTurn(Opcode.Continuation, payload, fin, this.encodesMessage, done);
      if (fin && this.frames?.addPostponed() === true && this.current === undefined)
        this.sendQueue();
    }
  }

  /**
   * Sends a prepared message. Frames of two messages must not mix (RFC 6455
   * §5.4), so one that is sent between fragments follows the last of them.
   *
   * @param encode - whether the transform may encode it
   * @param done - called after the bytes were written, or with an error
   */
  sendPrepared(
    message: PreparedMessage,
    opcode: DataOpcode = message.opcode,
    encode = true,
    done?: WriteDone,
  ): void {
    const encodes = encode && this.shouldEncodeApart(message.payload.length);
    if (this.current === undefined && !this.inMessage) {
      this.sendPreparedNow(message, opcode, encodes, done);
      return;
    }
    const frame = this.waiting(opcode, message.payload, true, encodes, done, message);
    this.frames ??= new WaitingFrames();
    if (this.inMessage) this.frames.postpone(frame);
    else this.frames.add(frame);
  }

  /** Sends a control frame; the caller has checked its length. */
  sendControl(opcode: ControlOpcode, payload: Payload, done?: WriteDone): void {
    this.sendInTurn(opcode, payload, true, false, done);
  }

  /** Sends bytes that are complete frames already; they are borrowed until `done`. */
  sendEncoded(bytes: Uint8Array, done?: WriteDone): void {
    this.sendInTurn(alreadyFramed, bytes, true, false, done);
  }

  /**
   * Tells that the transport is gone: callbacks of frames that wait for the
   * transform or for a payload are called with an error.
   */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.current !== undefined) this.dropAll(closedWhile(this.current));
    else if (this.frames?.hasPostponed) {
      this.dropAll(new Error('The socket was closed before the last fragment of a message'));
    }
  }

  private shouldEncode(payload: Payload): boolean {
    return this.transform?.shouldEncode(payloadLength(payload, this.platform)) === true;
  }

  private shouldEncodeApart(bytes: number): boolean {
    const { transform } = this;
    if (transform === undefined) return false;
    return canEncodeApart(transform) && transform.shouldEncodeApart !== undefined
      ? transform.shouldEncodeApart(bytes)
      : transform.shouldEncode(bytes);
  }

  private sendInTurn(
    opcode: number,
    payload: Payload,
    fin: boolean,
    encode: boolean,
    done: WriteDone | undefined,
  ): void {
    if (this.current === undefined && !isPayloadSource(payload)) {
      this.sendNow(opcode, payload, fin, encode, done);
      return;
    }
    const frame = this.waiting(opcode, payload, fin, encode, done);
    if (this.current === undefined) this.read(frame);
    else (this.frames ??= new WaitingFrames()).add(frame);
  }

  private sendNow(
    opcode: number,
    payload: Uint8Array | string,
    fin: boolean,
    encode: boolean,
    done: WriteDone | undefined,
  ): void {
    if (encode) this.encode(opcode, payload, fin, done);
    else if (typeof payload === 'string') this.batch.addText(fin, opcode, payload, done);
    else if (opcode === alreadyFramed) this.batch.addEncoded(payload, done);
    else this.batch.add(fin, opcode, false, payload, false, done);
  }

  private encode(
    opcode: number,
    payload: Uint8Array | string,
    fin: boolean,
    done: WriteDone | undefined,
  ): void {
    const bytes = typeof payload === 'string' ? encodeText(payload, this.platform) : payload;
    this.onEncoded ??= (error, encoded) => {
      this.encoded(error, encoded);
    };
    let encoded: Uint8Array | undefined;
    try {
      encoded = (this.transform as MessageTransform).encode(bytes, fin, this.onEncoded);
    } catch (error) {
      this.current = this.waiting(opcode, bytes, fin, true, done);
      this.fail(error as Error);
      return;
    }
    if (encoded === undefined) this.current = this.waiting(opcode, bytes, fin, true, done);
    // RSV1 marks the first frame of an encoded message (RFC 7692 §6).
    else this.batch.add(fin, opcode, opcode !== Opcode.Continuation, encoded, true, done);
  }

  private encoded(error: Error | null, encoded: Uint8Array | undefined): void {
    const frame = this.current;
    if (frame === undefined) return;
    if (this.closed || this.sink.destroyed === true) this.dropAll(closedWhile(frame));
    else if (encoded === undefined) this.fail(error ?? new Error('The transform gave no bytes'));
    else {
      this.goOn(frame, () => {
        const rsv1 = frame.opcode !== Opcode.Continuation;
        this.batch.add(frame.fin, frame.opcode, rsv1, encoded, true, frame.done);
      });
    }
  }

  private sendPreparedNow(
    message: PreparedMessage,
    opcode: number,
    encode: boolean,
    done: WriteDone | undefined,
  ): void {
    const { transform } = this;
    if (!encode || transform === undefined) {
      this.batch.add(true, opcode, false, message.payload, false, done);
    } else if (canEncodeApart(transform)) this.sendApart(transform, message, opcode, done);
    else this.encode(opcode, message.payload, true, done);
  }

  private sendApart(
    transform: ApartTransform,
    message: PreparedMessage,
    opcode: number,
    done: WriteDone | undefined,
  ): void {
    let encoding: SharedEncoding;
    try {
      encoding = message.encodedBy(transform, this.platform.schedule);
    } catch (error) {
      this.current = this.waiting(opcode, message.payload, true, true, done);
      this.fail(error as Error);
      return;
    }
    if (encoding.bytes !== undefined) {
      this.addApart(transform, opcode, message.payload, encoding.bytes, done);
      return;
    }
    const frame = this.waiting(opcode, message.payload, true, true, done);
    this.current = frame;
    encoding.whenDone((error) => {
      this.encodedApart(frame, encoding.bytes, error);
    });
  }

  /** The encoding has ended that this connection has waited for, among others. */
  private encodedApart(
    frame: WaitingFrame,
    encoded: Uint8Array | undefined,
    error: Error | null | undefined,
  ): void {
    // Closed or failed meanwhile.
    if (this.current !== frame) return;
    if (encoded === undefined || this.closed || this.sink.destroyed === true) {
      this.encoded(error ?? null, encoded);
      return;
    }
    this.goOn(frame, () => {
      const transform = this.transform as ApartTransform;
      this.addApart(transform, frame.opcode, frame.payload as Uint8Array, encoded, frame.done);
    });
  }

  /** The transform is told first: the sink may have more sent before it returns. */
  private addApart(
    transform: ApartTransform,
    opcode: number,
    payload: Uint8Array,
    encoded: Uint8Array,
    done: WriteDone | undefined,
  ): void {
    transform.sentApart(payload);
    // Not owned: a client must not mask in place what others send too.
    this.batch.add(true, opcode, true, encoded, false, done);
  }

  private read(frame: WaitingFrame): void {
    this.current = frame;
    readAll(frame.payload as PayloadSource).then(
      (buffer) => {
        this.platform.schedule(() => {
          this.wasRead(frame, new Uint8Array(buffer));
        });
      },
      (error: unknown) => {
        this.platform.schedule(() => {
          if (this.current === frame) this.fail(error as Error);
        });
      },
    );
  }

  private wasRead(frame: WaitingFrame, bytes: Uint8Array): void {
    if (this.current !== frame) return;
    if (this.closed || this.sink.destroyed === true) {
      this.dropAll(closedWhile(frame));
      return;
    }
    this.goOn(frame, () => {
      this.sendNow(frame.opcode, bytes, frame.fin, frame.encode, frame.done);
    });
  }

  /** Sends the frame whose turn it was, and those behind it up to the next wait. */
  private goOn(frame: WaitingFrame, send: () => void): void {
    this.current = undefined;
    this.waitingBytes -= frame.bytes;
    this.sendQueue(() => {
      this.masked = frame.masked;
      send();
    });
  }

  /** Sends what waits, up to the next wait, in one go with what is sent first. */
  private sendQueue(sendFirst?: () => void): void {
    const { masked } = this;
    this.batch.begin();
    try {
      sendFirst?.();
      let next: WaitingFrame | undefined;
      while (this.current === undefined && (next = this.frames?.take())) this.sendWaiting(next);
    } finally {
      this.masked = masked;
      this.batch.end();
    }
  }

  private sendWaiting(frame: WaitingFrame): void {
    const { opcode, payload, fin, encode, message, done } = frame;
    if (isPayloadSource(payload)) {
      this.read(frame);
      return;
    }
    this.waitingBytes -= frame.bytes;
    this.masked = frame.masked;
    if (message !== undefined) this.sendPreparedNow(message, opcode, encode, done);
    else this.sendNow(opcode, payload, fin, encode, done);
  }

  private fail(error: Error): void {
    this.closed = true;
    try {
      this.dropAll(error);
    } finally {
      this.onFailure?.(error);
    }
  }

  private dropAll(error: Error): void {
    const callbacks = this.frames?.drop() ?? [];
    if (this.current?.done !== undefined) callbacks.unshift(this.current.done);
    this.current = undefined;
    this.waitingBytes = 0;
    callAll(callbacks, error, this.platform.schedule);
  }

  private waiting(
    opcode: number,
    payload: Payload,
    fin: boolean,
    encode: boolean,
    done: WriteDone | undefined,
    message?: PreparedMessage,
  ): WaitingFrame {
    const bytes = payloadLength(payload, this.platform);
    this.waitingBytes += bytes;
    return { opcode, fin, encode, payload, message, masked: this.masked, bytes, done };
  }
}

/** A source that throws is one that can't be read, as one whose promise is rejected. */
async function readAll(source: PayloadSource): Promise<ArrayBuffer> {
  return await source.arrayBuffer();
}

function closedWhile(frame: WaitingFrame): Error {
  const what = isPayloadSource(frame.payload)
    ? 'the blob was being read'
    : 'data was being compressed';
  return new Error(`The socket was closed while ${what}`);
}
