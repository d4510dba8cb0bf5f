/** `subprotocol` of `ws`: the grammar of `Sec-WebSocket-Protocol`. */
import { parseSubprotocols } from '@hybi/handshake';

export const subprotocol: { parse: typeof parseSubprotocols } = { parse: parseSubprotocols };
