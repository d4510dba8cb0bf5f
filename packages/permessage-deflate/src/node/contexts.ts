/** The agreed parameters, seen from one end: what this end sends with, and what its peer does. */
import { isWindowBits, type DeflateParameters } from '@hybi/permessage-deflate';
import type { DeflateContext } from './zlib-settings.js';

const defaultWindowBits = 15;

/** @throws {RangeError} window bits are not from 8 to 15 */
export function readContexts(
  role: 'client' | 'server',
  parameters: DeflateParameters,
): { own: DeflateContext; peer: DeflateContext } {
  const server = {
    windowBits: readWindowBits('server_max_window_bits', parameters.server_max_window_bits),
    contextTakeover: !parameters.server_no_context_takeover,
  };
  const client = {
    windowBits: readWindowBits('client_max_window_bits', parameters.client_max_window_bits),
    contextTakeover: !parameters.client_no_context_takeover,
  };
  return role === 'server' ? { own: server, peer: client } : { own: client, peer: server };
}

/** The window of a direction, 15 where nothing was agreed. */
function readWindowBits(name: string, value: number | true | undefined): number {
  if (typeof value !== 'number') return defaultWindowBits;
  if (!isWindowBits(value)) {
    throw new RangeError(`The parameter "${name}" must be an integer from 8 to 15, got ${value}`);
  }
  return value;
}
