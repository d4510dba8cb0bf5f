/** Sends prepared messages, which have an opcode of their own and are no fragments. */
import { Opcode } from '@hybi/frame';
import type { PreparedMessage, WriteDone } from '@hybi/connection';
import { optionOf } from './send-arguments.js';
import type { SendCallback, SendOptions } from './send-arguments.js';
import type { SocketLink } from './socket-link.js';

/** Sends a prepared message; `fin` in the options means nothing. */
export function sendPrepared(
  link: SocketLink,
  message: PreparedMessage,
  options: SendOptions | SendCallback | undefined,
  done: WriteDone | undefined,
): void {
  if (typeof options !== 'object' || options === null) {
    link.connection.sendPrepared(message, message.opcode, true, done);
    return;
  }
  const isBinary = optionOf(options, 'binary', message.opcode === Opcode.Binary);
  const compress = optionOf(options, 'compress', true);
  const masked = optionOf(options, 'mask', link.connection.masked);
  link.sendMasked(masked, (connection) => {
    const opcode = isBinary ? Opcode.Binary : Opcode.Text;
    connection.sendPrepared(message, opcode, compress, done);
  });
}
