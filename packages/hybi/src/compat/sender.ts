/** The class `Sender` of `ws`, for programs that frame messages on a socket of theirs. */
import type { Duplex } from 'node:stream';
import { Opcode } from '@hybi/frame';
import { MessageWriter } from '@hybi/connection';
import type { ByteSink, Payload, WriteDone } from '@hybi/connection';
import { closePayload, nodePlatform, payloadSize, toPayload } from '@hybi/connection/node';
import { transformOf } from './extension-transform.js';
import type { ExtensionMap } from './extension-transform.js';
import { frame } from './sender-frame.js';
import type { FrameOptions } from './sender-frame.js';

/** How {@link Sender.send} sends; nothing is filled in. */
export interface SenderSendOptions {
  binary?: boolean | undefined;
  compress?: boolean | undefined;
  fin?: boolean | undefined;
  mask?: boolean | undefined;
}

/** What a `Sender` needs of a socket. */
export type SenderSocket = Pick<Duplex, 'write' | 'cork' | 'uncork' | 'destroyed'>;

const maxControlPayloadBytes = 125;

/** Sends messages and control frames on a socket. */
export class Sender {
  /** Called when data could not be read; set it before sending blobs. */
  onerror: (error: Error) => void = () => {};

  readonly #writer: MessageWriter;

  /**
   * @param socket - where the frames go
   * @param extensions - negotiated extensions by name
   * @param generateMask - fills the masking key of each frame instead of random bytes
   */
  constructor(
    socket: SenderSocket,
    extensions?: ExtensionMap | null,
    generateMask?: (maskingKey: Buffer) => void,
  ) {
    const key = Buffer.alloc(4);
    this.#writer = new MessageWriter(sinkOf(socket), {
      role: 'server',
      platform: nodePlatform(),
      transform: transformOf(extensions ?? {}),
      onFailure: (error) => {
        this.onerror(error);
      },
      nextMaskingKey:
        generateMask &&
        (() => {
          generateMask(key);
          return key.readUInt32BE(0);
        }),
    });
  }

  static frame(data: Buffer | string, options: FrameOptions): Buffer[] {
    return frame(data, options);
  }

  /** Bytes that wait for a compression or a blob. */
  get _bufferedBytes(): number {
    return this.#writer.bufferedBytes;
  }

  /** Sends a message, or a fragment of one. */
  send(data: unknown, options: SenderSendOptions, callback?: WriteDone): void {
    const opcode = options.binary ? Opcode.Binary : Opcode.Text;
    const { fin, compress, mask } = options;
    this.#do(mask, (writer) => {
      writer.send(opcode, payloadOf(data), Boolean(fin), Boolean(compress), callback);
    });
  }

  ping(data: unknown, mask?: boolean, callback?: WriteDone): void {
    this.#control(Opcode.Ping, data, mask, callback);
  }

  pong(data: unknown, mask?: boolean, callback?: WriteDone): void {
    this.#control(Opcode.Pong, data, mask, callback);
  }

  /** Sends a close frame. */
  close(code?: number, data?: string | Uint8Array, mask?: boolean, callback?: WriteDone): void {
    const payload = closePayload(code, data);
    this.#do(mask, (writer) => {
      writer.sendControl(Opcode.Close, payload, callback);
    });
  }

  /** Writes the chunks of a frame, as {@link Sender.frame} makes them. */
  sendFrame(list: readonly (Buffer | string)[], callback?: WriteDone): void {
    sendChunks(this.#writer, list, callback);
    this.#writer.batch.flush();
  }

  #control(opcode: 0x9 | 0xa, data: unknown, mask: boolean | undefined, done?: WriteDone): void {
    const payload = payloadOf(data);
    const size = payloadSize(payload);
    if (size > maxControlPayloadBytes) {
      throw new RangeError('The data size must not be greater than 125 bytes');
    }
    this.#do(mask, (writer) => {
      writer.sendControl(opcode, payload, done);
    });
  }

  /** Each call writes what it can at once: a Sender has no batches of its own. */
  #do(mask: boolean | undefined, send: (writer: MessageWriter) => void): void {
    this.#writer.masked = Boolean(mask);
    send(this.#writer);
    this.#writer.batch.flush();
  }
}

/** A Sender takes numbers and nothing at all for what they are, and refuses them. */
function payloadOf(data: unknown): Payload {
  return typeof data === 'number' || !data ? Buffer.from(data as string) : toPayload(data);
}

/** Something that sends what is framed already. */
interface EncodedSender {
  sendEncoded(bytes: Uint8Array, done?: WriteDone): void;
}

/** Sends the chunks of a frame in order; the callback goes with the last. */
export function sendChunks(
  sender: EncodedSender,
  list: readonly (Buffer | string)[],
  callback: WriteDone | undefined,
): void {
  list.forEach((chunk, index) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    sender.sendEncoded(bytes, index === list.length - 1 ? callback : undefined);
  });
}

function sinkOf(socket: SenderSocket): ByteSink {
  return {
    write: (bytes, done) => {
      socket.write(bytes, done as (error?: Error | null) => void);
    },
    cork: () => {
      socket.cork();
    },
    uncork: () => {
      socket.uncork();
    },
    // The socket is the caller's, who ends it.
    end: () => {},
    destroy: () => {},
    get destroyed() {
      return socket.destroyed;
    },
  };
}
