/** What section 5 of the contract states. */
import type { Statements } from '../scenario.js';

export const statements: Statements = {
  '5.request.line': 'The request is a GET of path and query, by HTTP/1.1',
  '5.request.forced':
    'The headers of the opening handshake replace those of the caller in any case',
  '5.request.key': 'The key is 16 random bytes in base64, new for each request',
  '5.request.protocols': 'The subprotocols are joined by a comma without a space',
  '5.request.absent':
    'Sec-WebSocket-Extensions, Sec-WebSocket-Protocol and Origin are there only if applicable',
  '5.request.host':
    'Host is that of Node: without a default port, IPv6 in brackets, localhost for Unix sockets',
  '5.request.host.own': 'A Host of the caller is kept',
  '5.auth.userinfo':
    'User and password of the URL are percent-decoded and sent as Basic credentials',
  '5.auth.option': 'They win over the option auth',
  '5.auth.header': 'A header authorization wins over both',
  '5.connect.ipv6': 'IPv6 literals are connected without their brackets',
  '5.connect.servername': 'The name for SNI is the host, or empty for an IP address',
  '5.connect.servername.own': 'An explicit servername is kept, and an empty one disables SNI',
  '5.connect.module':
    'net.connect and tls.connect are called through the module, as it is at that moment',
  '5.open.socket': 'On open setTimeout(0) and setNoDelay() are called on a socket that has them',
  '5.upgrade.first': 'upgrade is emitted before the answer is checked, with the response',
  '5.upgrade.closed': 'A listener of upgrade that closes the WebSocket keeps it from being opened',
  '5.check.upgrade': 'Upgrade must be websocket, in any case',
  '5.check.accept': 'Sec-WebSocket-Accept must match exactly',
  '5.check.protocol.unasked': 'A subprotocol, even an empty one, is refused if none was asked for',
  '5.check.protocol.other': 'A subprotocol that is not exactly one of those asked for is refused',
  '5.check.protocol.missing': 'An answer without a subprotocol is refused if one was asked for',
  '5.check.extensions.unasked': 'Extensions are refused if perMessageDeflate is off',
  '5.check.extensions.invalid':
    'Extensions that do not parse, or have parameters that are not acceptable, are refused',
  '5.check.extensions.other': 'Any extension other than permessage-deflate is refused',
  '5.check.order': 'The checks are made in this order',
  '5.check.connection': 'The header Connection is not checked beyond what Node needs',
  '5.check.twice': 'permessage-deflate may be listed twice: the first one counts',
  '5.check.failure':
    'The socket of a refused answer is destroyed, and error and close follow from its events',
  '5.unexpected.listener':
    'A listener of unexpected-response gets request and response, and nothing else happens',
  '5.unexpected.state': 'The state stays CONNECTING then, until the WebSocket is closed',
  '5.unexpected.error': 'Without a listener the request is aborted, and the error names the status',
  '5.error.passed-on': 'Errors of the request are passed on unchanged',
  '5.error.first': 'Only the first error of the request is passed on',
  '5.early.state': 'close and terminate while CONNECTING make the state CLOSING at once',
  '5.early.error': 'On the next tick follows the error that says so, then close',
  '5.early.aborted': 'The request is aborted',
  '5.failed.states':
    'A failure is CLOSING, error, CLOSED, close with 1006 and no reason, in this order',
  '5.failed.close': 'For failures of the request close comes as soon as the error listeners return',
  '5.failed.unheard':
    'Without a listener for error the exception is uncaught, close is not emitted, and the state stays CLOSING',
};
