import { expect, test } from 'vitest';
import * as frame from '../src/index.js';

test('the package exports exactly these values', () => {
  expect(Object.keys(frame).sort()).toEqual([
    'CloseCode',
    'FrameDecoder',
    'Opcode',
    'ProtocolError',
    'Utf8Validator',
    'createProtocolError',
    'encodeClosePayload',
    'encodeFrame',
    'frameHeaderLength',
    'isControl',
    'isValidCloseCode',
    'isValidUtf8',
    'maskInPlace',
    'maskInto',
    'maxFrameHeaderLength',
    'portableMasking',
    'protocolErrors',
    'writeFrameHeader',
  ]);
});
