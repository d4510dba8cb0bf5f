/**
 * Which frames a peer may send, and how much: the order of frames in a message (RFC 6455 sections
 * 5.2 to 5.5) and the limits of section 10.4.
 *
 * Knows nothing of bytes or chunks: the decoder asks at three moments of a frame, and each answer is
 * the code of the first rule that is broken, or null.
 */
import type { FrameDecoderOptions } from './decoder-interface.js';
import type { ProtocolErrorCode } from './errors.js';
import { Opcode } from './opcode.js';

/** The bits of a frame's first two bytes, read as one 16-bit number. */
export const headBits = {
  fin: 0x8000,
  rsv1: 0x4000,
  rsv2And3: 0x3000,
  opcode: 0x0f00,
  mask: 0x0080,
  length: 0x007f,
} as const;

/** The answer to one peer's frames, in the order in which they come. */
export class FrameRules {
  /** Whether a message has been begun and not ended. */
  insideMessage: boolean;

  /** Whether the peer has to mask. */
  readonly expectsMask: boolean;
  private readonly allowsRsv1: boolean;
  private readonly requiresMinimalLength: boolean;
  private readonly maxPayloadBytes: number;
  private readonly maxFragments: number;

  private messageBytes: number;
  private fragments: number;

  /**
   * @throws {TypeError} if `role` is neither `'client'` nor `'server'`
   * @throws {RangeError} if a limit is not a non-negative integer
   */
  constructor(options: FrameDecoderOptions) {
    const { role } = options;
    if (role !== 'client' && role !== 'server') {
      throw new TypeError(`The role must be 'client' or 'server', not '${String(role)}'`);
    }
    this.insideMessage = false;
    this.expectsMask = role === 'server';
    this.allowsRsv1 = options.rsv1 ?? false;
    this.requiresMinimalLength = options.requireMinimalLength ?? false;
    this.maxPayloadBytes = checkLimit('maxPayloadBytes', options.maxPayloadBytes);
    this.maxFragments = checkLimit('maxFragments', options.maxFragments);
    this.messageBytes = 0;
    this.fragments = 0;
  }

  /** @param head - the first two bytes of a frame */
  checkHead(head: number): ProtocolErrorCode | null {
    const opcode = (head & headBits.opcode) >>> 8;
    const hasRsv1 = (head & headBits.rsv1) !== 0;
    if ((head & headBits.rsv2And3) !== 0) return 'WS_ERR_UNEXPECTED_RSV_2_3';
    if (hasRsv1 && !this.allowsRsv1) return 'WS_ERR_UNEXPECTED_RSV_1';
    if (opcode === Opcode.Continuation) {
      if (hasRsv1) return 'WS_ERR_UNEXPECTED_RSV_1';
      if (!this.insideMessage) return 'WS_ERR_INVALID_OPCODE';
    } else if (opcode <= Opcode.Binary) {
      if (this.insideMessage) return 'WS_ERR_INVALID_OPCODE';
    } else {
      const broken = checkControlHead(head, opcode, hasRsv1);
      if (broken !== null) return broken;
    }
    const hasMask = (head & headBits.mask) !== 0;
    if (hasMask === this.expectsMask) return null;
    return hasMask ? 'WS_ERR_UNEXPECTED_MASK' : 'WS_ERR_EXPECTED_MASK';
  }

  /**
   * An extended payload length.
   *
   * @param length - past 2^53 it may be rounded
   * @param least - the least length that does not fit into a shorter encoding
   */
  checkExtendedLength(length: number, least: number): ProtocolErrorCode | null {
    if (length > Number.MAX_SAFE_INTEGER) return 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH';
    if (length >= least || !this.requiresMinimalLength) return null;
    return 'WS_ERR_NON_MINIMAL_PAYLOAD_LENGTH';
  }

  /** The announced length of a data frame. */
  countBytes(opcode: number, length: number): ProtocolErrorCode | null {
    const before = opcode === Opcode.Continuation ? this.messageBytes : 0;
    this.messageBytes = before + length;
    if (this.maxPayloadBytes === 0 || this.messageBytes <= this.maxPayloadBytes) return null;
    return 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
  }

  /** A data frame that is complete. */
  countFragment(fin: boolean): ProtocolErrorCode | null {
    this.fragments = this.insideMessage ? this.fragments + 1 : 1;
    this.insideMessage = !fin;
    if (this.maxFragments === 0 || this.fragments <= this.maxFragments) return null;
    return 'WS_ERR_TOO_MANY_BUFFERED_PARTS';
  }
}

/** The head of a frame that is not a data frame: a control frame, or of a reserved opcode. */
function checkControlHead(
  head: number,
  opcode: number,
  hasRsv1: boolean,
): ProtocolErrorCode | null {
  const length = head & headBits.length;
  if (opcode < Opcode.Close || opcode > Opcode.Pong) return 'WS_ERR_INVALID_OPCODE';
  if ((head & headBits.fin) === 0) return 'WS_ERR_EXPECTED_FIN';
  if (hasRsv1) return 'WS_ERR_UNEXPECTED_RSV_1';
  if (length > 125) return 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH';
  // A close frame's payload is empty or starts with a code of two bytes.
  if (opcode === Opcode.Close && length === 1) return 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH';
  return null;
}

/**
 * A limit of `FrameDecoderOptions`, 0 where absent.
 *
 * @throws {RangeError} if it is not a non-negative integer
 */
export function checkLimit(name: string, value: number = 0): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a non-negative integer (0 for no limit), not ${value}`);
}
