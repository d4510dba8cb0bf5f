export { getHeader } from './headers.js';
export type { HeaderGetter, HeaderRecord, HeaderSource } from './headers.js';

export { handshakeErrors } from './errors.js';
export type {
  HandshakeError,
  HandshakeErrorCode,
  Rejection,
  RequestErrorCode,
  ResponseErrorCode,
} from './errors.js';

export { computeAccept, createKey } from './key.js';
export { isToken } from './token.js';
export { supportedVersions } from './version.js';

export { formatExtensions, parseExtensions } from './extensions.js';
export type {
  ExtensionParameters,
  Extensions,
  FormattableExtensions,
  FormattableParameters,
  FormattableValue,
} from './extensions.js';

export { checkSubprotocols, parseSubprotocols } from './subprotocols.js';

export {
  evaluateExtensionOffer,
  evaluateRequest,
  evaluateSubprotocols,
} from './evaluate-request.js';
export type {
  AcceptedExtensionOffer,
  AcceptedRequest,
  AcceptedSubprotocols,
  RequestHead,
} from './evaluate-request.js';

export { createResponseHeaders } from './response-headers.js';
export type { ResponseHeadersOptions } from './response-headers.js';
export { formatResponse } from './http-response.js';
export { reasonPhrase } from './reason-phrase.js';

export { createRequestHeaders } from './request-headers.js';
export type { RequestHeadersOptions } from './request-headers.js';
export { evaluateResponse } from './evaluate-response.js';
export type {
  ExpectedResponse,
  ResponseAccepted,
  ResponseFailure,
  ResponseHead,
} from './evaluate-response.js';
