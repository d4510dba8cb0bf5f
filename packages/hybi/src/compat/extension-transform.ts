/**
 * Lets a `Receiver` or a `Sender` use the `PerMessageDeflate` that stands in
 * its `extensions`, which may be one of ours or any object with its methods.
 */
import type { MessageTransform, TransformDone } from '@hybi/connection';
import { extensionName } from '@hybi/permessage-deflate';
import { closeCodeOf } from './errors.js';

type Callback = (error: Error | null, data?: Uint8Array) => void;

/** What `Receiver` and `Sender` need of a `PerMessageDeflate`. */
export interface MessageExtension {
  compress(data: Uint8Array | string, fin: boolean, callback: Callback): void;
  decompress(data: Uint8Array, fin: boolean, callback: Callback): void;
  /** Whether a message with a first fragment of this size is worth compressing; default: it is. */
  shouldCompress?(firstFragmentBytes: number): boolean;
  cleanup(): void;
}

/** Extensions by name, as `Receiver` and `Sender` take them. */
export type ExtensionMap = Record<string, MessageExtension | undefined>;

/** The transform for the extensions; undefined when there is no permessage-deflate. */
export function transformOf(extensions: ExtensionMap): MessageTransform | undefined {
  const deflate = extensions[extensionName];
  if (deflate === undefined) return undefined;
  return {
    shouldEncode: (firstFragmentBytes) => deflate.shouldCompress?.(firstFragmentBytes) !== false,
    encode(payload: Uint8Array, fin: boolean, done: TransformDone) {
      deflate.compress(payload, fin, done);
      return undefined;
    },
    decode(payload: Uint8Array, fin: boolean, done: TransformDone) {
      deflate.decompress(payload, fin, (error, data) => {
        done(error && withCloseCode(error), data);
      });
      return undefined;
    },
    close() {
      deflate.cleanup();
    },
  };
}

/** The reader looks for the close code under its name. */
function withCloseCode(error: Error): Error {
  const closeCode = closeCodeOf(error);
  return closeCode === undefined ? error : Object.assign(error, { closeCode });
}
