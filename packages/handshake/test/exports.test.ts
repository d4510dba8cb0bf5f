import { expect, it } from 'vitest';
import * as handshake from '../src/index.js';

it('exports these names and no others', () => {
  expect(Object.keys(handshake).sort()).toEqual([
    'checkSubprotocols',
    'computeAccept',
    'createKey',
    'createRequestHeaders',
    'createResponseHeaders',
    'evaluateExtensionOffer',
    'evaluateRequest',
    'evaluateResponse',
    'evaluateSubprotocols',
    'formatExtensions',
    'formatResponse',
    'getHeader',
    'handshakeErrors',
    'isToken',
    'parseExtensions',
    'parseSubprotocols',
    'reasonPhrase',
    'supportedVersions',
  ]);
});
