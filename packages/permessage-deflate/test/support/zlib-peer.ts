import {
  constants,
  createDeflateRaw,
  createInflateRaw,
  type DeflateRaw,
  type InflateRaw,
  type ZlibOptions,
} from 'node:zlib';
import { tail } from './codec.js';

/** Has a plain stream of Node process bytes, and returns all that comes of them. */
function push(stream: DeflateRaw | InflateRaw, bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const collect = (chunk: Buffer): void => void chunks.push(chunk);
    stream.once('error', reject);
    stream.on('data', collect);
    stream.write(bytes, (error) => {
      stream.off('data', collect).off('error', reject);
      if (error) reject(error);
      else resolve(Buffer.concat(chunks));
    });
  });
}

/** A receiver that keeps its window in one plain zlib stream from its first message to its last. */
export class PlainInflater {
  private readonly stream: InflateRaw;

  constructor(options: ZlibOptions = {}) {
    this.stream = createInflateRaw({ ...options, flush: constants.Z_SYNC_FLUSH });
  }

  decode(payload: Uint8Array): Promise<Buffer> {
    return push(this.stream, Buffer.concat([payload, tail]));
  }

  close(): void {
    this.stream.close();
  }
}

/** A sender that keeps its window in one plain zlib stream from its first message to its last. */
export class PlainDeflater {
  private readonly stream: DeflateRaw;

  /** @param options - a window of 8 bits becomes one of 9, as Node has it */
  constructor(options: ZlibOptions = {}) {
    this.stream = createDeflateRaw({ ...options, flush: constants.Z_SYNC_FLUSH });
  }

  /** @param message - not empty */
  async encode(message: Uint8Array): Promise<Buffer> {
    return (await push(this.stream, message)).subarray(0, -tail.length);
  }

  close(): void {
    this.stream.close();
  }
}
