/** Both directions against the extension of `ws`. */
import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import { DeflateCodec } from '../../src/node/index.js';
import { noise, periodic, run, runAll } from '../support/codec.js';
import { wsCodec } from '../support/ws-permessage-deflate.js';

const parameterSets: DeflateParameters[] = [
  {},
  { server_no_context_takeover: true },
  { client_no_context_takeover: true },
  { server_no_context_takeover: true, client_no_context_takeover: true },
  { server_max_window_bits: 8, client_max_window_bits: 8 },
  { server_max_window_bits: 9, client_max_window_bits: 15 },
  { server_max_window_bits: 12, client_no_context_takeover: true, client_max_window_bits: 10 },
];

const messages = [
  [periodic(500, 40)],
  [periodic(500, 40)],
  [new Uint8Array(0)],
  [periodic(100_000, 700)],
  [noise(20_000)],
  [periodic(300, 40), noise(100), new Uint8Array(0), periodic(300, 40)],
  [new Uint8Array(0), periodic(300, 40), new Uint8Array(0)],
];

describe.each(parameterSets)('%j', (parameters) => {
  test.each(['server', 'client'] as const)('ours is the %s', async (role) => {
    const ours = new DeflateCodec({ role, parameters });
    const theirs = wsCodec(role === 'server' ? 'client' : 'server', parameters);
    for (const fragments of messages) {
      const message = Buffer.concat(fragments);
      const there = await runAll(theirs, 'decode', await runAll(ours, 'encode', fragments));
      expect(Buffer.concat(there).equals(message)).toBe(true);
      const back = await runAll(ours, 'decode', await runAll(theirs, 'encode', fragments));
      expect(Buffer.concat(back).equals(message)).toBe(true);
    }
    ours.close();
    theirs.close();
  });
});

test('a message takes the same bytes as with ws', async () => {
  const ours = new DeflateCodec({ role: 'server', parameters: {} });
  const theirs = wsCodec('server', {});
  for (const [message] of messages) {
    const expected = await run(theirs, 'encode', message as Uint8Array);
    expect(Buffer.compare(await run(ours, 'encode', message as Uint8Array), expected)).toBe(0);
  }
  ours.close();
  theirs.close();
});
