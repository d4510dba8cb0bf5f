/** A chat: WebSockets in maps, sets and records, and functions that take them. */
import WebSocket, { WebSocketServer } from 'ws';
import type { Data, RawData } from 'ws';

const clients = new Map<string, WebSocket>();
const rooms: Record<string, Set<WebSocket>> = {};
const names = new WeakMap<WebSocket, string>();

export function broadcast(message: Data, except?: WebSocket): void {
  for (const [name, client] of clients) {
    if (client !== except && client.readyState === WebSocket.OPEN) client.send(message);
    if (client.readyState === client.CLOSED) clients.delete(name);
  }
}

export function join(room: string, ws: WebSocket): Set<WebSocket> {
  const members = (rooms[room] ??= new Set());
  names.set(ws, room);
  return members.add(ws);
}

function isOpen(ws: WebSocket): boolean {
  switch (ws.readyState) {
    case WebSocket.CONNECTING:
    case WebSocket.CLOSING:
    case WebSocket.CLOSED:
      return false;
    case WebSocket.OPEN:
      return true;
  }
}

const server = new WebSocketServer({ port: 0 });
server.on('connection', (ws) => {
  const id = clients.size.toString();
  clients.set(id, ws);
  ws.on('message', (message: RawData) => broadcast(message, ws));
  ws.on('message', (data: Buffer, isBinary: boolean) => ws.send(data, { binary: isBinary }));
  ws.on('message', (text: string) => broadcast(text));
  ws.on('message', (data) => broadcast(data.toString(), ws));
  ws.on('close', () => clients.delete(id));
});

export const open: WebSocket[] = [...server.clients].filter(isOpen);
export const first: WebSocket | undefined = server.clients.values().next().value;
export const sender = (ws: Pick<WebSocket, 'send' | 'readyState'>): void => ws.send('hello');
open.forEach(sender);
