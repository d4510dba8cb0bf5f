/**
 * Bytes in, messages and control frames out.
 *
 * It puts fragments together, has the transform decode them, checks text, and
 * reads close frames. It knows nothing of what is sent, and answers nothing:
 * that is the `Connection`'s part. Everything is synchronous but for a
 * transform that takes its time; the decoder is held meanwhile, so the order
 * is kept.
 */
import {
  CloseCode,
  FrameDecoder,
  Opcode,
  createProtocolError,
  isControl,
  isValidCloseCode,
} from '@hybi/frame';
import type { DataOpcode, ProtocolError } from '@hybi/frame';
import type { MessageHandler, MessageReaderOptions, ReadError } from './message-handler.js';
import { portablePlatform } from './platform.js';
import type { Platform } from './platform.js';
import { TextChecker } from './text-checker.js';
import type { MessageTransform, TransformDone } from './transform.js';

/** `push` asks for a pause while this much waits behind a held message. */
const highWaterMark = 16 * 1024;

/** Reads the messages of one connection. */
export class MessageReader {
  /** Whether binary messages come as the list of their non-empty fragments. */
  deliverFragments = false;
  /** Whether the message being delivered went through the transform. */
  decoded = false;

  private readonly decoder: FrameDecoder;
  private readonly platform: Platform;
  private readonly transform: MessageTransform | undefined;
  private readonly burst: { begin(): void; end(): void } | undefined;
  private readonly deliverLater: ((task: () => void) => void) | undefined;
  private readonly maxPayloadBytes: number;
  /** Undefined where text is taken as it comes. */
  private readonly text: TextChecker | undefined;

  /** Opcode of the message under way, 0 between messages. */
  private opcode = 0;
  private fin = false;
  private fragments: Uint8Array[] = noFragments;
  private messageBytes = 0;
  private onDecoded: TransformDone | undefined;
  /** Whether the transform has called back, and nothing else runs in this turn. */
  private inOwnTurn = false;
  private holds = 0;
  private needsDrain = false;
  private onIdle: (() => void) | undefined;

  constructor(
    private readonly handler: MessageHandler,
    options: MessageReaderOptions,
  ) {
    const platform = options.platform ?? portablePlatform();
    this.platform = platform;
    this.transform = options.transform;
    this.burst = options.burst;
    this.deliverLater = options.deliverLater;
    this.maxPayloadBytes = options.maxPayloadBytes ?? 0;
    this.text = options.skipUtf8Validation === true ? undefined : new TextChecker(platform.isUtf8);
    this.decoder = new FrameDecoder(this, {
      role: options.role,
      rsv1: options.transform !== undefined,
      maxPayloadBytes: this.maxPayloadBytes,
      maxFragments: options.maxFragments ?? 0,
      maxBufferedChunks: options.maxBufferedChunks ?? 0,
      allocate: platform.allocate,
      masking: platform.masking,
    });
  }

  /** Whether nothing more will be read: after a close frame, an error, or `stop`. */
  get stopped(): boolean {
    return this.decoder.stopped;
  }

  /** Whether delivery waits for the transform or for `release`. */
  get held(): boolean {
    return this.holds > 0;
  }

  /**
   * Takes the next bytes; the chunk is given up to the reader, which unmasks
   * in place.
   *
   * @returns false where the caller should pause until `onDrain`
   * @throws what the handler throws; the rest of the chunk is delivered later
   */
  push(chunk: Uint8Array): boolean {
    let threw = true;
    this.burst?.begin();
    try {
      this.decoder.push(chunk);
      threw = false;
    } finally {
      if (threw) this.goOnLater();
      this.burst?.end();
    }
    if (this.idle) {
      if (this.onIdle !== undefined) this.drained();
      return true;
    }
    if (this.holds === 0 || this.decoder.queuedBytes < highWaterMark) return true;
    this.needsDrain = true;
    return false;
  }

  /** Delivers nothing more until the matching `release`. */
  hold(): void {
    this.holds++;
    this.decoder.hold();
  }

  /** Takes one `hold` back and delivers what waits. */
  release(): void {
    if (--this.holds > 0) return;
    let threw = true;
    this.burst?.begin();
    try {
      this.decoder.release();
      threw = false;
    } finally {
      if (threw) this.goOnLater();
      this.burst?.end();
      if (this.idle) this.drained();
    }
  }

