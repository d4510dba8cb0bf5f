import { describe, expect, it } from 'vitest';
import { readArguments } from '../src/arguments.js';
import { answeringServer, switching } from './support/answering-server.js';
import { clients } from './support/clients.js';
import { record } from './support/record.js';

describe('readArguments', () => {
  const options = { protocols: ['o'] };

  it.each([
    [undefined, undefined, [], undefined],
    [undefined, null, [], null],
    [undefined, options, ['o'], options],
    [undefined, { protocols: 'one' }, ['one'], { protocols: 'one' }],
    ['p', options, ['p'], options],
    [['p', 'q'], options, ['p', 'q'], options],
    [[], options, [], options],
    [options, { origin: 'ignored' }, ['o'], options],
    [{}, { protocols: ['ignored'] }, [], {}],
    [null, options, [null], options],
    [5, undefined, [5], undefined],
  ])('reads %j, %j', (second, third, subprotocols, expected) => {
    expect(readArguments(second, third)).toEqual({ subprotocols, options: expected });
  });

  it('copies the list', () => {
    const subprotocols = ['a'];
    const read = readArguments(subprotocols, undefined);
    subprotocols.push('b');
    expect(read.subprotocols).toEqual(['a']);
  });
});

describe.each(clients)('arguments, %s', (_, WebSocket) => {
  const message = 'An invalid or duplicated subprotocol was specified';

  it.each([
    [null],
    [''],
    ['a b'],
    ['a,b'],
    ['é'],
    [5],
    [true],
    [['a', 'a']],
    [['a', '']],
    [['a', 5]],
    [[undefined]],
  ])('refuses the subprotocols %j', (protocols) => {
    const error = { name: 'SyntaxError', message };
    expect(() => new WebSocket('ws://127.0.0.1', protocols as string)).toThrow(
      expect.objectContaining(error),
    );
    expect(() => new WebSocket('ws://127.0.0.1', { protocols: protocols as string })).toThrow(
      expect.objectContaining(error),
    );
  });

  it('sends the subprotocols that come with the options', async () => {
    const server = await answeringServer((exchange) =>
      switching(exchange, { 'Sec-WebSocket-Protocol': 'b' }),
    );
    const websocket = new WebSocket(server.url, { protocols: ['a', 'b'] });
    const { closed } = record(websocket);
    websocket.on('open', () => websocket.terminate());
    await closed;
    expect(server.exchanges[0]?.headers['sec-websocket-protocol']).toBe('a,b');
    expect(websocket.protocol).toBe('b');
  });

  it('does not change the options', async () => {
    const server = await answeringServer((exchange) => switching(exchange));
    const options = Object.freeze({ headers: Object.freeze({ A: 'b' }), followRedirects: true });
    const websocket = new WebSocket(server.url, options);
    websocket.on('open', () => websocket.terminate());
    await record(websocket).closed;
    expect(options).toEqual({ headers: { A: 'b' }, followRedirects: true });
  });

  it('makes a WebSocket that does not dial', () => {
    const websocket = new WebSocket(null, undefined, {});
    expect(websocket.readyState).toBe(0);
    expect(websocket.url).toBe(undefined);
  });
});
