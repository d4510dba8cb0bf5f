/**
 * The opcodes of RFC 6455 section 5.2.
 *
 * Knows nothing of what a frame with an opcode must look like: that is the decoder's part.
 */

/**
 * The opcodes that a frame may have. All others are reserved.
 *
 * @see RFC 6455 section 11.8
 */
export const Opcode = {
  Continuation: 0x0,
  Text: 0x1,
  Binary: 0x2,
  Close: 0x8,
  Ping: 0x9,
  Pong: 0xa,
} as const;

/** One of the opcodes in {@link Opcode}. */
export type Opcode = (typeof Opcode)[keyof typeof Opcode];

/** The opcodes that start a message: text and binary. */
export type DataOpcode = typeof Opcode.Text | typeof Opcode.Binary;

/** The opcodes of control frames: close, ping and pong. */
export type ControlOpcode = typeof Opcode.Close | typeof Opcode.Ping | typeof Opcode.Pong;

/**
 * Whether an opcode is one of a control frame, the reserved ones 11 to 15 included.
 *
 * @param opcode - 0 to 15
 * @see RFC 6455 section 5.5: the most significant bit of the four says so
 */
export function isControl(opcode: number): boolean {
  return (opcode & 0x8) !== 0;
}
