import { expect, test } from 'vitest';
import * as negotiation from '../src/index.js';
import * as node from '../src/node/index.js';

test('the entry "." exports these names', () => {
  expect(Object.keys(negotiation).sort()).toEqual([
    'acceptDeflateOffer',
    'acceptDeflateResponse',
    'createDeflateError',
    'createDeflateOffer',
    'deflateErrors',
    'extensionName',
    'isWindowBits',
  ]);
});

test('the entry "./node" exports these names', () => {
  expect(Object.keys(node).sort()).toEqual([
    'ConcurrencyLimiter',
    'ContextBudget',
    'DeflateCodec',
    'HotContexts',
    'checkDeflateTuning',
    'contextBytes',
    'getSharedContexts',
    'getSharedLimiter',
  ]);
});

test('the extension has one name', () => {
  const codec = new node.DeflateCodec({ role: 'server', parameters: {} });
  expect(negotiation.extensionName).toBe('permessage-deflate');
  expect(codec.name).toBe(negotiation.extensionName);
});
