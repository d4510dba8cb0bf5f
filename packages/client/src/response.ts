/**
 * Turns the server's 101 answer into what the WebSocket is attached with, or
 * into the error that says why it can not be.
 */
import type { AttachOptions } from '@hybi/connection/node';
import { evaluateResponse, handshakeErrors } from '@hybi/handshake';
import type { HandshakeErrorCode, HeaderRecord } from '@hybi/handshake';
import type { OpeningError } from './errors.js';
import { createTransform, offeredExtensions } from './extensions.js';
import type { Settings } from './options.js';

/** What the answer is held against, besides the settings. */
export interface Asked {
  /** The `Sec-WebSocket-Key` of the request. */
  key: string;
  subprotocols: readonly string[];
}

/**
 * Checks a 101 answer.
 *
 * @see RFC 6455 §4.1, RFC 7692 §5.1
 */
export function readResponse(
  response: { headers: HeaderRecord },
  asked: Asked,
  settings: Settings,
): AttachOptions | OpeningError {
  const evaluated = evaluateResponse(response, {
    ...asked,
    extensionsOffered: offeredExtensions(settings),
  });
  if (!evaluated.accepted) return refusal(evaluated.code);

  const { subprotocol: protocol, extensions } = evaluated;
  const options: AttachOptions = {
    role: 'client',
    protocol,
    allowSynchronousEvents: settings.allowSynchronousEvents,
    generateMask: settings.generateMask,
    maxBufferedChunks: settings.maxBufferedChunks,
    maxFragments: settings.maxFragments,
    maxPayload: settings.maxPayload,
    skipUTF8Validation: settings.skipUTF8Validation,
  };
  if (extensions === undefined) return options;
  try {
    const { name, transform } = createTransform(extensions, settings);
    return { ...options, extensions: name, transform };
  } catch (cause) {
    return refusal('WS_ERR_HANDSHAKE_EXTENSIONS_INVALID', { cause });
  }
}

function refusal(code: HandshakeErrorCode, options?: ErrorOptions): OpeningError {
  return Object.assign(new Error(handshakeErrors[code].message, options), { code });
}
