/** Section 3: constants and properties. */
import type { Section } from '../scenario.js';
import { accessorScenarios } from './accessors.js';
import { binaryTypeScenarios } from './binary-type.js';
import { bufferedAmountScenarios } from './buffered-amount.js';
import { propertyScenarios } from './properties.js';

const statements = {
  '3.constants':
    'CONNECTING, OPEN, CLOSING and CLOSED are 0 to 3, on the class and on the prototype, enumerable and not writable',
  '3.constants.fixed': 'Assigning to a constant, or deleting it, throws',
  '3.accessors':
    'The properties are accessors of the prototype itself, enumerable and configurable',
  '3.accessors.setters': 'Only binaryType and the attributes onopen to onmessage can be assigned',
  '3.binaryType.initial': 'binaryType is nodebuffer at first',
  '3.binaryType.values': 'binaryType takes nodebuffer, arraybuffer, fragments and blob',
  '3.binaryType.no-blob': 'binaryType does not take blob in a runtime without a global Blob',
  '3.binaryType.ignored': 'Any other value of binaryType is ignored silently',
  '3.binaryType.at-once': 'A new binaryType counts from the next message on',
  '3.binaryType.mid-message':
    'A new binaryType counts for a message of which fragments were received already',
  '3.extensions.initial': 'extensions is an empty string at first and without extensions',
  '3.extensions.negotiated': 'extensions is permessage-deflate where that was negotiated',
  '3.isPaused.initial': 'isPaused is false at first',
  '3.isPaused.calls': 'isPaused tells whether pause was called, and resume not since',
  '3.isPaused.backpressure': 'isPaused does not tell that the socket was paused for backpressure',
  '3.attributes.initial': 'onopen, onerror, onclose and onmessage are null at first',
  '3.protocol.initial': 'protocol is an empty string at first and without a subprotocol',
  '3.protocol.negotiated': 'protocol is the negotiated subprotocol',
  '3.readyState.initial': 'readyState is 0 at first',
  '3.url.href': 'url is the href of the parsed address, as a string',
  '3.url.mapped': 'url has the scheme ws or wss where the address has http or https',
  '3.url.server': 'url is undefined on the side of the server',
  '3.url.redirect': 'url changes when a redirect is followed',
  '3.bufferedAmount.initial': 'bufferedAmount is 0 at first and before there is a socket',
  '3.bufferedAmount.queue':
    'bufferedAmount counts the bytes in the queue of the socket, headers included',
  '3.bufferedAmount.compression':
    'bufferedAmount counts payloads that are being compressed, or wait behind one, uncompressed and without headers',
  '3.bufferedAmount.blob':
    'bufferedAmount counts Blobs that are being read, and payloads that wait behind one, without headers',
  '3.bufferedAmount.failed':
    'After a failed opening handshake bufferedAmount is 0, and send, ping and pong add to it',
  '3.bufferedAmount.late':
    'send, ping and pong add the length of the payload in CLOSING and in CLOSED',
  '3.bufferedAmount.late-blob': 'A Blob that is sent too late adds its size',
  '3.bufferedAmount.stays': 'What was added too late is never taken off again',
  '3.bufferedAmount.kernel':
    'bufferedAmount is 0 right after a send whose bytes the kernel took at once',
} as const;

export const section03: Section = {
  number: 3,
  title: 'WebSocket: constants and properties',
  statements,
  scenarios: [
    ...accessorScenarios,
    ...binaryTypeScenarios,
    ...propertyScenarios,
    ...bufferedAmountScenarios,
  ],
};
