/**
 * The server's part of the negotiation: offers in, the response's parameters out.
 *
 * Knows no header syntax and no HTTP: what becomes of a refusal is decided above.
 */
import { createDeflateError } from './errors.js';
import {
  checkWindowOptions,
  readParameters,
  type DeflateNegotiationOptions,
  type DeflateParameters,
  type OfferedParameters,
} from './parameters.js';

/**
 * Chooses the first offer that fits the options and returns the parameters of the response.
 *
 * Every offer is validated before one is chosen. The response repeats the chosen offer, in its
 * order; what the options add stands behind.
 *
 * @param offers - the `permessage-deflate` elements of the request, in order; they are not changed
 * @returns a new object, ready to be formatted
 * @throws {Error | TypeError} with a `code`, see {@link deflateErrors}: an offer is invalid, or none
 *   is acceptable
 * @throws {RangeError} window bits in the options are not from 8 to 15
 * @see RFC 7692 §5.1, §7.1
 */
export function acceptDeflateOffer(
  offers: readonly OfferedParameters[],
  options: DeflateNegotiationOptions = {},
): DeflateParameters {
  checkWindowOptions(options);
  const accepted = offers
    .map((offer) => readParameters(offer, true))
    .find((offer) => isAcceptable(offer, options));
  if (accepted === undefined) {
    throw createDeflateError(
      'WS_ERR_DEFLATE_UNACCEPTABLE_OFFER',
      'None of the extension offers can be accepted',
    );
  }
  return createResponse(accepted, options);
}

function isAcceptable(offer: DeflateParameters, options: DeflateNegotiationOptions): boolean {
  return (
    !(options.serverNoContextTakeover === false && offer.server_no_context_takeover) &&
    allowsServerWindow(offer.server_max_window_bits, options.serverMaxWindowBits) &&
    allowsClientWindow(offer.client_max_window_bits, options.clientMaxWindowBits)
  );
}

/** The offer sets an upper bound for our own window. */
function allowsServerWindow(
  offered: number | undefined,
  wanted: DeflateNegotiationOptions['serverMaxWindowBits'],
): boolean {
  if (offered === undefined) return true;
  return wanted !== false && !(typeof wanted === 'number' && wanted > offered);
}

/** A window may only be imposed on a client that announced the parameter (RFC 7692 §7.1.2.2). */
function allowsClientWindow(
  offered: number | true | undefined,
  wanted: DeflateNegotiationOptions['clientMaxWindowBits'],
): boolean {
  if (typeof wanted !== 'number') return true;
  return offered === true || (offered !== undefined && wanted <= offered);
}

/** Turns the chosen offer into the response, in place: it is a copy that nobody else has. */
function createResponse(
  response: DeflateParameters,
  options: DeflateNegotiationOptions,
): DeflateParameters {
  if (options.serverNoContextTakeover) response.server_no_context_takeover = true;
  if (options.clientNoContextTakeover) response.client_no_context_takeover = true;
  if (typeof options.serverMaxWindowBits === 'number') {
    response.server_max_window_bits = options.serverMaxWindowBits;
  }
  if (typeof options.clientMaxWindowBits === 'number') {
    response.client_max_window_bits = options.clientMaxWindowBits;
  } else if (response.client_max_window_bits === true || options.clientMaxWindowBits === false) {
    delete response.client_max_window_bits;
  }
  return response;
}
