/** Every option of a client, and the ways to call the constructor. */
import { readFileSync } from 'node:fs';
import type { ClientRequest, ClientRequestArgs } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import WebSocket from 'ws';
import type { CertMeta, ClientOptions, FinishRequestCallback, PerMessageDeflateOptions } from 'ws';

const finishRequest: FinishRequestCallback = (request, websocket) => {
  request.setHeader('x-state', websocket.readyState);
  request.end();
};

const deflate: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: 10,
  clientMaxWindowBits: 10,
  zlibDeflateOptions: {
    flush: 0,
    finishFlush: 0,
    chunkSize: 1024,
    windowBits: 15,
    level: 3,
    memLevel: 7,
    strategy: 0,
    dictionary: Buffer.alloc(8),
    info: false,
  },
  zlibInflateOptions: { chunkSize: 10 * 1024 },
  threshold: 1024,
  concurrencyLimit: 10,
};

const options: ClientOptions = {
  protocol: 'chat',
  followRedirects: true,
  generateMask(mask) {
    mask.fill(0);
  },
  handshakeTimeout: 10_000,
  maxRedirects: 3,
  perMessageDeflate: deflate,
  localAddress: '127.0.0.1',
  protocolVersion: 13,
  headers: { authorization: 'Bearer token' },
  origin: 'https://example.com',
  agent: new https.Agent({ keepAlive: true }),
  host: 'example.com',
  family: 4,
  checkServerIdentity: (servername) => servername === '',
  rejectUnauthorized: false,
  allowSynchronousEvents: true,
  autoPong: false,
  maxPayload: 1024,
  maxBufferedChunks: 10,
  maxFragments: 10,
  skipUTF8Validation: true,
  createConnection: net.createConnection,
  finishRequest,
  // Of TLS.
  ca: [readFileSync('ca.pem')],
  cert: 'certificate',
  key: Buffer.alloc(1),
  passphrase: 'secret',
  ciphers: 'ALL',
  minVersion: 'TLSv1.2',
};
export const identity: ClientOptions = {
  checkServerIdentity: (servername: string, cert: CertMeta): boolean =>
    servername.length > 0 && typeof cert === 'string',
  finishRequest: (request: ClientRequest, websocket: WebSocket) => {
    websocket.once('open', () => request.destroy());
  },
  perMessageDeflate: true,
  agent: new http.Agent(),
  generateMask: (mask: Buffer) => void mask.writeInt32BE(1),
};
const args: ClientRequestArgs = { auth: 'user:password', headers: { a: ['1', '2'] }, timeout: 10 };
const certificates: CertMeta[] = ['a', ['b'], Buffer.alloc(1), [Buffer.alloc(1)]];
const none: ClientOptions = { origin: undefined, headers: undefined, perMessageDeflate: undefined };

new WebSocket('ws://localhost');
new WebSocket(new URL('ws://localhost'));
new WebSocket('ws://localhost', options);
new WebSocket('ws://localhost', args);
new WebSocket('ws://localhost', 'chat');
new WebSocket('ws://localhost', ['chat', 'superchat'], options);
new WebSocket(new URL('ws://localhost'), [], args);
new WebSocket('ws://localhost', undefined, { headers: { 'user-agent': 'test' } });
new WebSocket('ws://localhost', { ...options, rejectUnauthorized: true });
new WebSocket('ws+unix:/tmp/socket:/path', { perMessageDeflate: false, ...none });
new WebSocket('ws://localhost', { auth: 'user:password' });
new WebSocket('ws://localhost', {
  createConnection: () => net.connect({ port: 80 }),
  finishRequest: (request) => request.end(),
});
console.log(certificates, options.headers?.['authorization'], options.maxPayload);

/** Options that grow. */
export function withToken(token: string, given: ClientOptions = {}): ClientOptions {
  const headers = { ...given.headers, authorization: `Bearer ${token}` };
  return { ...given, headers };
}

/** Arguments as they come. */
export const dial = (...args: ConstructorParameters<typeof WebSocket>): WebSocket =>
  new WebSocket(...args);
export interface Settings extends ClientOptions {
  url: string;
  reconnect?: boolean;
}
export type Overrides = Partial<Omit<ClientOptions, 'headers'>>;
