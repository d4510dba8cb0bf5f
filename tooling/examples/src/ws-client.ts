/** A client of the npm package `ws`. */
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { WsPeer } from './ws-peer.js';

/**
 * Connects; resolves with the open client, and rejects with the error of one that was refused.
 * It is cut off when the test is over.
 */
export async function connectWs(url: string, options: ClientOptions = {}): Promise<WsPeer> {
  const websocket = new WebSocket(url, options);
  onTestFinished(() => websocket.terminate());
  const peer = new WsPeer(websocket);
  await once(websocket, 'open');
  return peer;
}
