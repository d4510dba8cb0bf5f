import { WebSocket as NpmWebSocket } from 'ws';
import { WebSocket } from '../../src/index.js';

export type Client = typeof WebSocket;

/**
 * The client of this package, and the one of `ws` that it replaces. A test that
 * runs with both expects of ours what `ws` itself does.
 */
export const clients: [name: string, WebSocket: Client][] = [
  ['@hybi/client', WebSocket],
  ['ws', NpmWebSocket as unknown as Client],
];
