import { expect, it } from 'vitest';
import { chooseIdentity } from '../src/identity.mjs';

it('gives the same number the same identity', () => {
  expect(chooseIdentity(0xdeadbeef, [])).toEqual(chooseIdentity(0xdeadbeef, []));
  expect(chooseIdentity(0, [])).toEqual({ name: 'Brave Badger', hue: 0 });
});

it('gives colours that are easily told apart', () => {
  const hueBeside = (...hues: number[]) =>
    chooseIdentity(
      0,
      hues.map((hue) => ({ name: '', hue })),
    ).hue;
  expect(hueBeside(0)).toBe(180);
  expect(hueBeside(330)).toBe(150);
  expect(hueBeside(0, 180)).toBe(90);
  expect(hueBeside(0, 90, 180)).toBe(270);
});

it('gives everybody in a full room another name, and colours while there are any', () => {
  const present: { name: string; hue: number }[] = [];
  for (let i = 0; i < 50; i++) present.push(chooseIdentity(7, present));
  expect(new Set(present.map(({ name }) => name)).size).toBe(50);
  expect(new Set(present.slice(0, 12).map(({ hue }) => hue)).size).toBe(12);
  for (const { name, hue } of present) {
    expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(hue % 30).toBe(0);
  }
});
