/** `extension` of `ws`: the grammar of `Sec-WebSocket-Extensions`. */
import { formatExtensions, parseExtensions } from '@hybi/handshake';

export const extension: { format: typeof formatExtensions; parse: typeof parseExtensions } = {
  format: formatExtensions,
  parse: parseExtensions,
};
