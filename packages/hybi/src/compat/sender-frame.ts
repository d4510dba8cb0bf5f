/** `Sender.frame` of `ws`: one frame as the list of chunks to write. */
import { frameHeaderLength, maskInPlace, maskInto, writeFrameHeader } from '@hybi/frame';
import { nodePlatform } from '@hybi/connection/node';

/** How a frame is made. */
export interface FrameOptions {
  fin?: boolean | undefined;
  opcode: number;
  /** Whether the frame is masked; default: false. */
  mask?: boolean | undefined;
  /** Whether the data must not be changed; if it may be, it is masked in place. */
  readOnly?: boolean | undefined;
  rsv1?: boolean | undefined;
  /** Fills the masking key instead of random bytes. */
  generateMask?: ((maskingKey: Buffer) => void) | undefined;
  /** Memory for `generateMask`. */
  maskBuffer?: Buffer | undefined;
}

/**
 * Makes a frame of the data.
 *
 * @returns header and data, or one chunk where both are one: masked read-only
 *   data, or no data
 */
export function frame(data: Buffer | string, options: FrameOptions): Buffer[] {
  const masked = Boolean(options.mask);
  const key = masked ? maskingKey(options) : 0;
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const { length } = bytes;
  const headerLength = frameHeaderLength(length, masked);
  const merge = key !== 0 && bytes === data && Boolean(options.readOnly);
  const target = Buffer.allocUnsafe(merge ? headerLength + length : headerLength);
  const { fin, opcode, rsv1 } = options;
  writeFrameHeader(target, 0, Boolean(fin), opcode, Boolean(rsv1), length, masked, key);
  if (length === 0) return [target];
  if (merge) {
    maskInto(bytes, target, headerLength, key);
    return [target];
  }
  if (key !== 0) maskInPlace(bytes, key);
  return [target, bytes];
}

/** The key is left in `maskBuffer`, where there is one. */
function maskingKey({ generateMask, maskBuffer }: FrameOptions): number {
  const key = maskBuffer ?? Buffer.alloc(4);
  if (generateMask === undefined) key.writeUInt32BE(nodePlatform().maskingKeys.next());
  else generateMask(key);
  return key.readUInt32BE(0);
}
