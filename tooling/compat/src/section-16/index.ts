/** Section 16: the server's HTTP answers. */
import type { Section } from '../scenario.js';
import { acceptanceScenarios } from './acceptance.js';
import { refusalScenarios } from './refusals.js';
import { verdictScenarios } from './verdicts.js';
import { wsClientErrorScenarios } from './ws-client-error.js';

const statements = {
  '16.form':
    'A refusal is a status line with the standard reason, Connection, Content-Type and Content-Length in this order, a blank line and the body',
  '16.form.length': 'Content-Length counts the bytes of the body',
  '16.form.extra': 'Further headers stand behind those three',
  '16.form.override': 'Further headers may replace those three, in their places',
  '16.form.destroyed': 'The socket is destroyed once the refusal is flushed, and not before',
  '16.method': 'Another method than GET is answered with 405 and "Invalid HTTP method"',
  '16.upgrade': 'Without an Upgrade header, or with another, the answer is 400 and names it',
  '16.upgrade.case': 'The value of Upgrade is compared without regard to case',
  '16.key':
    'A Sec-WebSocket-Key that is missing or not 22 characters of base64 and == is answered with 400',
  '16.version':
    'Another version than 13 or 8 is answered with 400 and a header that names these two',
  '16.version.number': 'The version is read with Number',
  '16.path': 'A request that shouldHandle does not take is answered with 400 and "Bad Request"',
  '16.protocol': 'A malformed Sec-WebSocket-Protocol, or one with duplicates, is answered with 400',
  '16.extensions':
    'A malformed Sec-WebSocket-Extensions, or an offer that is invalid or unacceptable, is answered with 400',
  '16.verify.sync': 'A client that verifyClient refuses at once is answered with 401',
  '16.verify.callback':
    'A client that verifyClient refuses by its callback is answered with 401, or with the code, body and headers that are given',
  '16.verify.body': 'The third argument of the callback is the body, and not the reason phrase',
  '16.verify.standard': 'Without a body, or with an empty one, the body is the standard reason',
  '16.verify.unknown': 'A code without a standard reason is answered with the reason "undefined"',
  '16.verify.unknown.no-body': 'A code without a standard reason and without a body throws',
  '16.closing': 'A server that is closing or closed answers 503 and "Service Unavailable"',
  '16.client-error':
    'With a listener for wsClientError, errors of the method and the headers are told to it and nothing is answered',
  '16.client-error.plain': 'The error has the body as its message, and nothing else of its own',
  '16.client-error.version': 'The header that names the versions is not sent then',
  '16.client-error.never':
    'wsClientError is not emitted for the path, for verifyClient, and for a server that is closing',
  '16.order': 'The checks are made in the order of the table, that for a closing server last',
  '16.ordinary': 'The internal server answers an ordinary request with 426, and no Upgrade header',
  '16.success': 'A success is answered with 101, Upgrade, Connection and Sec-WebSocket-Accept',
  '16.success.protocol': 'Sec-WebSocket-Protocol follows if a subprotocol was chosen',
  '16.success.extensions': 'Sec-WebSocket-Extensions comes last if an extension was agreed',
  '16.success.only': 'The answer has no Date, and no other header',
} as const;

export const section16: Section = {
  number: 16,
  title: 'Server HTTP responses',
  statements,
  scenarios: [
    ...refusalScenarios,
    ...verdictScenarios,
    ...wsClientErrorScenarios,
    ...acceptanceScenarios,
  ],
};
