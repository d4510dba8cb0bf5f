/**
 * Memory for what zlib writes and reads on the calling thread, before its size is known. One buffer
 * each serves all connections, since nothing stays in it when the call returns.
 */

/** Output of one step. */
const outputBytes = 65_536;

let output: Buffer | undefined;
let input: Buffer | undefined;

export function getScratchOutput(): Buffer {
  output ??= Buffer.allocUnsafeSlow(outputBytes);
  return output;
}

/** Returns at least `bytes` of memory. */
export function getScratchInput(bytes: number): Buffer {
  if (input === undefined || input.length < bytes) input = Buffer.allocUnsafeSlow(bytes);
  return input;
}
