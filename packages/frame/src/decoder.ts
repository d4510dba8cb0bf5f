/**
 * Bytes in, frames out (RFC 6455 section 5).
 *
 * Knows nothing of sockets, of which frames are allowed (`frame-rules.ts`), of what a close frame's
 * code or a text's UTF-8 is worth, or of how fragments become a message.
 *
 * | stage     | reads                | then                                                   |
 * | --------- | -------------------- | ------------------------------------------------------ |
 * | HEAD      | the first two bytes  | LENGTH_16, LENGTH_64, or as after a length             |
 * | LENGTH_16 | 2 bytes              | KEY if masked, else PAYLOAD                            |
 * | LENGTH_64 | 8 bytes              | KEY if masked, else PAYLOAD                            |
 * | KEY       | 4 bytes              | PAYLOAD                                                |
 * | PAYLOAD   | the announced length | HEAD if it lies in one chunk, else COMPLETE            |
 * | COMPLETE  | nothing              | HEAD; stays if the handler of the last piece held on   |
 *
 * A stage that a chunk edge cuts keeps what it read as a number (header) or in memory of its own
 * (payload): no chunk outlives `push` unless it is held. All state is stored before the handler is
 * called, for the handler may call back or throw.
 */
import { allocateZeroed, noBytes } from './bytes.js';
import type { Allocate } from './bytes.js';
import { ChunkQueue } from './chunk-queue.js';
import type { FrameDecoderOptions, FrameHandler } from './decoder-interface.js';
import { createProtocolError } from './errors.js';
import type { ProtocolErrorCode } from './errors.js';
import { FrameRules, checkLimit, headBits } from './frame-rules.js';
import { portableMasking } from './masking.js';
import type { Masking } from './masking.js';
import { Opcode } from './opcode.js';
import { PartialPayload } from './partial-payload.js';

const HEAD = 0;
const LENGTH_16 = 1;
const LENGTH_64 = 2;
const KEY = 3;
const PAYLOAD = 4;
const COMPLETE = 5;

const RUNNING = 0;
const HELD = 1;
const STOPPED = 2;

/**
 * Reads one direction of a connection, from the first byte after the opening handshake on.
 *
 * Bad bytes never throw: they are reported once to `onError`, and the decoder is deaf from then on.
 *
 * @see RFC 6455 section 5.2 for the frames, 5.4 for the order of fragments, 10.4 for the limits
 */
export class FrameDecoder {
  private readonly handler: FrameHandler;
  private readonly allocate: Allocate;
  private readonly masking: Masking;
  private readonly rules: FrameRules;
  private readonly maxBufferedChunks: number;

  private flow: number;
  private reading: boolean;
  private queue: ChunkQueue | null;

  private stage: number;
  /** Where the current chunk is read. */
  private position: number;
  /** The header field under way: what was read of it as a number, and how many bytes it lacks. */
  private field: number;
  private missing: number;
  /** Chunks that hold bytes of the stage under way. */
  private waitingChunks: number;

  private fin: boolean;
  private rsv1: boolean;
  private opcode: number;
  private payloadLength: number;
  /** As a signed number, which V8 keeps without a heap object. Stays 0 in a client. */
  private maskingKey: number;
  private partial: PartialPayload | null;

  /**
   * @throws {TypeError} if `role` is neither `'client'` nor `'server'`
   * @throws {RangeError} if a limit is not a non-negative integer
   */
  constructor(handler: FrameHandler, options: FrameDecoderOptions) {
    this.handler = handler;
    this.allocate = options.allocate ?? allocateZeroed;
    this.masking = options.masking ?? portableMasking;
    this.rules = new FrameRules(options);
    this.maxBufferedChunks = checkLimit('maxBufferedChunks', options.maxBufferedChunks);

    this.flow = RUNNING;
    this.reading = false;
    this.queue = null;

    this.stage = HEAD;
    this.position = 0;
    this.field = 0;
    this.missing = 2;
    this.waitingChunks = 0;

    this.fin = false;
    this.rsv1 = false;
    this.opcode = 0;
    this.payloadLength = 0;
    this.maskingKey = 0;
    this.partial = null;
  }

  /** Whether {@link hold} is in force. */
  get held(): boolean {
    return this.flow === HELD;
  }

  /** Whether the decoder is deaf, through {@link stop} or an error. */
  get stopped(): boolean {
    return this.flow === STOPPED;
  }

