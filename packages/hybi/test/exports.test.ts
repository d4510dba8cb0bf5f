import * as ws from 'ws';
import WS from 'ws';
import { describe, expect, it } from 'vitest';
import WebSocket, * as hybi from '../src/index.js';

const enumerableOf = (value: object): string[] => Object.keys(value);

describe('the exports', () => {
  it('have the names of ws, and two more', () => {
    expect(Object.keys(hybi).sort()).toEqual([
      'PerMessageDeflate',
      'PreparedMessage',
      'Receiver',
      'Sender',
      'WebSocket',
      'WebSocketServer',
      'broadcast',
      'createWebSocketStream',
      'default',
      'extension',
      'subprotocol',
    ]);
    const theirs = Object.keys(ws).filter((name) => name !== 'module.exports');
    // Named exports of ours are in nobody's way: programs import by name.
    expect(Object.keys(hybi).sort()).toEqual([...theirs, 'PreparedMessage', 'broadcast'].sort());
    expect(WebSocket).toBe(hybi.WebSocket);
  });
});

describe('the class', () => {
  it('has the statics of ws, in the same order', async () => {
    // The statics of ws appear once its CommonJS entry was loaded.
    const { createRequire } = await import('node:module');
    const required = createRequire(import.meta.url)('ws') as object;
    expect(enumerableOf(WebSocket)).toEqual(enumerableOf(required));
    const statics = WebSocket as unknown as Record<string, unknown>;
    expect(statics['Server']).toBe(hybi.WebSocketServer);
    expect(statics['WebSocketServer']).toBe(hybi.WebSocketServer);
    expect(statics['WebSocket']).toBe(WebSocket);
    expect(statics['createWebSocketStream']).toBe(hybi.createWebSocketStream);
  });

  it('has statics of ours that loops do not find', () => {
    for (const name of ['PreparedMessage', 'broadcast'] as const) {
      expect(Object.getOwnPropertyDescriptor(WebSocket, name)).toEqual({
        configurable: true,
        enumerable: false,
        value: hybi[name],
        writable: true,
      });
    }
  });

  it('has the names and lengths of ws', () => {
    expect(WebSocket.name).toBe('WebSocket');
    expect(WebSocket.length).toBe(WS.length);
    expect(hybi.WebSocketServer.name).toBe('WebSocketServer');
  });

  it('has constants that can not be changed, on itself and on its prototype', () => {
    for (const target of [WebSocket, WebSocket.prototype]) {
      ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'].forEach((name, value) => {
        expect(Object.getOwnPropertyDescriptor(target, name)).toEqual({
          configurable: false,
          enumerable: true,
          value,
          writable: false,
        });
      });
    }
  });

  it('has the accessors of ws on its prototype, described alike', () => {
    for (const name of [
      'binaryType',
      'bufferedAmount',
      'extensions',
      'isPaused',
      'onclose',
      'onerror',
      'onmessage',
      'onopen',
      'protocol',
      'readyState',
      'url',
    ]) {
      const shape = (prototype: object): unknown => {
        const { get, set, enumerable, configurable } =
          Object.getOwnPropertyDescriptor(prototype, name) ?? {};
        return { name, get: typeof get, set: typeof set, enumerable, configurable };
      };
      expect(shape(WebSocket.prototype)).toEqual(shape(WS.prototype));
    }
  });
});
