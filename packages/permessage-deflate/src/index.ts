export { acceptDeflateResponse, createDeflateOffer } from './client-negotiation.js';
export {
  createDeflateError,
  deflateErrors,
  type DeflateError,
  type DeflateErrorCode,
  type DeflateErrorDescription,
} from './errors.js';
export {
  extensionName,
  isWindowBits,
  type DeflateNegotiationOptions,
  type DeflateOffer,
  type DeflateParameters,
  type OfferedParameters,
} from './parameters.js';
export { acceptDeflateOffer } from './server-negotiation.js';
