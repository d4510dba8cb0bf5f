import { expect, it } from 'vitest';
import * as node from '../src/node.js';
import * as web from '../src/web.js';

it('exports these names for Node.js and no others', () => {
  expect(Object.keys(node)).toEqual(['createWebSocketStream']);
});

it('exports these names for every platform and no others', () => {
  expect(Object.keys(web).sort()).toEqual([
    'WebSocketStreamError',
    'createWebSocketStreams',
    'streamErrors',
  ]);
});
