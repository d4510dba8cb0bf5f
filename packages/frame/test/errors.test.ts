import { describe, expect, test } from 'vitest';
import {
  ProtocolError,
  createProtocolError,
  isValidCloseCode,
  protocolErrors,
} from '../src/index.js';
import type { ProtocolErrorCode } from '../src/index.js';

const invalid = 'Invalid WebSocket frame: ';

describe('protocolErrors', () => {
  test.each([
    ['WS_ERR_UNEXPECTED_RSV_2_3', 1002, `${invalid}RSV2 and RSV3 must be clear`],
    ['WS_ERR_UNEXPECTED_RSV_1', 1002, `${invalid}RSV1 must be clear`],
    ['WS_ERR_INVALID_OPCODE', 1002, `${invalid}invalid opcode {detail}`],
    ['WS_ERR_EXPECTED_FIN', 1002, `${invalid}FIN must be set`],
    ['WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', 1002, `${invalid}invalid payload length {detail}`],
    ['WS_ERR_EXPECTED_MASK', 1002, `${invalid}MASK must be set`],
    ['WS_ERR_UNEXPECTED_MASK', 1002, `${invalid}MASK must be clear`],
    [
      'WS_ERR_NON_MINIMAL_PAYLOAD_LENGTH',
      1002,
      `${invalid}payload length {detail} is not minimally encoded`,
    ],
    ['WS_ERR_INVALID_CLOSE_CODE', 1002, `${invalid}invalid status code {detail}`],
    ['WS_ERR_INVALID_UTF8', 1007, `${invalid}invalid UTF-8 sequence`],
    [
      'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
      1009,
      'Unsupported WebSocket frame: payload length > 2^53 - 1',
    ],
    ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 1009, 'Max payload size exceeded'],
    ['WS_ERR_TOO_MANY_BUFFERED_PARTS', 1008, 'Too many {detail}'],
  ] as const)('%s', (code, closeCode, message) => {
    expect(protocolErrors[code]).toMatchObject({ closeCode, message });
  });

  test('there are no others, and each has a section and a close code that may be sent', () => {
    const entries = Object.values(protocolErrors);
    expect(entries).toHaveLength(13);
    for (const { closeCode, section } of entries) {
      expect(isValidCloseCode(closeCode)).toBe(true);
      expect(section).toMatch(/^RFC \d{4} sections? \d/);
    }
  });
});

describe('createProtocolError', () => {
  test('the error has the class, code, close code and message of its entry', () => {
    const error = createProtocolError('WS_ERR_EXPECTED_MASK');
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'ProtocolError',
      code: 'WS_ERR_EXPECTED_MASK',
      closeCode: 1002,
      message: 'Invalid WebSocket frame: MASK must be set',
    });
    expect('cause' in error).toBe(false);
  });

  test.each<[ProtocolErrorCode, number | string, string]>([
    ['WS_ERR_INVALID_OPCODE', 0, 'Invalid WebSocket frame: invalid opcode 0'],
    ['WS_ERR_TOO_MANY_BUFFERED_PARTS', 'message fragments', 'Too many message fragments'],
    ['WS_ERR_TOO_MANY_BUFFERED_PARTS', 'buffered chunks', 'Too many buffered chunks'],
  ])('%s with the detail %s', (code, detail, message) => {
    expect(createProtocolError(code, detail).message).toBe(message);
  });

  test('a cause is kept', () => {
    const cause = new Error('no memory');
    expect(createProtocolError('WS_ERR_INVALID_UTF8', '', { cause }).cause).toBe(cause);
  });
});
