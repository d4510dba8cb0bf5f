import { expect, test } from 'vitest';
import { Opcode, isControl } from '../src/index.js';

test('the opcodes are those of RFC 6455 section 11.8', () => {
  expect(Opcode).toEqual({ Continuation: 0, Text: 1, Binary: 2, Close: 8, Ping: 9, Pong: 10 });
});

test('the opcodes from 8 on are those of control frames, reserved ones included', () => {
  const controls = Array.from({ length: 16 }, (_, i) => i).filter(isControl);
  expect(controls).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
});
