/** SHA-1 by Node's crypto. The twin for all other platforms is `sha1.portable.ts`. */
import { createHash } from 'node:crypto';

/**
 * Hashes the UTF-8 of `text` with SHA-1.
 *
 * @returns the digest in base64
 */
export function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('base64');
}
