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
import type { MessageTransform, TransformDone } from './transform.js';
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

/** A frame, or bytes that are frames already, and its turn has not come. */
interface Waiting {
  /** {@link alreadyFramed}, or an opcode. */
  opcode: number;
  fin: boolean;
  encode: boolean;
  payload: Payload;
  masked: boolean;
  bytes: number;
  done: WriteDone | undefined;
}

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
  private current: Waiting | undefined;
  private queue: Waiting[] = noFrames;
  /** Where the queue begins: taking from the front of a long array is slow. */
  private queueHead = 0;
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
    if (first) this.encodesMessage = encode && this.shouldEncode(payload);
    const frameOpcode = first ? opcode : Opcode.Continuation;
    this.sendInTurn(frameOpcode, payload, fin, this.encodesMessage, done);
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
  }

  private shouldEncode(payload: Payload): boolean {
    return this.transform?.shouldEncode(payloadLength(payload, this.platform)) === true;
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
    else if (this.queue.length === 0) this.queue = [frame];
    else this.queue.push(frame);
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

  private read(frame: Waiting): void {
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

  private wasRead(frame: Waiting, bytes: Uint8Array): void {
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
  private goOn(frame: Waiting, send: () => void): void {
    const { masked } = this;
    this.current = undefined;
    this.waitingBytes -= frame.bytes;
    this.batch.begin();
    try {
      this.masked = frame.masked;
      send();
      while (this.current === undefined && this.queueHead < this.queue.length) {
        const next = this.queue[this.queueHead++] as Waiting;
        if (isPayloadSource(next.payload)) this.read(next);
        else {
          this.waitingBytes -= next.bytes;
          this.masked = next.masked;
          this.sendNow(next.opcode, next.payload, next.fin, next.encode, next.done);
        }
      }
      if (this.queueHead === this.queue.length) this.clearQueue();
    } finally {
      this.masked = masked;
      this.batch.end();
    }
  }

  private clearQueue(): void {
    this.queue = noFrames;
    this.queueHead = 0;
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
    const callbacks: WriteDone[] = [];
    if (this.current?.done !== undefined) callbacks.push(this.current.done);
    for (let i = this.queueHead; i < this.queue.length; i++) {
      const { done } = this.queue[i] as Waiting;
      if (done !== undefined) callbacks.push(done);
    }
    this.current = undefined;
    this.clearQueue();
    this.waitingBytes = 0;
    callAll(callbacks, error, this.platform.schedule);
  }

  private waiting(
    opcode: number,
    payload: Payload,
    fin: boolean,
    encode: boolean,
    done: WriteDone | undefined,
  ): Waiting {
    const bytes = payloadLength(payload, this.platform);
    this.waitingBytes += bytes;
    return { opcode, fin, encode, payload, masked: this.masked, bytes, done };
  }
}

/** Shared by all writers that have nothing waiting; never pushed to. */
const noFrames: Waiting[] = [];

/** A source that throws is one that can't be read, as one whose promise is rejected. */
async function readAll(source: PayloadSource): Promise<ArrayBuffer> {
  return await source.arrayBuffer();
}

function closedWhile(frame: Waiting): Error {
  const what = isPayloadSource(frame.payload)
    ? 'the blob was being read'
    : 'data was being compressed';
  return new Error(`The socket was closed while ${what}`);
}