  /** Reads nothing more. */
  stop(): void {
    this.decoder.stop();
    this.fragments = noFragments;
  }

  /** Calls back once everything that was pushed is delivered: at once, if nothing is held. */
  whenIdle(callback: () => void): void {
    if (this.idle) callback();
    else this.onIdle = callback;
  }

  /** @internal a frame of the decoder */
  onFrame(fin: boolean, opcode: number, rsv1: boolean, payload: Uint8Array): void {
    if (isControl(opcode)) {
      this.onControl(opcode, payload);
      return;
    }
    // The fast path: an unfragmented message that no transform touched.
    if (fin && !rsv1 && opcode !== Opcode.Continuation) {
      this.decoded = false;
      if (this.isBadText(opcode, payload, true)) this.failText();
      else this.deliverWhole(opcode as DataOpcode, payload);
      return;
    }
    if (opcode !== Opcode.Continuation) {
      this.opcode = opcode;
      this.decoded = rsv1;
    }
    this.fin = fin;
    if (this.decoded) this.decode(payload);
    else this.addFragment(payload);
  }

  /** @internal a piece of an incomplete frame: bad text is found before the frame ends */
  onPayload(opcode: number, rsv1: boolean, piece: Uint8Array): void {
    const continues = opcode === Opcode.Continuation;
    if ((continues ? this.opcode : opcode) !== Opcode.Text) return;
    if (continues ? this.decoded : rsv1) return;
    if (this.text?.addPiece(piece) === false) this.failText();
  }

  /** @internal an error of the decoder */
  onError(error: ProtocolError): void {
    this.fail(error);
  }

  private onControl(opcode: number, payload: Uint8Array): void {
    if (opcode === Opcode.Close) this.onCloseFrame(payload);
    else if (this.deliverLater === undefined) this.onPingOrPong(opcode, payload);
    else {
      this.later(() => {
        this.onPingOrPong(opcode, payload);
      });
    }
  }

  private onPingOrPong(opcode: number, payload: Uint8Array): void {
    if (opcode === Opcode.Ping) this.handler.onPing?.(payload);
    else this.handler.onPong?.(payload);
  }

  /** RFC 6455 §5.5.1 and §7.4; the decoder refused a payload of one byte. */
  private onCloseFrame(payload: Uint8Array): void {
    if (payload.length === 0) {
      this.stop();
      this.handler.onClose(CloseCode.NoStatusReceived, payload);
      return;
    }
    const code = ((payload[0] as number) << 8) | (payload[1] as number);
    const reason = payload.subarray(2);
    if (!isValidCloseCode(code)) {
      this.fail(createProtocolError('WS_ERR_INVALID_CLOSE_CODE', code));
    } else if (this.text !== undefined && !this.platform.isUtf8(reason)) {
      this.failText();
    } else {
      this.stop();
      this.handler.onClose(code, reason);
    }
  }

  private decode(payload: Uint8Array): void {
    this.onDecoded ??= (error, decoded) => {
      this.whenDecoded(error, decoded);
    };
    let decoded: Uint8Array | undefined;
    try {
      decoded = (this.transform as MessageTransform).decode(payload, this.fin, this.onDecoded);
    } catch (error) {
      this.failDecoding(error as Error);
      return;
    }
    if (decoded === undefined) this.hold();
    else this.addDecoded(decoded);
  }

  private whenDecoded(error: Error | null, decoded: Uint8Array | undefined): void {
    this.burst?.begin();
    this.inOwnTurn = true;
    try {
      if (this.decoder.stopped) return;
      if (decoded === undefined) this.failDecoding(error ?? new Error('No decoded bytes'));
      else this.addDecoded(decoded);
    } finally {
      this.inOwnTurn = false;
      this.burst?.end();
      this.release();
    }
  }

  private addDecoded(decoded: Uint8Array): void {
    const bytes = this.messageBytes + decoded.length;
    if (this.maxPayloadBytes > 0 && bytes > this.maxPayloadBytes) {
      this.fail(createProtocolError('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'));
    } else this.addFragment(decoded);
  }

