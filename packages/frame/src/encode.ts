/**
 * Encodes one frame into one array: the checked way out, for standalone users, tests and tools.
 *
 * Knows nothing of messages, batches or where the bytes go. Masks with the key it is given: that
 * a client's key be unpredictable (RFC 6455 section 5.3) is the caller's part.
 */
import { allocateZeroed, checkUint8Array, noBytes } from './bytes.js';
import type { Allocate } from './bytes.js';
import { frameHeaderLength, writeFrameHeader } from './frame-header.js';
import { checkMaskingKey, portableMasking } from './masking.js';
import { Opcode, isControl } from './opcode.js';

const knownOpcodes: ReadonlySet<number> = new Set(Object.values(Opcode));

/** A frame as a value. The decoder hands out its fields as arguments and never builds one. */
export interface Frame {
  /** Whether the frame ends its message. */
  fin: boolean;
  opcode: Opcode;
  /** The first reserved bit: what it means is up to the extension that was negotiated. */
  rsv1: boolean;
  /** Unmasked. */
  payload: Uint8Array;
}

/** What {@link encodeFrame} takes. */
export interface FrameInit {
  opcode: Opcode;
  /** Unmasked; borrowed for the call. Empty where absent. */
  payload?: Uint8Array;
  /** Default true. */
  fin?: boolean;
  /** Default false. */
  rsv1?: boolean;
  /** 0 to 2^32 - 1, the first key octet in the top eight bits. Where absent the frame is not masked. */
  maskingKey?: number;
}

/**
 * Encodes one frame: header and payload in one new array that belongs to the caller.
 *
 * @param frame - the payload is copied and never changed
 * @param allocate - gives the memory
 * @throws {TypeError} if the payload is not a `Uint8Array` or the masking key not a number
 * @throws {RangeError} if the opcode is reserved, a control frame has no FIN or more than 125 bytes,
 * or the masking key is not an integer from 0 to 2^32 - 1
 * @see RFC 6455 sections 5.2 and 5.5
 */
export function encodeFrame(frame: FrameInit, allocate: Allocate = allocateZeroed): Uint8Array {
  const { opcode, payload = noBytes, fin = true, rsv1 = false, maskingKey } = frame;
  checkFrame(opcode, payload, fin);
  const masked = maskingKey !== undefined;
  const key = maskingKey ?? 0;
  checkMaskingKey(key);
  const { length } = payload;
  const target = allocate(frameHeaderLength(length, masked) + length);
  const offset = writeFrameHeader(target, 0, fin, opcode, rsv1, length, masked, key);
  portableMasking.into(payload, 0, length, target, offset, key, 0);
  return target;
}

function checkFrame(opcode: number, payload: unknown, fin: boolean): void {
  checkUint8Array(payload, 'The payload');
  if (!knownOpcodes.has(opcode)) {
    throw new RangeError(`Opcode ${opcode} is not known: 0, 1, 2, 8, 9 and 10 are allowed`);
  }
  if (!isControl(opcode)) return;
  if (!fin) throw new RangeError('A control frame can not be fragmented: fin must be true');
  if (payload.length > 125) {
    throw new RangeError(
      `A control frame holds at most 125 bytes of payload, ${payload.length} were given`,
    );
  }
}
