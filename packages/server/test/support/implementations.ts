/** Ours and the one whose contract it keeps: what stands in a test of both is a fact, not a hope. */
import * as ws from 'ws';
import { WebSocket, WebSocketServer } from '../../src/index.js';

export interface Implementation {
  name: string;
  Server: typeof WebSocketServer;
  WebSocket: typeof WebSocket;
}

export const implementations: Implementation[] = [
  { name: '@hybi/server', Server: WebSocketServer, WebSocket },
  {
    name: 'ws',
    Server: ws.WebSocketServer as unknown as typeof WebSocketServer,
    WebSocket: ws.WebSocket as unknown as typeof WebSocket,
  },
];
