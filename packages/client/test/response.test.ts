import { describe, expect, it } from 'vitest';
import type { ClientOptions, OpeningError } from '../src/index.js';
import { WebSocket as OurWebSocket } from '../src/index.js';
import { answeringServer, switching } from './support/answering-server.js';
import { clients } from './support/clients.js';
import type { Client } from './support/clients.js';
import { record, refusal } from './support/record.js';

type Headers = Record<string, string | null>;
type Case = [name: string, asked: ClientOptions, headers: Headers];

/** Asks, is answered with a 101 that has these headers, and tells what happened. */
async function ask(WebSocket: Client, asked: ClientOptions, headers: Headers) {
  const server = await answeringServer((exchange) => switching(exchange, headers));
  const websocket = new WebSocket(server.url, asked);
  const { closed } = record(websocket);
  const { protocol, extensions } = await new Promise<typeof websocket>((resolve) => {
    websocket.on('open', () => {
      resolve(websocket);
      websocket.terminate();
    });
    websocket.on('close', () => resolve(websocket));
  });
  const events = await closed;
  await server.idle();
  return { events, protocol, extensions };
}

const upgradeMessage = 'Invalid Upgrade header';
const acceptMessage = 'Invalid Sec-WebSocket-Accept header';
const notRequested = 'Server sent a subprotocol but none was requested';
const invalid = 'Server sent an invalid subprotocol';
const missing = 'Server sent no subprotocol';
const noExtension = 'Server sent a Sec-WebSocket-Extensions header but no extension was requested';
const extensionsMessage = 'Invalid Sec-WebSocket-Extensions header';
const unknownExtension = 'Server indicated an extension that was not requested';

const one = { protocols: ['chat'] };
const off = { perMessageDeflate: false };
const deflate = (value: string): Headers => ({ 'Sec-WebSocket-Extensions': value });
const speaks = (value: string): Headers => ({ 'Sec-WebSocket-Protocol': value });

const refused: [message: string, cases: Case[]][] = [
  [
    upgradeMessage,
    [
      ['another protocol', {}, { Upgrade: 'h2c' }],
      ['two', {}, { Upgrade: 'websocket, h2c' }],
      ['before everything else', {}, { Upgrade: 'x', 'Sec-WebSocket-Accept': 'x', ...speaks('x') }],
    ],
  ],
  [
    acceptMessage,
    [
      ['none', {}, { 'Sec-WebSocket-Accept': null }],
      ['empty', {}, { 'Sec-WebSocket-Accept': '' }],
      ['that of another key', {}, { 'Sec-WebSocket-Accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' }],
      ['before the subprotocol', {}, { 'Sec-WebSocket-Accept': 'x', ...speaks('x') }],
    ],
  ],
  [
    notRequested,
    [
      ['a subprotocol out of nowhere', {}, speaks('chat')],
      ['an empty one', {}, speaks('')],
      ['before the extensions', {}, { ...speaks('chat'), ...deflate('x') }],
    ],
  ],
  [
    invalid,
    [
      ['another', one, speaks('other')],
      ['another case', one, speaks('Chat')],
      ['two', { protocols: ['chat', 'other'] }, speaks('chat, other')],
      ['empty', one, speaks('')],
    ],
  ],
  [missing, [['none', one, {}]]],
  [
    noExtension,
    [
      ['one', off, deflate('permessage-deflate')],
      ['empty', off, deflate('')],
    ],
  ],
  [
    extensionsMessage,
    [
      ['empty', {}, deflate('')],
      ['malformed', {}, deflate('permessage-deflate;;')],
      ['unclosed', {}, deflate('permessage-deflate; a="b')],
      ['an unknown parameter', {}, deflate('permessage-deflate; x=1')],
      ['a repeated parameter', {}, deflate('permessage-deflate; a; a')],
      ['a flag with a value', {}, deflate('permessage-deflate; server_no_context_takeover=1')],
      ['a window too small', {}, deflate('permessage-deflate; server_max_window_bits=7')],
      ['a window too large', {}, deflate('permessage-deflate; client_max_window_bits=16')],
      ['a window without a size', {}, deflate('permessage-deflate; server_max_window_bits')],
      ['a bare client window', {}, deflate('permessage-deflate; client_max_window_bits')],
      [
        'a takeover flag that was ruled out',
        { perMessageDeflate: { clientNoContextTakeover: false } },
        deflate('permessage-deflate; client_no_context_takeover'),
      ],
      [
        'a client window that was ruled out',
        { perMessageDeflate: { clientMaxWindowBits: false } },
        deflate('permessage-deflate; client_max_window_bits=10'),
      ],
      [
        'a client window larger than the hint',
        { perMessageDeflate: { clientMaxWindowBits: 10 } },
        deflate('permessage-deflate; client_max_window_bits=11'),
      ],
    ],
  ],
  [
    unknownExtension,
    [
      ['another', {}, deflate('x-webkit-deflate-frame')],
      ['another one too', {}, deflate('permessage-deflate, x-other')],
      ['a name of Object.prototype', {}, deflate('constructor')],
    ],
  ],
];

