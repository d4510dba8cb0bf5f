import { PreparedMessage, WebSocket } from '@hybi/connection/node';
import { expect, it } from 'vitest';
import * as server from '../src/index.js';

it('exports these names and no others', () => {
  expect(Object.keys(server).sort()).toEqual([
    'PreparedMessage',
    'WebSocket',
    'WebSocketServer',
    'broadcast',
  ]);
});

it('hands the classes of the connection on', () => {
  expect(server.PreparedMessage).toBe(PreparedMessage);
  expect(server.WebSocket).toBe(WebSocket);
});

it('names the class as programs know it', () => {
  expect(server.WebSocketServer.name).toBe('WebSocketServer');
});
