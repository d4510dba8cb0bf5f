/** The server's answer to a key, written out again so that nothing of ours vouches for itself. */
import { createHash } from 'node:crypto';

export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}
