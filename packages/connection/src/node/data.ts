/** The forms in which Node programs give and take the data of messages. */
import { PreparedMessage } from '@hybi/connection';
import type { Payload } from '@hybi/connection';

/** How binary messages are delivered. */
export type BinaryType = 'nodebuffer' | 'arraybuffer' | 'fragments' | 'blob';

/**
 * A message as it is delivered to `'message'` listeners. With the `binaryType`
 * `'blob'` it is a `Blob`, which only programs that ask for it have to expect.
 */
export type MessageData = Buffer | ArrayBuffer | Buffer[];

/**
 * What can be sent: text, bytes in any form, a number (its decimal text), a
 * `Blob`, a prepared message, and what `Buffer.from` takes.
 */
export type SendData =
  | PreparedMessage
  | string
  | number
  | ArrayBufferView
  | ArrayBuffer
  | SharedArrayBuffer
  | Blob
  | readonly number[]
  | readonly unknown[]
  | { valueOf(): ArrayBuffer }
  | { valueOf(): SharedArrayBuffer }
  | { valueOf(): Uint8Array }
  | { valueOf(): readonly number[] }
  | { valueOf(): string }
  | { [Symbol.toPrimitive](hint: string): string };

const binaryTypes: readonly string[] =
  typeof Blob === 'undefined'
    ? ['nodebuffer', 'arraybuffer', 'fragments']
    : ['nodebuffer', 'arraybuffer', 'fragments', 'blob'];

export function isBinaryType(value: unknown): value is BinaryType {
  return binaryTypes.includes(value as string);
}

export const emptyBuffer: Buffer = Buffer.alloc(0);

/**
 * Turns what was given to `send` into a payload, without a copy where the
 * bytes are there already.
 *
 * @param data - text, bytes in any form, a number (its decimal text), a `Blob`,
 *   a prepared message, or something empty
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE`, when there are no bytes in it
 */
export function toPayload(data: unknown): Payload {
  if (typeof data === 'string') return data;
  if (typeof data === 'number') return data.toString();
  if (!data) return emptyBuffer;
  return isBlob(data) ? data : toBuffer(data);
}

/** The size of what was given to `send`, in bytes. */
export function payloadSize(payload: Payload): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  return payload instanceof Uint8Array ? payload.length : payload.size;
}

function toBuffer(data: unknown): Buffer {
  if (Buffer.isBuffer(data)) return data;
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof PreparedMessage) return toBuffer(data.payload);
  return Buffer.from(data as Uint8Array);
}

/** Recognises blobs of other realms and implementations too. */
function isBlob(value: unknown): value is Blob {
  if (typeof Blob === 'undefined' || typeof value !== 'object' || value === null) return false;
  const { arrayBuffer, type, stream } = value as Partial<Blob>;
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return (
    typeof arrayBuffer === 'function' &&
    typeof type === 'string' &&
    typeof stream === 'function' &&
    (tag === 'Blob' || tag === 'File')
  );
}

/** A binary message in the form that the application asked for. */
export function toMessageData(payload: Buffer, binaryType: BinaryType): MessageData {
  if (binaryType === 'arraybuffer') return toArrayBuffer(payload);
  if (binaryType === 'blob') {
    return new Blob([payload as Buffer<ArrayBuffer>]) as unknown as MessageData;
  }
  return payload;
}

/** Exactly the payload's bytes: the memory behind it where it spans that, else a copy. */
function toArrayBuffer(payload: Buffer): ArrayBuffer {
  const { buffer, byteOffset, length } = payload;
  if (length === buffer.byteLength) return buffer as ArrayBuffer;
  return buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
}
