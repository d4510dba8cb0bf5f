/**
 * Lets a `Receiver` or a `Sender` use the `PerMessageDeflate` that stands in
 * its `extensions`, which may be one of ours or any object with its methods.
 */
import type { MessageTransform, TransformDone } from '@hybi/connection';
import { extensionName } from '@hybi/permessage-deflate';
import type { PerMessageDeflate } from './permessage-deflate.js';

/** Extensions by name, as `Receiver` and `Sender` take them. */
export type ExtensionMap = Record<string, PerMessageDeflate | undefined>;

/** The transform for the extensions; undefined when there is no permessage-deflate. */
export function transformOf(extensions: ExtensionMap): MessageTransform | undefined {
  const deflate = extensions[extensionName];
  if (deflate === undefined) return undefined;
  return {
    shouldEncode: (firstFragmentBytes) => deflate.shouldCompress(firstFragmentBytes),
    encode(payload: Uint8Array, fin: boolean, done: TransformDone) {
      deflate.compress(payload, fin, done);
      return undefined;
    },
    decode(payload: Uint8Array, fin: boolean, done: TransformDone) {
      deflate.decompress(payload, fin, done);
      return undefined;
    },
    close() {
      deflate.cleanup();
    },
  };
}
