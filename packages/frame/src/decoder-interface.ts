/**
 * What a {@link FrameDecoder} is given: its handler and its options.
 */
import type { Allocate } from './bytes.js';
import type { ProtocolError } from './errors.js';
import type { Masking } from './masking.js';

/**
 * Receives what a `FrameDecoder` reads.
 *
 * Every function may call `push`, `hold`, `release` and `stop` of the decoder. It may throw too:
 * the exception leaves the call of `push` or `release` that led here, the decoder stays sound, and
 * the next `push` or `release` goes on behind what was handed over.
 */
export interface FrameHandler {
  /**
   * A complete frame.
   *
   * @param opcode - one that is known: 0, 1, 2, 8, 9 or 10
   * @param rsv1 - only ever true on the first frame of a message, and only if it was negotiated
   * @param payload - unmasked; a view into the chunk, or memory of the decoder's allocator. It
   * belongs to the handler, which keeps the whole chunk alive as long as it keeps a view into it.
   */
  onFrame(fin: boolean, opcode: number, rsv1: boolean, payload: Uint8Array): void;

  /**
   * The next bytes of a data frame that a chunk edge has cut, so that a reader can fail early. The
   * last piece comes too, right before `onFrame` with the whole. Frames that come whole have none.
   *
   * @param opcode - that of the frame: 0 for a continuation
   * @param rsv1 - that of the frame, so false for a continuation
   * @param piece - unmasked; borrowed for the call, not to be changed
   */
  onPayload?(opcode: number, rsv1: boolean, piece: Uint8Array): void;

  /** The peer broke the protocol or a limit. Comes once, and nothing comes after it. */
  onError(error: ProtocolError): void;
}

/** What a `FrameDecoder` is to accept. A limit of 0 is no limit. */
export interface FrameDecoderOptions {
  /** The role of this end: a server expects masked frames, a client unmasked ones. */
  role: 'client' | 'server';

  /** Whether an extension that uses RSV1 was negotiated. Default false. */
  rsv1?: boolean;

  /**
   * The most bytes of payload that a message may have, counted as announced and summed over its
   * fragments. Control frames do not count. Default 0.
   */
  maxPayloadBytes?: number;

  /** The most data frames that a message may have, empty ones included. Default 0. */
  maxFragments?: number;

  /**
   * The most chunks that one part of a frame (its first two bytes, the extended length, the masking
   * key, the payload) may be spread over before one more chunk is an error. Default 0.
   */
  maxBufferedChunks?: number;

  /**
   * Whether a length that would fit into fewer bytes is an error, as RFC 6455 section 5.2 has it.
   * Most implementations let it pass. Default false.
   */
  requireMinimalLength?: boolean;

  /** Gives the memory for payloads that a chunk edge has cut. Default: zeroed `Uint8Array`s. */
  allocate?: Allocate;

  /** Default: `portableMasking`. */
  masking?: Masking;
}
