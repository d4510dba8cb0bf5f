/** Options that `@types/ws` does not have. */
import WebSocket, { WebSocketServer } from 'ws';
import type { BinaryType, ClientOptions, SendData, SendOptions, ServerOptions } from 'ws';

const client: ClientOptions = {
  closeTimeout: 1000,
  maxPendingAutoPongs: 10,
  protocols: ['chat'],
  allowUnsafeRedirects: false,
  handshakeDeadline: 10_000,
  perMessageDeflate: { clientMaxWindowBits: null, serverMaxWindowBits: true },
  // Of http.request and https.request.
  auth: 'user:password',
  lookup: (_hostname, _options, callback) => callback(null, '127.0.0.1', 4),
  servername: 'example.com',
  signal: AbortSignal.timeout(10),
  socketPath: undefined,
  defaultPort: 80,
  headers: { 'x-list': ['1', '2'], 'x-number': 1, absent: undefined },
};
const server: ServerOptions = {
  noServer: true,
  closeTimeout: 1000,
  maxPendingAutoPongs: 10,
  strict: true,
  perMessageDeflate: { serverMaxWindowBits: false, clientMaxWindowBits: false },
};
const wrongClient: ClientOptions = {
  closeTimeout: '1 s', // wrong
  maxPendingAutoPongs: '10', // wrong
  protocols: 5, // wrong
  allowUnsafeRedirects: 1, // wrong
};
const wrongServer: ServerOptions = {
  closeTimeout: '1 s', // wrong
  maxPendingAutoPongs: '10', // wrong
  strict: 1, // wrong
};
new WebSocket('ws://localhost', { protocols: 'chat', ...client });
new WebSocket('ws://localhost', ['chat'], {
  checkServerIdentity: (name, certificate) => {
    const { CN: subject } = certificate.subject;
    return name === subject ? undefined : new Error('other name');
  },
});
console.log(new WebSocketServer(server).options.maxPendingAutoPongs, wrongClient, wrongServer);

const ws = new WebSocket(null, undefined, { closeTimeout: 10 });
ws.binaryType = 'blob';
const binaryType: BinaryType = ws.binaryType;
const data: SendData = new Blob(['text']);
const options: SendOptions = { binary: true };
ws.send(data, options);
ws.ping((error: Error) => console.log(error));
ws.pong('data', () => console.log(binaryType));
ws.close(1000, new Uint8Array(1));
ws.binaryType = 'blobs'; // wrong

// Listeners have types where they are put first, too.
ws.prependListener('message', (message) => message.noSuchMember); // wrong
ws.prependOnceListener('close', (code) => code.length); // wrong
new WebSocketServer(server).prependListener('connection', (peer) => peer.noSuchMember); // wrong

// So do functions without types where an option stands.
export const verified: ServerOptions = {
  verifyClient: ({ origin, secure, req }, callback) => {
    callback(secure && origin === req.headers.host, 403);
  },
};
export const verifiedAtOnce: ServerOptions = {
  verifyClient: (info) => info.origin.noSuchMember, // wrong
};

// A class with a constructor of its own.
class Peer extends WebSocket {
  constructor(address: null, protocols: undefined, options: ServerOptions) {
    super(address, protocols, options);
  }
}
new WebSocketServer({ noServer: true, WebSocket: Peer }).on('connection', (peer: Peer) => peer);

// Members that were added are known to listeners.
const extended = ws as WebSocket & { isAlive: boolean };
extended.on('pong', function () {
  this.isAlive = true;
});
