/** Section 9: events of WebSocket. */
import type { Section } from '../scenario.js';
import { endingScenarios } from './endings.js';
import { eventScenarios } from './events.js';
import { messageScenarios } from './messages.js';
import { timingScenarios } from './timing.js';

const statements = {
  '9.open': 'open has no arguments',
  '9.message.text': 'A text message is a Buffer, with isBinary false, whatever binaryType is',
  '9.message.nodebuffer': 'With nodebuffer a binary message is a Buffer, with isBinary true',
  '9.message.arraybuffer':
    'With arraybuffer a binary message is an ArrayBuffer of exactly its bytes',
  '9.message.fragments':
    'With fragments a binary message is an array of Buffers, one for each frame that is not empty',
  '9.message.fragments.inflated': 'The fragments of a compressed message are the inflated frames',
  '9.message.fragments.empty': 'With fragments an empty binary message is an empty array',
  '9.message.blob': 'With blob a binary message is a Blob',
  '9.close': 'close has a code and a Buffer, which is empty where there is no reason',
  '9.error': 'error has an Error',
  '9.error.once': 'There is at most one error after open',
  '9.ping': 'ping has a Buffer',
  '9.pong': 'pong has a Buffer',
  '9.upgrade': 'upgrade has the http.IncomingMessage, on clients',
  '9.unexpected-response':
    'unexpected-response has the http.ClientRequest and the http.IncomingMessage, on clients',
  '9.redirect': 'redirect has the url and the http.ClientRequest, on clients',
  '9.client-only': 'upgrade, unexpected-response and redirect never come on servers',
  '9.buffers.view': 'The Buffers of message, ping and pong have exactly the payload',
  '9.buffers.kept': 'The Buffer of a message keeps its bytes, whatever comes behind',
  '9.buffers.in-place': 'A message is unmasked in place: the chunk of the socket is changed',
  '9.sync':
    'With allowSynchronousEvents all events of one chunk come before any tick or promise job',
  '9.deferred':
    'Without allowSynchronousEvents every message, ping and pong comes in a setImmediate of its own',
  '9.deferred.parsing': 'The next frame is not parsed before that',
  '9.deferred.compressed-text':
    'A compressed text message comes directly from the callback of the decompression',
  '9.closing': 'After a local close messages are delivered until the close frame of the peer',
  '9.closing.behind': 'Nothing behind the close frame of the peer is parsed',
  '9.socket-errors':
    'Errors of the socket after open are not emitted: they only lead to close with 1006',
  '9.protocol-error':
    'On an error of the protocol a close frame with the status is sent, then error is emitted, then close',
  '9.protocol-error.code': 'The close that follows has 1006 and an empty reason',
  '9.protocol-error.answer': 'The answer of the peer is not parsed',
  '9.protocol-error.peer': 'The peer sees the status',
} as const;

export const section09: Section = {
  number: 9,
  title: 'Events of WebSocket',
  statements,
  scenarios: [...eventScenarios, ...messageScenarios, ...timingScenarios, ...endingScenarios],
};
