/** The one extension that this client offers: permessage-deflate (RFC 7692). */
import type { MessageTransform } from '@hybi/connection';
import { formatExtensions } from '@hybi/handshake';
import type { Extensions } from '@hybi/handshake';
import { acceptDeflateResponse, createDeflateOffer, extensionName } from '@hybi/permessage-deflate';
import { checkDeflateTuning, DeflateCodec, getSharedLimiter } from '@hybi/permessage-deflate/node';
import type { PerMessageDeflateOptions, Settings } from './options.js';

/**
 * The value of `Sec-WebSocket-Extensions` in the request; empty: nothing is offered.
 *
 * @throws {RangeError} if window bits in the options are not from 8 to 15, or an amount is none
 */
export function createExtensionOffer(settings: Settings): string {
  const options = deflateOptions(settings);
  if (options === undefined) return '';
  checkDeflateTuning(options);
  // The first to ask decides for the process, whether or not a server agrees.
  getSharedLimiter(options.concurrencyLimit);
  return formatExtensions({ [extensionName]: { ...createDeflateOffer(options) } });
}

/** The names of the extensions that are offered; false if there are none. */
export function offeredExtensions(settings: Settings): readonly string[] | false {
  return deflateOptions(settings) === undefined ? false : [extensionName];
}

/**
 * Makes what turns messages into those of the agreed extension.
 *
 * @param extensions - the server's answer; must not list what was not offered
 * @throws {Error} if the server's parameters are not acceptable
 */
export function createTransform(
  extensions: Extensions,
  settings: Settings,
): { name: string; transform: MessageTransform } {
  const options = deflateOptions(settings) ?? {};
  const parameters = acceptDeflateResponse(extensions[extensionName] ?? [], options);
  const { maxPayload: maxMessageBytes } = settings;
  const transform = new DeflateCodec({ ...options, role: 'client', parameters, maxMessageBytes });
  return { name: extensionName, transform };
}

function deflateOptions({ perMessageDeflate }: Settings): PerMessageDeflateOptions | undefined {
  if (!perMessageDeflate) return undefined;
  return perMessageDeflate === true ? {} : perMessageDeflate;
}