  /** The bytes that wait: those behind a hold, an exception of the handler, or a call of it. */
  get queuedBytes(): number {
    return this.queue === null ? 0 : this.queue.bytes;
  }

  /** Whether the bytes read so far end inside a frame or a fragmented message. */
  get cutShort(): boolean {
    return this.rules.insideMessage || this.stage !== HEAD || this.missing !== 2;
  }

  /**
   * Reads a chunk and calls the handler for what it completes, before it returns.
   *
   * Inside a call of the handler, and while the decoder is held, the chunk waits for its turn.
   *
   * @param chunk - given up to the decoder: masked payloads are unmasked in place
   * @throws whatever the handler throws; the rest of the chunk waits for the next call
   */
  push(chunk: Uint8Array): void {
    if (this.flow === STOPPED || chunk.length === 0) return;
    if (this.reading || this.flow === HELD || this.queuedBytes > 0) {
      this.queue ??= new ChunkQueue();
      this.queue.push(chunk);
    } else {
      this.read(chunk);
    }
    if (this.queuedBytes > 0) this.drain();
  }

  /** Keeps the handler from being called after the current call; what is pushed waits in order. */
  hold(): void {
    if (this.flow === RUNNING) this.flow = HELD;
  }

  /**
   * Ends a hold and reads what waits before it returns. Inside a call of the handler it only ends
   * the hold: reading goes on after the call.
   *
   * @throws whatever the handler throws
   */
  release(): void {
    if (this.flow === HELD) this.flow = RUNNING;
    this.drain();
  }

  /** Makes the decoder deaf for good; what waits is dropped. */
  stop(): void {
    this.flow = STOPPED;
    this.queue = null;
    this.partial = null;
  }

  /** Reads what waits, unless the handler is at work or has ordered otherwise. */
  private drain(): void {
    if (this.reading) return;
    if (this.flow === RUNNING && this.stage === COMPLETE) this.read(noBytes);
    while (this.flow === RUNNING && this.queue !== null && this.queue.bytes > 0) {
      this.read(this.queue.shift());
    }
  }

  private read(chunk: Uint8Array): void {
    if (this.maxBufferedChunks > 0 && this.waitingChunks >= this.maxBufferedChunks) {
      return this.fail('WS_ERR_TOO_MANY_BUFFERED_PARTS', 'buffered chunks');
    }
    this.reading = true;
    this.position = 0;
    try {
      do {
        this.readStage(chunk);
      } while (this.position < chunk.length && this.flow === RUNNING);
    } finally {
      this.reading = false;
      if (this.position < chunk.length) this.putBack(chunk.subarray(this.position));
    }
  }

  private putBack(rest: Uint8Array): void {
    if (this.flow === STOPPED) return;
    this.queue ??= new ChunkQueue();
    this.queue.unshift(rest);
  }

  /** Goes on where the last chunk ended: until the chunk is used up or the handler was called. */
  private readStage(chunk: Uint8Array): void {
    switch (this.stage) {
      case HEAD:
        return this.readHead(chunk);
      case LENGTH_16:
      case LENGTH_64:
        return this.readLength(chunk);
      case KEY:
        return this.readKey(chunk);
      case PAYLOAD:
        return this.readPayload(chunk);
      default:
        return this.completePayload();
    }
  }

  private enter(stage: number, missing: number): void {
    this.stage = stage;
    this.missing = missing;
    this.field = 0;
    this.waitingChunks = 0;
  }

  /** Reads on in the header field under way; true once it is complete. */
  private readField(chunk: Uint8Array): boolean {
    const start = this.position;
    const end = Math.min(chunk.length, start + this.missing);
    let field = this.field;
    // Past 2^53 the sum is rounded, never to less than 2^53.
    for (let at = start; at < end; at++) field = field * 256 + (chunk[at] as number);
    this.field = field;
    this.missing -= end - start;
    this.position = end;
    if (end > start) this.waitingChunks += 1;
    return this.missing === 0;
  }

  private readHead(chunk: Uint8Array): void {
    const at = this.position;
    if (this.missing === 2 && at + 2 <= chunk.length) {
      this.field = ((chunk[at] as number) << 8) | (chunk[at + 1] as number);
      this.position = at + 2;
    } else if (!this.readField(chunk)) return;
    this.haveHead(chunk, this.field);
  }

