/** What `@types/ws` lets pass and cannot work: each fails at run time, with either module. */
import { WebSocket, WebSocketServer } from 'ws';
import type { CloseEvent, MessageEvent } from 'ws';

// Event objects have accessors without a setter: strict code throws.
export function rewrite(event: MessageEvent, close: CloseEvent): void {
  event.data = 'other'; // wrong
  close.code = 1000; // wrong
}

// A promise counts as true, so that everybody would be let in.
export const shouldHandle: WebSocketServer['shouldHandle'] = async () => false; // wrong
export class Guarded extends WebSocketServer {
  override shouldHandle = () => Promise.resolve(false); // wrong
}
export const ws = new WebSocket('ws://localhost');
