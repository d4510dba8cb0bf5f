/** The stream with each kind of WebSocket that it is made for: those of `ws`, and those of `hybi`. */
import type { EventEmitter } from 'node:events';
import type { Duplex, DuplexOptions } from 'node:stream';
import * as hybi from 'hybi';
import * as ws from 'ws';
import { createWebSocketStream } from '../../src/node.js';
import type { StreamableWebSocket } from '../../src/node.js';

/** What the tests use of a client. Both classes have it. */
export interface Client extends EventEmitter {
  readonly bufferedAmount: number;
  readonly isPaused: boolean;
  readonly readyState: number;
}

export interface Implementation {
  dial(url: string): Client;
  /** @param client - from `dial` */
  createStream(client: Client, options?: DuplexOptions): Duplex;
}

const clientOptions = { perMessageDeflate: false };

export const implementations: readonly [name: string, implementation: Implementation][] = [
  [
    '@hybi/stream/node with a WebSocket of ws',
    {
      dial: (url) => new ws.WebSocket(url, clientOptions),
      createStream: (client, options) =>
        createWebSocketStream(client as Client & StreamableWebSocket, options),
    },
  ],
  [
    'hybi',
    {
      dial: (url) => new hybi.WebSocket(url, clientOptions) as object as Client,
      createStream: (client, options) =>
        hybi.createWebSocketStream(client as object as hybi.WebSocket, options),
    },
  ],
];
