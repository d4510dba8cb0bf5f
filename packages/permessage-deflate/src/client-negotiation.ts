/**
 * The client's part of the negotiation: the offer's parameters out, the response in.
 *
 * Knows no header syntax and no HTTP: what becomes of a refusal is decided above.
 */
import { createDeflateError } from './errors.js';
import {
  checkWindowOptions,
  readParameters,
  type DeflateNegotiationOptions,
  type DeflateOffer,
  type DeflateParameters,
  type OfferedParameters,
} from './parameters.js';

/**
 * Creates the parameters of a client's offer.
 *
 * Without options it is `permessage-deflate; client_max_window_bits`: the server may limit the
 * client's window.
 *
 * @returns a new object, its properties in the order in which they are to be sent
 * @throws {RangeError} window bits in the options are not from 8 to 15
 * @see RFC 7692 §7.1
 */
export function createDeflateOffer(options: DeflateNegotiationOptions = {}): DeflateOffer {
  checkWindowOptions(options);
  const offer: DeflateOffer = {};
  if (options.serverNoContextTakeover) offer.server_no_context_takeover = true;
  if (options.clientNoContextTakeover) offer.client_no_context_takeover = true;
  if (options.serverMaxWindowBits) offer.server_max_window_bits = options.serverMaxWindowBits;
  const clientMaxWindowBits = options.clientMaxWindowBits ?? true;
  if (clientMaxWindowBits) offer.client_max_window_bits = clientMaxWindowBits;
  return offer;
}

/**
 * Checks the server's response against the options and returns the agreed parameters.
 *
 * Every element is validated, the first one is used. As in `ws`, `server_*` parameters are accepted
 * even if they were not asked for, and a window that was hinted at in the options is kept to when
 * the server says nothing about it.
 *
 * @param responses - the `permessage-deflate` elements of the response, at least one; they are not
 *   changed
 * @returns a new object
 * @throws {Error | TypeError} with a `code`, see {@link deflateErrors}: the response is invalid or
 *   contradicts the options
 * @throws {TypeError} without a code: `responses` is empty
 * @throws {RangeError} window bits in the options are not from 8 to 15
 * @see RFC 7692 §5.1, §7.1
 */
export function acceptDeflateResponse(
  responses: readonly OfferedParameters[],
  options: DeflateNegotiationOptions = {},
): DeflateParameters {
  checkWindowOptions(options);
  const response = responses.map((element) => readParameters(element, false))[0];
  if (response === undefined) {
    throw new TypeError('"responses" must have at least one element, got none');
  }
  if (options.clientNoContextTakeover === false && response.client_no_context_takeover) {
    throw unacceptable('Unexpected parameter "client_no_context_takeover"');
  }
  settleClientWindow(response, options.clientMaxWindowBits);
  return response;
}

function settleClientWindow(
  response: DeflateParameters,
  wanted: DeflateNegotiationOptions['clientMaxWindowBits'],
): void {
  const stated = response.client_max_window_bits;
  if (stated === undefined) {
    if (typeof wanted === 'number') response.client_max_window_bits = wanted;
  } else if (wanted === false || (typeof wanted === 'number' && Number(stated) > wanted)) {
    throw unacceptable('Unexpected or invalid parameter "client_max_window_bits"');
  }
}

function unacceptable(message: string): Error {
  return createDeflateError('WS_ERR_DEFLATE_UNACCEPTABLE_RESPONSE', message);
}
