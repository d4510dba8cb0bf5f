/** How much a message counts for in the queues of the streams. */

/** Roughly what an empty message costs, so that a flood of them counts. */
export const messageOverheadBytes = 128;

/**
 * The size of a message in a queue: its bytes, or the code units of its text,
 * and {@link messageOverheadBytes}.
 */
export function queuedSize(message: unknown): number {
  return payloadSize(message) + messageOverheadBytes;
}

function payloadSize(message: unknown): number {
  if (typeof message === 'string') return message.length;
  return isBinary(message) ? message.byteLength : 0;
}

/** Whether a value holds bytes. */
export function isBinary(value: unknown): value is ArrayBuffer | ArrayBufferView {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}
