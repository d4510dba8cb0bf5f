/** What is agreed about permessage-deflate, byte for byte. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { PerMessageDeflateOptions } from '../src/index.js';
import { WebSocketServer } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { accepted, answerHead, openingRequest, refused } from './support/requests.js';
import { connect, open, start } from './support/servers.js';

type Options = boolean | PerMessageDeflateOptions;

const name = 'permessage-deflate';

// Options, offer, answer.
const agreed: [Options, string, string | undefined][] = [
  [false, name, undefined],
  [false, ',;=', undefined],
  [true, 'x-webkit-deflate-frame', undefined],
  [true, 'foo; bar=1, permessage-deflate', name],
  [true, name, name],
  [true, `${name}; client_max_window_bits`, name],
  [true, `${name}; client_max_window_bits=10`, `${name}; client_max_window_bits=10`],
  [true, `${name}; client_max_window_bits="10"`, `${name}; client_max_window_bits=10`],
  [true, `${name}; server_max_window_bits=08`, `${name}; server_max_window_bits=8`],
  [true, `${name}; server_max_window_bits=15`, `${name}; server_max_window_bits=15`],
  [
    true,
    `${name}; server_no_context_takeover; client_no_context_takeover`,
    `${name}; server_no_context_takeover; client_no_context_takeover`,
  ],
  [{ serverNoContextTakeover: true }, name, `${name}; server_no_context_takeover`],
  [{ clientNoContextTakeover: true }, name, `${name}; client_no_context_takeover`],
  [
    { clientNoContextTakeover: false },
    `${name}; client_no_context_takeover`,
    `${name}; client_no_context_takeover`,
  ],
  [{ serverMaxWindowBits: 10 }, name, `${name}; server_max_window_bits=10`],
  [
    { serverMaxWindowBits: 10 },
    `${name}; server_max_window_bits=12`,
    `${name}; server_max_window_bits=10`,
  ],
  [
    { clientMaxWindowBits: 10 },
    `${name}; client_max_window_bits`,
    `${name}; client_max_window_bits=10`,
  ],
  [
    { clientMaxWindowBits: 10 },
    `${name}; client_max_window_bits=12`,
    `${name}; client_max_window_bits=10`,
  ],
  [{ clientMaxWindowBits: false }, `${name}; client_max_window_bits=12`, name],
  [
    { serverMaxWindowBits: 12 },
    `${name}; server_max_window_bits=10, ${name}`,
    `${name}; server_max_window_bits=12`,
  ],
  [
    {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      serverMaxWindowBits: 9,
      clientMaxWindowBits: 9,
    },
    `${name}; client_max_window_bits`,
    `${name}; client_max_window_bits=9; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9`,
  ],
];

const unacceptable: [Options, string][] = [
  [{ serverNoContextTakeover: false }, `${name}; server_no_context_takeover`],
  [{ serverMaxWindowBits: false }, `${name}; server_max_window_bits=15`],
  [{ serverMaxWindowBits: 12 }, `${name}; server_max_window_bits=10`],
  [{ clientMaxWindowBits: 10 }, name],
  [{ clientMaxWindowBits: 10 }, `${name}; client_max_window_bits=9`],
  [true, `${name}; server_max_window_bits`],
  [true, `${name}; server_max_window_bits=7`],
  [true, `${name}; client_max_window_bits=16`],
  [true, `${name}; client_max_window_bits=1000`],
  [true, `${name}; server_no_context_takeover=1`],
  [true, `${name}; server_no_context_takeover; server_no_context_takeover`],
  [true, `${name}; __proto__=1`],
  [true, `${name}, ${name}; unknown`],
  [true, `${name};`],
  [true, ''],
];

describe.each(implementations)('$name', ({ name: implementation, Server }) => {
  async function answerTo(perMessageDeflate: Options, header: string): Promise<string> {
    const { port } = await start(Server, { perMessageDeflate });
    const client = await connect(port);
    client.send(openingRequest({ headers: { 'Sec-WebSocket-Extensions': header } }));
    return answerHead(client);
  }

  it.each(agreed)('%j: answers the offer %j with %j', async (options, offer, answer) => {
    const lines = answer === undefined ? [] : [`Sec-WebSocket-Extensions: ${answer}`];
    expect(await answerTo(options, offer)).toBe(accepted(...lines));
  });

  it.each(unacceptable)('%j: refuses the offer %j', async (options, offer) => {
    const body = 'Invalid or unacceptable Sec-WebSocket-Extensions header';
    expect((await answerTo(options, offer)) + body).toBe(refused('400 Bad Request', body));
  });

  it('tells the WebSocket of its extensions', async () => {
    const { wss, port } = await start(Server, { perMessageDeflate: true });
    const connection = once(wss, 'connection');
    const client = await open(port);
    const [websocket] = (await connection) as [{ extensions: string }];
    expect([websocket.extensions, client.extensions]).toEqual([name, name]);
  });

  it('tells a WebSocket that has none so', async () => {
    const { wss, port } = await start(Server, { perMessageDeflate: true });
    const connection = once(wss, 'connection');
    await open(port, { perMessageDeflate: false });
    const [websocket] = (await connection) as [{ extensions: string }];
    expect(websocket.extensions).toBe('');
  });

  const closedByLimit = new Uint8Array([0x88, 0x02, 0x03, 0xf1]);

  it('counts the bytes of a message while they inflate', async () => {
    const { wss, port } = await start(Server, { perMessageDeflate: true, maxPayload: 4 });
    const failed = new Promise((resolve) => {
      wss.on('connection', (websocket) => websocket.on('error', resolve));
    });
    const client = await connect(port);
    const headers = { 'Sec-WebSocket-Extensions': name };
    client.send(openingRequest({ headers }));
    await answerHead(client);
    // Five times 'a': 4 bytes when compressed.
    client.send(Buffer.from('c184000000004b840100', 'hex'));
    expect(await client.take(4)).toEqual(closedByLimit);
    const error = await failed;
    // The codec's own error, not that of a message that was too long when it was complete.
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({
      message: 'Max payload size exceeded',
      code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    });
  });

  it('compresses from the threshold on where the server keeps no context', async () => {
    const { wss, port } = await start(Server, {
      perMessageDeflate: { threshold: 3, serverNoContextTakeover: true },
    });
    wss.on('connection', (websocket) => {
      websocket.send('aa');
      websocket.send('aaa');
      websocket.send('aaa', { compress: false });
    });
    const client = await connect(port);
    client.send(openingRequest({ headers: { 'Sec-WebSocket-Extensions': name } }));
    await answerHead(client);
    expect(await client.take(4)).toEqual(new Uint8Array([0x81, 0x02, 0x61, 0x61]));
    const [head, length] = await client.take(2);
    expect(head).toBe(0xc1);
    await client.take(Number(length));
    expect(await client.take(5)).toEqual(new Uint8Array([0x81, 0x03, 0x61, 0x61, 0x61]));
  });

  it("says in a 'wsClientError' why an offer was refused", async () => {
    const { wss, port } = await start(Server, { perMessageDeflate: { clientMaxWindowBits: 10 } });
    const told = once(wss, 'wsClientError');
    const client = await connect(port);
    client.send(openingRequest({ headers: { 'Sec-WebSocket-Extensions': name } }));
    const [error] = (await told) as [Error];
    const cause = expect.objectContaining({
      message: 'None of the extension offers can be accepted',
      code: 'WS_ERR_DEFLATE_UNACCEPTABLE_OFFER',
    });
    expect(error.cause).toEqual(implementation === 'ws' ? undefined : cause);
  });
});

it('answers 500 where its own options can not be used', async () => {
  const { wss, port } = await start(WebSocketServer, { perMessageDeflate: {} });
  wss.options.perMessageDeflate = { serverMaxWindowBits: 99 };
  const told = once(wss, 'wsClientError');
  const client = await connect(port);
  client.send(openingRequest({ headers: { 'Sec-WebSocket-Extensions': name } }));
  const [error] = (await told) as [Error];
  expect(error).toEqual(
    new RangeError('The "serverMaxWindowBits" option must be an integer from 8 to 15, got 99'),
  );
  expect(await answerHead(client)).toMatch(/^HTTP\/1.1 500 Internal Server Error\r/);
});
