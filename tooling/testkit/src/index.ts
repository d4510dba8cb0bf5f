/** What tests of several packages share. */
export { bytes, hex } from './hex.js';
export { byteByByte, chunksOf, everySplit } from './chunking.js';
export { onceEvent } from './once-event.js';
export type { OnceEventOptions } from './once-event.js';
export { rawClient, rawServer } from './raw-tcp.js';
export type { RawServer, RawSocket } from './raw-tcp.js';
export { selfSignedCertificate } from './certificate.js';
export type { Certificate } from './certificate.js';
