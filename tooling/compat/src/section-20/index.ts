/** Section 20: private members that other programs use. */
import type { Section } from '../scenario.js';
import { nullAddressScenarios } from './null-address.js';
import { senderScenarios } from './sender.js';
import { socketScenarios } from './socket.js';
import { staticScenarios } from './statics.js';

const statements = {
  '20.socket.null': '_socket is null until the WebSocket is open, and after a failed handshake',
  '20.socket':
    '_socket is the socket itself: a net.Socket, a TLSSocket, or the Duplex that was given',
  '20.socket.members': 'The members of the socket can be used: unref, remoteAddress, setKeepAlive',
  '20.socket.write': 'Bytes that are written to _socket are sent as they are',
  '20.socket.closed': '_socket is still there after close',
  '20.sender': '_sender.sendFrame writes a list of chunks, in turn with messages',
  '20.sender.callback': 'sendFrame calls back when the list was written',
  '20.sender.null': '_sender is null until the WebSocket is open',
  '20.sender.frame': 'Sender.frame makes a list that sendFrame takes, for several WebSockets',
  '20.null': 'new WebSocket(null, undefined, options) makes a WebSocket that does not dial',
  '20.null.setSocket': 'setSocket opens it on any Duplex, with a head and maxPayload',
  '20.null.isServer': '_isServer is true, can be assigned, and is read when setSocket runs',
  '20.null.both': 'Two of them talk to each other over a pair of Duplexes',
  '20.statics.server': 'WebSocket.Server is the server class',
  '20.statics.named':
    'WebSocket and WebSocketServer are properties of the CommonJS export and named exports',
  '20.statics.stream': 'createWebSocketStream is a static',
} as const;

export const section20: Section = {
  number: 20,
  title: 'Private members that other programs use',
  statements,
  scenarios: [...socketScenarios, ...senderScenarios, ...nullAddressScenarios, ...staticScenarios],
};
