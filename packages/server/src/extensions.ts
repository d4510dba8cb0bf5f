/**
 * The extensions of a connection: the client's offer in, what is agreed out.
 * permessage-deflate is the only one that the server speaks.
 */
import type { MessageTransform } from '@hybi/connection';
import { evaluateExtensionOffer, formatExtensions, handshakeErrors } from '@hybi/handshake';
import type { HeaderSource, Rejection } from '@hybi/handshake';
import {
  acceptDeflateOffer,
  deflateErrors,
  extensionName as deflateName,
} from '@hybi/permessage-deflate';
import type { DeflateParameters, OfferedParameters } from '@hybi/permessage-deflate';
import { ContextBudget, contextBytes, DeflateCodec } from '@hybi/permessage-deflate/node';
import type { PerMessageDeflateOptions, ServerOptions } from './options.js';

/** An extension that was agreed. */
export interface NegotiatedExtension {
  /** For the header of the answer. */
  parameters: DeflateParameters;
  /** For the connection. It holds no memory before the first message. */
  transform: MessageTransform;
}

/** What was agreed, by the extension's name; empty if nothing was. */
export type NegotiatedExtensions = Partial<Record<typeof deflateName, NegotiatedExtension>>;

/** The outcome of a negotiation that did not fail. */
export interface AcceptedExtensions {
  accepted: true;
  extensions: NegotiatedExtensions;
  /** What was taken from the budget for the connection, to be given back when it ends. */
  reservedBytes: number;
}

/**
 * Negotiates the extensions of a connection.
 *
 * An offer that is invalid, or that the options do not allow, is a rejection of the whole request,
 * as in `ws`; RFC 7692 would allow to decline it. Offers of other extensions are ignored, and with
 * `perMessageDeflate` off the header is not even read.
 *
 * @param maxPayload - bytes that a message may inflate to; 0: no limit
 * @param budget - for the memory of all contexts; default: no limit
 * @throws {RangeError} when the options are wrong
 * @see RFC 6455 §9.1, RFC 7692 §5
 */
export function negotiateExtensions(
  headers: HeaderSource,
  { perMessageDeflate, strict }: Pick<ServerOptions, 'perMessageDeflate' | 'strict'>,
  maxPayload: number,
  budget?: ContextBudget,
): AcceptedExtensions | (Rejection & { cause?: unknown }) {
  if (!perMessageDeflate) return { accepted: true, reservedBytes: 0, extensions: {} };
  const offer = evaluateExtensionOffer(headers);
  if (!offer.accepted) return offer;
  const offers = offer.extensions[deflateName];
  if (offers === undefined) return { accepted: true, reservedBytes: 0, extensions: {} };
  const options = perMessageDeflate === true ? {} : perMessageDeflate;
  try {
    const { parameters, reservedBytes } = agree(offers, options, budget);
    const transform = new DeflateCodec({
      ...options,
      role: 'server',
      parameters,
      maxMessageBytes: maxPayload,
      strict,
    });
    // Only now: with options that no codec takes there would be nobody to give it back.
    budget?.take(reservedBytes);
    return {
      accepted: true,
      reservedBytes,
      extensions: { [deflateName]: { parameters, transform } },
    };
  } catch (error) {
    if (!isFaultOfOffer(error)) throw error;
    const code = 'WS_ERR_HANDSHAKE_EXTENSION_OFFER';
    const { status, message } = handshakeErrors[code];
    return { accepted: false, code, status, message, headers: {}, cause: error };
  }
}

/**
 * Creates what the option `maxContextMemory` stands for; undefined where there is no limit.
 *
 * @throws {RangeError} when it is no number of bytes
 */
export function createContextBudget({
  perMessageDeflate,
}: Pick<ServerOptions, 'perMessageDeflate'>): ContextBudget | undefined {
  if (typeof perMessageDeflate !== 'object') return undefined;
  const { maxContextMemory } = perMessageDeflate ?? {};
  return maxContextMemory === undefined ? undefined : new ContextBudget(maxContextMemory);
}

/** Agrees on no context takeover where the budget does not reach for what takeover demands. */
function agree(
  offers: readonly OfferedParameters[],
  options: PerMessageDeflateOptions,
  budget: ContextBudget | undefined,
): { parameters: DeflateParameters; reservedBytes: number } {
  const parameters = acceptDeflateOffer(offers, options);
  if (budget === undefined) return { parameters, reservedBytes: 0 };
  const reservedBytes = contextBytes('server', parameters, options.zlibDeflateOptions);
  if (budget.has(reservedBytes)) return { parameters, reservedBytes };
  const noTakeover = { serverNoContextTakeover: true, clientNoContextTakeover: true };
  return {
    parameters: acceptDeflateOffer(offers, { ...options, ...noTakeover }),
    reservedBytes: 0,
  };
}

/** What the client did wrong has a code of the table; what our options did wrong has none. */
function isFaultOfOffer(error: unknown): boolean {
  return Object.hasOwn(deflateErrors, String((error as { code?: unknown }).code));
}

/** The value of the answer's `Sec-WebSocket-Extensions`; empty if nothing was agreed. */
export function formatAgreed(extensions: NegotiatedExtensions): string {
  const deflate = extensions[deflateName];
  return deflate === undefined
    ? ''
    : formatExtensions({ [deflateName]: { ...deflate.parameters } });
}

/** What a WebSocket is told of its extensions. */
export function attachable(extensions: NegotiatedExtensions): {
  extensions: string;
  transform: MessageTransform | undefined;
} {
  return {
    extensions: Object.keys(extensions).join(),
    transform: extensions[deflateName]?.transform,
  };
}
