import { expect, it } from 'vitest';
import { printable } from '../src/printable.mjs';

it('leaves text alone', () => {
  expect(printable('grüß dich, 世界 👋')).toBe('grüß dich, 世界 👋');
});

it.each([
  ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
  ['\u009b2J', '\\x9b2J'],
  ['one\r\ntwo\ttabs', 'one\\x0d\\x0atwo\\x09tabs'],
  ['\u0000\u007f', '\\x00\\x7f'],
  ['\u2028', '\\u{2028}'],
  ['txt.\u202egpj', 'txt.\\u{202e}gpj'],
  ['\ufeff', '\\u{feff}'],
  ['\u{e0041}', '\\u{e0041}'],
])('escapes what drives a terminal: %j', (text, escaped) => {
  expect(printable(text)).toBe(escaped);
});

it('lets no control character through', () => {
  for (let code = 0; code < 0xa0; code++) {
    const isControl = code < 0x20 || code >= 0x7f;
    const character = String.fromCharCode(code);
    expect(printable(character) === character).toBe(!isControl);
  }
});
