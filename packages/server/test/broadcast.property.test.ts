/** Messages of their own and messages to all, at random, on connections of all kinds. */
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as ws from 'ws';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from '../src/index.js';
import type { WebSocket } from '../src/index.js';

const offer = fc.oneof(
  { weight: 1, arbitrary: fc.constant<false>(false) },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        serverNoContextTakeover: fc.constant(true),
        serverMaxWindowBits: fc.integer({ min: 8, max: 15 }),
        threshold: fc.constant(0),
      },
      { requiredKeys: ['threshold'] },
    ),
  },
);

/** Texts that have much in common, so that whoever mixes their windows up is found out. */
const text = fc
  .tuple(
    fc.integer({ min: 0, max: 1 }),
    fc.oneof({ weight: 5, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.nat(60_000) }),
  )
  .map(([kind, length]) => words[kind]!.repeat(length / 300 + 1).slice(0, length));

const words = Array.from({ length: 2 }, (_, kind) =>
  Array.from({ length: 60 }, (_, i) => ((i * 7919 + kind * 104_729) % 46_656).toString(36)).join(
    ' ',
  ),
);

const to = fc.nat(4);
const steps = {
  own: fc.record({ kind: fc.constant('own' as const), to, text, compress: fc.boolean() }),
  fragments: fc.record({ kind: fc.constant('fragments' as const), to, text }),
  broadcast: fc.record({ kind: fc.constant('broadcast' as const), text, compress: fc.boolean() }),
  turn: fc.record({ kind: fc.constant('turn' as const) }),
  terminate: fc.record({ kind: fc.constant('terminate' as const), to }),
};

const step = fc.oneof(
  { weight: 12, arbitrary: steps.own },
  { weight: 2, arbitrary: steps.fragments },
  { weight: 8, arbitrary: steps.broadcast },
  { weight: 4, arbitrary: steps.turn },
  { weight: 1, arbitrary: steps.terminate },
);

interface Peer {
  websocket: WebSocket;
  client: ws.WebSocket;
  expected: string[];
  received: string[];
  errors: string[];
  gone: boolean;
  /** What is sent between the fragments of a message comes behind it. */
  open: string[] | undefined;
}

it('every client gets every message, in order and intact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(offer, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(0, 1024),
      fc.array(step, { maxLength: 25, size: 'max' }),
      async (offers, threshold, steps) => {
        const wss = new WebSocketServer({ port: 0, perMessageDeflate: { threshold } });
        await once(wss, 'listening');
        const { port } = wss.address() as AddressInfo;
        const peers: Peer[] = [];
        for (const perMessageDeflate of offers)
          peers.push(await openPeer(wss, port, perMessageDeflate));
        for (const each of steps) await take(each, wss, peers);
        await Promise.all(peers.map(finish));
        for (const { expected, received, errors, gone } of peers) {
          expect(errors).toEqual([]);
          expect(received).toEqual(gone ? expected.slice(0, received.length) : expected);
        }
        wss.close();
        await once(wss, 'close');
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

async function openPeer(
  wss: WebSocketServer,
  port: number,
  perMessageDeflate: ws.PerMessageDeflateOptions | false,
): Promise<Peer> {
  const accepted = once(wss, 'connection') as Promise<[WebSocket]>;
  const client = new ws.WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate });
  const received: string[] = [];
  client.on('message', (data) => received.push((data as Buffer).toString()));
  const errors: string[] = [];
  client.on('error', (error) => errors.push(String(error)));
  const [websocket] = await accepted;
  return { websocket, client, expected: [], received, errors, gone: false, open: undefined };
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(each: Step, wss: WebSocketServer, peers: readonly Peer[]): Promise<void> {
  if (each.kind === 'turn') {
    await new Promise((resolve) => setImmediate(resolve));
    return;
  }
  if (each.kind === 'broadcast') {
    const alive = peers.filter(({ gone }) => !gone);
    expect(wss.broadcast(each.text, { compress: each.compress })).toBe(alive.length);
    for (const { expected, open } of alive) (open ?? expected).push(each.text);
    return;
  }
  const peer = peers[each.to % peers.length]!;
  if (peer.gone) return;
  if (each.kind === 'terminate') {
    peer.gone = true;
    peer.websocket.terminate();
  } else if (each.kind === 'fragments' && peer.open === undefined) {
    peer.open = [];
    peer.websocket.send(each.text, { fin: false });
    peer.expected.push(each.text);
  } else {
    // The last fragment, where a message is open.
    peer.websocket.send(each.text, { compress: each.kind === 'own' ? each.compress : true });
    endMessage(peer, each.text);
  }
}

function endMessage(peer: Peer, text: string): void {
  if (peer.open === undefined) peer.expected.push(text);
  else {
    peer.expected[peer.expected.length - 1] += text;
    peer.expected.push(...peer.open);
    peer.open = undefined;
  }
}

async function finish(peer: Peer): Promise<void> {
  const { client, websocket } = peer;
  const closed = client.readyState === client.CLOSED ? undefined : once(client, 'close');
  if (!peer.gone && peer.open !== undefined) {
    websocket.send('end', { fin: true });
    endMessage(peer, 'end');
  }
  websocket.close(1000);
  await closed;
}
