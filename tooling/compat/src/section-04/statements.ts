/** What section 4 of the contract states. */
import type { Statements } from '../scenario.js';

export const statements: Statements = {
  '4.address.types': 'The address is a string or a URL object, which is left as it is',
  '4.address.converted': 'Anything else is turned into a string by the constructor of URL',
  '4.address.invalid': 'An address that is no URL throws a SyntaxError that quotes it',
  '4.arguments.none': 'Without a second argument the protocols come from the options, or are none',
  '4.arguments.array':
    'An array is the protocols, and wins over the option protocols even when empty',
  '4.arguments.options':
    'Another object is the options: the third argument is ignored, protocols come from the option',
  '4.arguments.single': 'Anything else is a list of one protocol',
  '4.arguments.null': 'So null as the second argument throws the error of subprotocols',
  '4.protocols.option': 'The option protocols is an array, or a value that is a list of one',
  '4.protocols.inherited': 'The option protocols counts when it is inherited, too',
  '4.null-address': 'A null address makes an object of the server side that connects nothing',
  '4.null-address.options':
    'It needs an object as third argument; else a TypeError is thrown that names autoPong',
  '4.null-address.read':
    'Of its options autoPong, maxPendingAutoPongs and closeTimeout alone are read, without defaults',
  '4.null-address.state': 'It is CONNECTING until setSocket is called',
  '4.options.handed-on': 'Options that are not of the client are handed to http.request',
  '4.options.tls': 'Options of TLS are handed to https.request',
  '4.options.overridden':
    'method, host, hostname, port, path, protocol, socketPath and timeout have no effect',
  '4.options.unchanged': 'The options are not changed',
  '4.options.own': 'Only own enumerable properties of the options count',
  '4.options.undefined': 'An option that is there and undefined overrides its default',
  '4.allowSynchronousEvents':
    'allowSynchronousEvents is true by default; false gives each event a turn of its own',
  '4.autoPong': 'autoPong is true by default: pings are answered',
  '4.closeTimeout':
    'closeTimeout is 30000 ms by default and handed to setTimeout unchanged, so 0 and Infinity are 1 ms',
  '4.createConnection':
    'createConnection gets the options of the request and returns the Duplex that is used',
  '4.createConnection.port':
    'The port in its options is a string if the URL has one, else the number 80 or 443',
  '4.createConnection.default': 'A createConnection that is falsy is as good as none',
  '4.createConnection.agent':
    'No agent is used unless one is given; then the agent makes the connection',
  '4.finishRequest':
    'finishRequest is called with the request and the WebSocket, for redirects too, and ends the request',
  '4.followRedirects': 'followRedirects is off by default',
  '4.generateMask': 'generateMask fills the masking keys, which are random by default',
  '4.generateMask.sync': 'It is called synchronously once for each masked frame, control or data',
  '4.generateMask.buffer': 'It gets a Buffer of 4 bytes, the same one for all of a connection',
  '4.generateMask.zero': 'A key of zeros is legal and leaves the data as they are',
  '4.handshakeTimeout': 'handshakeTimeout becomes the timeout of the request; default: none',
  '4.handshakeTimeout.error': 'Its expiry is an error that says that the handshake has timed out',
  '4.handshakeTimeout.idle':
    'It is the idle timeout of the socket, and gone once the connection is open',
  '4.handshakeTimeout.redirect': 'It starts anew with each redirect',
  '4.maxBufferedChunks': 'maxBufferedChunks is 262144 by default',
  '4.maxFragments': 'maxFragments is 16384 by default',
  '4.maxPayload': 'maxPayload is 104857600 bytes by default',
  '4.maxPendingAutoPongs': 'maxPendingAutoPongs is 60 by default',
  '4.maxRedirects': 'maxRedirects is 10 by default',
  '4.origin':
    'origin becomes the header Origin, in version 8 Sec-WebSocket-Origin, and overrides one in headers',
  '4.headers': 'headers are added to the request',
  '4.perMessageDeflate':
    'perMessageDeflate is true by default; falsy: no offer; an object: the parameters of the offer',
  '4.perMessageDeflate.range': 'Parameters of perMessageDeflate are offered whatever their range',
  '4.protocolVersion': 'protocolVersion is 13 by default and may be 8',
  '4.protocolVersion.invalid': 'Any other protocolVersion throws a RangeError that names both',
  '4.skipUTF8Validation':
    'skipUTF8Validation is off by default; on, text and reasons are not checked',
  '4.defaultPort': 'defaultPort decides alone whether the header Host has a port',
  '4.check.sync': 'What is checked throws from the constructor',
  '4.check.order':
    'The order is: version, URL, scheme, pathname, fragment, subprotocols, then the request',
  '4.check.version': 'First the version is checked',
  '4.check.scheme': 'A scheme other than ws, wss, http, https and ws+unix throws a SyntaxError',
  '4.check.scheme.mapped': 'http and https stand for ws and wss',
  '4.check.pathname': 'ws+unix without a pathname throws a SyntaxError',
  '4.check.fragment': 'A fragment throws a SyntaxError',
  '4.check.fragment.empty': 'A bare # is accepted, and stays in url',
  '4.check.protocols':
    'Each subprotocol must be a string, not empty and not repeated, else a SyntaxError is thrown',
  '4.check.protocols.characters': 'The characters of a subprotocol are those of a token',
  '4.check.request': 'What http.request refuses is thrown as it is',
  '4.check.redirects': 'The same faults of a redirect are error events',
};