describe.each(clients)('a 101 that is refused, %s', (_, WebSocket) => {
  describe.each(refused)('%s', (message, cases) => {
    it.each(cases)('%s', async (_name, asked, headers) => {
      const { events } = await ask(WebSocket, asked, headers);
      expect(events).toEqual(refusal(message));
    });
  });
});

const accepted: [...Case, protocol: string, extensions: string][] = [
  ['nothing asked, nothing said', off, {}, '', ''],
  ['Upgrade in another case', {}, { Upgrade: 'WebSocket' }, '', ''],
  ['no extension though one was offered', {}, {}, '', ''],
  ['one of the subprotocols', { protocols: ['a', 'b'] }, speaks('b'), 'b', ''],
  ['the extension', {}, deflate('permessage-deflate'), '', 'permessage-deflate'],
  ['it twice', {}, deflate('permessage-deflate, permessage-deflate'), '', 'permessage-deflate'],
  [
    'parameters of the server that were not asked for',
    {},
    deflate('permessage-deflate; server_no_context_takeover; server_max_window_bits=9'),
    '',
    'permessage-deflate',
  ],
  [
    'a quoted window',
    {},
    deflate('permessage-deflate; client_max_window_bits="12"'),
    '',
    'permessage-deflate',
  ],
];

describe.each(clients)('a 101 that is accepted, %s', (_, WebSocket) => {
  it.each(accepted)('%s', async (_name, asked, headers, protocol, extensions) => {
    const read = await ask(WebSocket, asked, headers);
    expect(read.events.slice(0, 2)).toEqual([
      ['upgrade', 0],
      ['open', 1],
    ]);
    expect(read).toMatchObject({ protocol, extensions });
  });

  it('reads the frames that come in the same segment', async () => {
    const server = await answeringServer((exchange) => {
      exchange.socket.write(switching(exchange) + '\x81\x02hi\x88\x02\x03\xe8', 'latin1');
    });
    const { closed } = record(new WebSocket(server.url));
    expect(await closed).toEqual([
      ['upgrade', 0],
      ['open', 1],
      ['message', 1, 'hi', false],
      ['close', 3, 1000, ''],
    ]);
  });
});

describe('the error of a refused 101', () => {
  async function errorOf(headers: Headers): Promise<OpeningError> {
    const server = await answeringServer((exchange) => switching(exchange, headers));
    const websocket = new OurWebSocket(server.url);
    const error = await new Promise<Error>((resolve) => {
      websocket.once('error', resolve);
    });
    return error as OpeningError;
  }

  it('has a code', async () => {
    const error = await errorOf({ 'Sec-WebSocket-Accept': 'x' });
    expect(error.code).toBe('WS_ERR_HANDSHAKE_ACCEPT');
    expect(error.cause).toBe(undefined);
  });

  it('says in its cause what is wrong with the parameters', async () => {
    const error = await errorOf(deflate('permessage-deflate; server_max_window_bits=7'));
    expect(error.code).toBe('WS_ERR_HANDSHAKE_EXTENSIONS_INVALID');
    expect((error.cause as Error).message).toBe(
      'Invalid value for parameter "server_max_window_bits": 7',
    );
  });
});
