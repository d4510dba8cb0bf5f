import type { ZlibOptions } from 'node:zlib';
import * as ws from 'ws';
import type { DeflateNegotiationOptions, OfferedParameters } from '../../src/index.js';

type Callback = (error: Error | null, data?: Buffer) => void;

/** The class of `ws`, which its published types leave out. */
export interface WsPerMessageDeflate {
  offer(): object;
  accept(configurations: OfferedParameters[]): object;
  compress(data: Uint8Array, fin: boolean, callback: Callback): void;
  decompress(data: Uint8Array, fin: boolean, callback: Callback): void;
  cleanup(): void;
}

interface WsOptions extends DeflateNegotiationOptions {
  isServer?: boolean;
  maxPayload?: number;
  zlibDeflateOptions?: ZlibOptions;
  zlibInflateOptions?: ZlibOptions;
}

export const PerMessageDeflate = (
  ws as unknown as { PerMessageDeflate: new (options?: WsOptions) => WsPerMessageDeflate }
).PerMessageDeflate;

/** The endpoint of `ws`, in the form of our codec. */
export function wsCodec(
  role: 'client' | 'server',
  parameters: object,
  options: Omit<WsOptions, 'isServer'> = {},
): { encode: WsStep; decode: WsStep; close(): void } {
  const extension = new PerMessageDeflate({ ...options, isServer: role === 'server' });
  const entries = Object.entries(parameters) as [string, number | true][];
  extension.accept([
    Object.fromEntries(entries.map(([name, value]) => [name, [value === true || `${value}`]])),
  ]);
  // The results come later in `ws`, always.
  return {
    encode: (payload, fin, done) => void extension.compress(payload, fin, done),
    decode: (payload, fin, done) => void extension.decompress(payload, fin, done),
    close: () => extension.cleanup(),
  };
}

type WsStep = (payload: Uint8Array, fin: boolean, done: Callback) => undefined;