  private addFragment(payload: Uint8Array): void {
    if (this.isBadText(this.opcode, payload, this.fin)) {
      this.failText();
      return;
    }
    if (this.fin && this.fragments.length === 0) {
      const opcode = this.opcode as DataOpcode;
      this.opcode = 0;
      this.deliverWhole(opcode, payload);
      return;
    }
    if (payload.length > 0) {
      if (this.fragments.length === 0) this.fragments = [payload];
      else this.fragments.push(payload);
      this.messageBytes += payload.length;
    }
    if (this.fin) this.deliverMessage();
  }

  private deliverWhole(opcode: DataOpcode, payload: Uint8Array): void {
    if (this.deliverLater === undefined && !this.wantsFragments(opcode)) {
      this.handler.onMessage(opcode, payload);
    } else this.deliver(opcode, payload.length === 0 ? [] : [payload]);
  }

  private deliverMessage(): void {
    const opcode = this.opcode as DataOpcode;
    const { fragments } = this;
    this.fragments = noFragments;
    this.messageBytes = 0;
    this.opcode = 0;
    this.deliver(opcode, fragments);
  }

  private deliver(opcode: DataOpcode, fragments: Uint8Array[]): void {
    // Joined now: whether fragments are wanted is known when they are complete.
    const message = this.wantsFragments(opcode) ? undefined : this.join(fragments);
    // A text that took the transform its time comes in a turn of its own already.
    const now = this.deliverLater === undefined || (this.inOwnTurn && opcode === Opcode.Text);
    if (now) this.callHandler(opcode, message, fragments);
    else {
      this.later(() => {
        this.callHandler(opcode, message, fragments);
      });
    }
  }

  private wantsFragments(opcode: number): boolean {
    return this.deliverFragments && opcode === Opcode.Binary;
  }

  private callHandler(
    opcode: DataOpcode,
    message: Uint8Array | undefined,
    fragments: Uint8Array[],
  ): void {
    if (message !== undefined) this.handler.onMessage(opcode, message);
    else if (this.handler.onFragments !== undefined) this.handler.onFragments(opcode, fragments);
    else this.handler.onMessage(opcode, this.join(fragments));
  }

  /** Delivers in a later turn; the decoder waits. */
  private later(task: () => void): void {
    this.hold();
    (this.deliverLater as (task: () => void) => void)(() => {
      this.burst?.begin();
      try {
        task();
      } finally {
        this.burst?.end();
        this.release();
      }
    });
  }

  private join(fragments: readonly Uint8Array[]): Uint8Array {
    if (fragments.length === 1) return fragments[0] as Uint8Array;
    let bytes = 0;
    for (const fragment of fragments) bytes += fragment.length;
    const message = this.platform.allocate(bytes);
    let at = 0;
    for (const fragment of fragments) {
      message.set(fragment, at);
      at += fragment.length;
    }
    return message;
  }

  private isBadText(opcode: number, payload: Uint8Array, fin: boolean): boolean {
    return opcode === Opcode.Text && this.text?.addFrame(payload, fin) === false;
  }

  private failText(): void {
    this.fail(createProtocolError('WS_ERR_INVALID_UTF8'));
  }

  private failDecoding(error: Error): void {
    const readError = error as Error & { closeCode?: number };
    readError.closeCode ??= CloseCode.InvalidPayload;
    this.fail(readError as ReadError);
  }

  private fail(error: ReadError): void {
    this.stop();
    this.handler.onError(error);
  }

  /** What lies behind the event whose handler threw is delivered in a turn of its own. */
  private goOnLater(): void {
    if (this.idle) return;
    this.platform.schedule(() => {
      this.hold();
      this.release();
    });
  }

  /** Whether everything that was pushed is delivered. */
  private get idle(): boolean {
    return this.holds === 0 && this.decoder.queuedBytes === 0;
  }

  private drained(): void {
    if (this.needsDrain) {
      this.needsDrain = false;
      this.handler.onDrain?.();
    }
    const { onIdle } = this;
    if (onIdle === undefined) return;
    this.onIdle = undefined;
    onIdle();
  }
}

/** Shared by all readers between messages; never pushed to. */
const noFragments: Uint8Array[] = [];
