/** The class `Receiver` of `ws`: a Writable that takes raw bytes and emits messages. */
import { Writable } from 'node:stream';
import { Opcode } from '@hybi/frame';
import type { DataOpcode } from '@hybi/frame';
import { MessageReader } from '@hybi/connection';
import type { ReadError } from '@hybi/connection';
import { nodePlatform, toMessageData } from '@hybi/connection/node';
import type { BinaryType } from '@hybi/connection/node';
import { toWsError } from './errors.js';
import { transformOf } from './extension-transform.js';
import type { ExtensionMap } from './extension-transform.js';
import { toLimit } from './limits.js';

/** Settings of a {@link Receiver}; without them there are no limits. */
export interface ReceiverOptions {
  /** Several events may be emitted in one go; default: true. */
  allowSynchronousEvents?: boolean | undefined;
  /** Default: `'nodebuffer'`. */
  binaryType?: BinaryType | undefined;
  /** Negotiated extensions by name. */
  extensions?: ExtensionMap | undefined;
  /** Whether frames must be masked; default: false. */
  isServer?: boolean | undefined;
  maxBufferedChunks?: number | undefined;
  maxFragments?: number | undefined;
  maxPayload?: number | undefined;
  skipUTF8Validation?: boolean | undefined;
}

type WriteCallback = (error?: Error | null) => void;

/** Emits `message`, `ping`, `pong`, `conclude` and `error`. */
export class Receiver extends Writable {
  readonly #reader: MessageReader;
  readonly #binaryType: BinaryType;
  #error: Error | undefined;

  constructor(options: ReceiverOptions = {}) {
    super();
    const { allowSynchronousEvents = true } = options;
    this.#binaryType = options.binaryType || 'nodebuffer';
    this.#reader = new MessageReader(
      {
        onMessage: (opcode, payload) => {
          this.#emitMessage(opcode, payload);
        },
        onFragments: (_opcode, fragments) => {
          this.emit('message', fragments, true);
        },
        onPing: (payload) => {
          this.emit('ping', payload);
        },
        onPong: (payload) => {
          this.emit('pong', payload);
        },
        onClose: (code, reason) => {
          this.emit('conclude', code, reason);
          this.end();
        },
        onError: (error: ReadError) => {
          this.#error = toWsError(error);
        },
      },
      {
        role: options.isServer ? 'server' : 'client',
        platform: nodePlatform(),
        transform: transformOf(options.extensions ?? {}),
        maxPayloadBytes: toLimit(options.maxPayload),
        maxFragments: toLimit(options.maxFragments),
        maxBufferedChunks: toLimit(options.maxBufferedChunks),
        skipUtf8Validation: Boolean(options.skipUTF8Validation),
        deliverLater: allowSynchronousEvents ? undefined : setImmediate,
      },
    );
    this.#reader.deliverFragments = this.#binaryType === 'fragments';
  }

  /** @internal */
  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.#reader.push(chunk);
    // A Writable gets its next chunk once this one is done with, so there is
    // never more than one behind a held message.
    this.#reader.whenIdle(() => {
      callback(this.#error);
    });
  }

  #emitMessage(opcode: DataOpcode, payload: Uint8Array): void {
    const isBinary = opcode === Opcode.Binary;
    const data = isBinary ? toMessageData(payload as Buffer, this.#binaryType) : payload;
    this.emit('message', data, isBinary);
  }
}
