import { expect, it } from 'vitest';
import * as connection from '@hybi/connection/node';
import * as client from '../src/index.js';

it('exports these names and no others', () => {
  expect(Object.keys(client).sort()).toEqual([
    'CloseEvent',
    'ErrorEvent',
    'Event',
    'MessageEvent',
    'PreparedMessage',
    'ReadyState',
    'WebSocket',
    'clientErrors',
  ]);
});

it('has the classes of the connection, not copies', () => {
  expect(client.CloseEvent).toBe(connection.CloseEvent);
  expect(client.WebSocket.prototype).toBeInstanceOf(connection.WebSocket);
});

it('has a class that is named and takes three arguments', () => {
  expect(client.WebSocket.name).toBe('WebSocket');
  expect(client.WebSocket.length).toBe(3);
});

it('describes every error of its own with the rule behind it', () => {
  for (const [code, { message, section }] of Object.entries(client.clientErrors)) {
    expect(code).toMatch(/^WS_ERR_[A-Z_]+$/);
    expect(message).not.toBe('');
    expect(section).toMatch(/^RFC (6455|9110) §\d/);
  }
});
