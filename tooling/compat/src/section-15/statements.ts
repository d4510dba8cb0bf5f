/** What section 15 says, statement by statement. */
import type { Statements } from '../scenario.js';

export const statements: Statements = {
  '15.emitter': 'WebSocketServer extends EventEmitter',
  '15.options': 'The options over the defaults are a new object, wss.options',
  '15.options.defaults': 'Each option has the default of the table',
  '15.options.deflate': 'perMessageDeflate: true becomes an empty object in wss.options',
  '15.options.every-upgrade': 'Changes to wss.options take effect at the next upgrade',
  '15.options.once': 'clientTracking, port and server are only read in the constructor',
  '15.port': 'port: an internal HTTP server listens there',
  '15.host': 'host: the address that it listens on',
  '15.backlog': 'backlog is passed to listen',
  '15.server': 'server: an external server is used, and neither started nor closed',
  '15.server.https': 'The external server may be an HTTPS server',
  '15.noServer': 'noServer: there is no server, and upgrades are handed over',
  '15.path': 'path is compared with the URL up to its question mark, exactly',
  '15.path.falsy': 'A path that is falsy is no condition',
  '15.clientTracking': 'With a falsy clientTracking there is no clients',
  '15.handleProtocols': 'handleProtocols gets a Set of the subprotocols and the request',
  '15.handleProtocols.asked': 'It is called only if the request has the header',
  '15.handleProtocols.falsy':
    'If it returns something falsy, there is no header and no subprotocol',
  '15.handleProtocols.any': 'Any string that it returns is sent, requested or not',
  '15.handleProtocols.unset': 'Without it the first subprotocol of the request is chosen',
  '15.verifyClient.sync': 'A verifyClient of one parameter decides by what it returns',
  '15.verifyClient.length': 'It gets a callback only if its length is 2',
  '15.verifyClient.callback':
    'A verifyClient of two parameters decides by calling back, at any time',
  '15.verifyClient.info': 'It gets an object with origin, secure and req',
  '15.verifyClient.origin': 'origin is Origin, or Sec-WebSocket-Origin for version 8',
  '15.verifyClient.secure': 'secure tells whether the socket is authorized or encrypted',
  '15.perMessageDeflate': 'perMessageDeflate is off by default, and true or an object turn it on',
  '15.WebSocket': 'WebSocket is the class whose objects are made',
  '15.WebSocket.arguments': 'It is called with null, undefined and wss.options',
  '15.WebSocket.setSocket': 'Its setSocket is called with the socket, the head and five options',
  '15.client-options': 'The options of a connection work as with a client, with the same defaults',
  '15.mode': 'Exactly one of port, server and noServer must be given, else a TypeError is thrown',
  '15.mode.zero': 'port: 0 counts as given',
  '15.callback':
    'The callback is that of listen: called before listening, as a method of the server',
  '15.callback.ignored': 'The callback is not called in the other modes',
  '15.members':
    'The members are options, address, close, handleUpgrade, shouldHandle and completeUpgrade',
  '15.completeUpgrade':
    'completeUpgrade may be overridden; it gets extensions, key, protocols, request, socket, head and callback',
  '15.events.listening': 'listening is forwarded from the HTTP server, internal or external',
  '15.events.error': 'error is forwarded from the HTTP server, internal or external',
  '15.events.error.thrown': 'An error that nobody listens for is thrown where the server emits it',
  '15.events.headers':
    'headers tells the lines of the 101 and the request, before they are written',
  '15.events.headers.lines':
    'The lines are the status line, Upgrade, Connection, Sec-WebSocket-Accept, then protocol and extensions',
  '15.events.headers.change': 'The lines may be changed in place',
  '15.events.connection': 'connection has the WebSocket and the request, in port and server mode',
  '15.events.connection.order':
    'It comes in the same run after open, when clients has the WebSocket',
  '15.events.connection.manual': 'handleUpgrade calls its callback, and does not emit connection',
  '15.events.wsClientError': 'wsClientError has an error, the socket and the request',
  '15.address': 'address is that of the HTTP server',
  '15.address.noServer': 'address throws with noServer',
  '15.address.closed': 'address is null after close',
  '15.shouldHandle': 'shouldHandle is true unless the path differs',
  '15.shouldHandle.override': 'shouldHandle may be overridden; what it returns counts at once',
  '15.handleUpgrade.guard': 'The socket has an error listener until it is attached',
  '15.handleUpgrade.order':
    'shouldHandle, verifyClient, the class, handleProtocols, headers, the 101, open and the callback follow each other',
  '15.handleUpgrade.gone':
    'A socket that is no longer readable and writable is destroyed silently, and the callback not called',
  '15.handleUpgrade.twice': 'Handing the same socket over twice throws',
  '15.handleUpgrade.closing': 'A server that is closing answers 503, after verifyClient',
  '15.handleUpgrade.head': 'The head is read as the first bytes',
  '15.handleUpgrade.duplex': 'Any Duplex will do',
  '15.handleUpgrade.every': 'In port and server mode it is called for every upgrade',
  '15.clients.removed': 'A WebSocket is removed from clients before its close listeners run',
  '15.close.connections': 'close leaves existing connections alone, in all modes',
  '15.close.listeners': 'close removes the own listeners from the HTTP server',
  '15.close.callback':
    'The callback of close is a listener for one close event, without an argument',
  '15.close.port':
    'In port mode close comes when the internal server has closed, after the last connection',
  '15.close.next-tick': 'Else close comes on the next tick, without clients or without tracking',
  '15.close.last-client': 'Else close comes one tick after the last client has closed',
  '15.close.external': 'The external server is never closed',
  '15.close.again': 'close while closing only registers its callback',
  '15.close.closed':
    'close after close emits close once more on the next tick, and its callback gets an error',
  '15.shared':
    'Two servers on one HTTP server answer every upgrade, so one writes a 400 into what the other upgraded',
  '15.shared.noServer': 'Several servers can share an HTTP server with noServer',
};
