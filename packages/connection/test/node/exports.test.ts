import { expect, it } from 'vitest';
import * as portable from '../../src/index.js';
import * as node from '../../src/node/index.js';

it('the portable entry exports exactly these values', () => {
  expect(Object.keys(portable).sort()).toEqual([
    'Connection',
    'ConnectionState',
    'MessageReader',
    'MessageWriter',
    'PreparedMessage',
    'createPlatform',
    'portablePlatform',
  ]);
});

it('the entry for Node exports exactly these values', () => {
  expect(Object.keys(node).sort()).toEqual([
    'CloseEvent',
    'ErrorEvent',
    'Event',
    'MessageEvent',
    'PreparedMessage',
    'ReadyState',
    'WebSocket',
    'closePayload',
    'connectionOf',
    'isAttached',
    'nodePlatform',
    'payloadSize',
    'socketOf',
    'toMessageData',
    'toPayload',
  ]);
});
