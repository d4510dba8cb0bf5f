/** SHA-1 by Node's crypto. The twin for all other platforms is `sha1.portable.ts`. */
import * as crypto from 'node:crypto';

/**
 * Hashes the UTF-8 of `text` with SHA-1.
 *
 * @returns the digest in base64
 */
export function sha1(text: string): string {
  // In one call, without an object for the collector, where Node has it: from 20.12 on.
  const hash = crypto.hash as typeof crypto.hash | undefined;
  return hash === undefined
    ? crypto.createHash('sha1').update(text, 'utf8').digest('base64')
    : hash('sha1', text, 'base64');
}