  private haveHead(chunk: Uint8Array, head: number): void {
    const length = head & headBits.length;
    this.fin = (head & headBits.fin) !== 0;
    this.rsv1 = (head & headBits.rsv1) !== 0;
    this.opcode = (head & headBits.opcode) >>> 8;
    const broken = this.rules.checkHead(head);
    if (broken !== null) {
      this.fail(broken, broken === 'WS_ERR_INVALID_OPCODE' ? this.opcode : length);
    } else if (length < 126) {
      this.payloadLength = length;
      this.haveLength(chunk);
    } else {
      this.enter(length === 126 ? LENGTH_16 : LENGTH_64, length === 126 ? 2 : 8);
      this.readLength(chunk);
    }
  }

  private readLength(chunk: Uint8Array): void {
    if (!this.readField(chunk)) return;
    const length = this.field;
    const broken = this.rules.checkExtendedLength(length, this.stage === LENGTH_16 ? 126 : 65536);
    if (broken !== null) return this.fail(broken, length);
    this.payloadLength = length;
    this.haveLength(chunk);
  }

  private haveLength(chunk: Uint8Array): void {
    if (this.opcode < Opcode.Close) {
      const broken = this.rules.countBytes(this.opcode, this.payloadLength);
      if (broken !== null) return this.fail(broken);
    }
    if (this.rules.expectsMask) {
      this.enter(KEY, 4);
      this.readKey(chunk);
    } else {
      this.enter(PAYLOAD, 0);
      this.readPayload(chunk);
    }
  }

  private readKey(chunk: Uint8Array): void {
    const at = this.position;
    if (this.missing === 4 && at + 4 <= chunk.length) {
      this.maskingKey =
        ((chunk[at] as number) << 24) |
        ((chunk[at + 1] as number) << 16) |
        ((chunk[at + 2] as number) << 8) |
        (chunk[at + 3] as number);
      this.position = at + 4;
    } else if (this.readField(chunk)) this.maskingKey = this.field | 0;
    else return;
    this.enter(PAYLOAD, 0);
    this.readPayload(chunk);
  }

  private readPayload(chunk: Uint8Array): void {
    const start = this.position;
    const end = start + this.payloadLength;
    if (this.partial !== null || end > chunk.length) {
      this.readPiece(chunk);
      return;
    }
    this.position = end;
    if (this.maskingKey !== 0) this.masking.inPlace(chunk, start, end, this.maskingKey, 0);
    this.enter(HEAD, 2);
    this.deliver(chunk.subarray(start, end));
  }

  /** Takes the bytes at hand of a payload that a chunk edge has cut. */
  private readPiece(chunk: Uint8Array): void {
    const start = this.position;
    // A header that ends with its chunk cuts nothing: the payload may still come whole.
    if (start === chunk.length) return;
    const partial = (this.partial ??= new PartialPayload(this.payloadLength, this.allocate));
    const from = partial.received;
    const end = Math.min(chunk.length, start + partial.missing);
    if (!this.append(partial, chunk, start, end)) return;
    this.position = end;
    this.waitingChunks += 1;
    if (partial.missing === 0) this.enter(COMPLETE, 0);
    if (this.handler.onPayload !== undefined && this.opcode < Opcode.Close) {
      const piece = partial.bytes.subarray(from, partial.received);
      this.handler.onPayload(this.opcode, this.rsv1, piece);
    }
    if (this.stage === COMPLETE && this.flow === RUNNING) this.completePayload();
  }

  private append(partial: PartialPayload, chunk: Uint8Array, start: number, end: number): boolean {
    try {
      partial.append(chunk, start, end, this.maskingKey, this.masking);
      return true;
    } catch (cause) {
      // More than the machine can give is a message too big: without a limit a peer can send it.
      this.fail('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', '', cause);
      return false;
    }
  }

  private completePayload(): void {
    const payload = this.partial === null ? noBytes : this.partial.bytes;
    this.partial = null;
    this.enter(HEAD, 2);
    this.deliver(payload);
  }

  private deliver(payload: Uint8Array): void {
    if (this.opcode < Opcode.Close) {
      const broken = this.rules.countFragment(this.fin);
      if (broken !== null) return this.fail(broken, 'message fragments');
    }
    this.handler.onFrame(this.fin, this.opcode, this.rsv1, payload);
  }

  /** Goes deaf and reports what the peer did wrong. */
  private fail(code: ProtocolErrorCode, detail?: number | string, cause?: unknown): void {
    this.stop();
    const options = cause === undefined ? undefined : { cause };
    this.handler.onError(createProtocolError(code, detail, options));
  }
}
