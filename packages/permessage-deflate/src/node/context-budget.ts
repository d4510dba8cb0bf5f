/**
 * What the contexts of all connections of a server may hold on to between messages.
 *
 * Counts what context takeover demands in the worst case, the windows' text, from the handshake on:
 * a connection may fill its windows at any time. Zlib streams are not counted; few contexts have one
 * (see `HotContexts`), however many connections there are.
 */
import type { ZlibOptions } from 'node:zlib';
import type { DeflateParameters } from '@hybi/permessage-deflate';
import { readContexts } from './contexts.js';
import { getDeflateSettings } from './zlib-settings.js';

export class ContextBudget {
  private takenBytes = 0;

  /**
   * @param maxBytes - of all contexts together
   * @throws {RangeError} if that is negative or not a number
   */
  constructor(readonly maxBytes: number) {
    if (!(maxBytes >= 0)) {
      throw new RangeError(`The memory of contexts must be 0 or more bytes, got ${maxBytes}`);
    }
  }

  /** Bytes that were taken and not given back. */
  get usedBytes(): number {
    return this.takenBytes;
  }

  /** Whether there are that many bytes to take. */
  has(bytes: number): boolean {
    return this.takenBytes + bytes <= this.maxBytes;
  }

  /** Takes that many bytes if there are as many; false if not. */
  take(bytes: number): boolean {
    if (!this.has(bytes)) return false;
    this.takenBytes += bytes;
    return true;
  }

  /** Gives back what was taken. */
  give(bytes: number): void {
    this.takenBytes -= bytes;
  }
}

/**
 * Returns the bytes that a connection may hold on to between messages, because windows outlive them.
 *
 * @param parameters - what was agreed
 * @param zlibDeflateOptions - as the codec gets them
 * @throws {RangeError} window bits are not from 8 to 15
 */
export function contextBytes(
  role: 'client' | 'server',
  parameters: DeflateParameters,
  zlibDeflateOptions?: ZlibOptions,
): number {
  const { own, peer } = readContexts(role, parameters);
  const toDeflate = own.contextTakeover
    ? getDeflateSettings(zlibDeflateOptions, own).windowBytes
    : 0;
  return toDeflate + (peer.contextTakeover ? 2 ** peer.windowBits : 0);
}
