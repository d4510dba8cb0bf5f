import { expect, it } from 'vitest';
import { testTitles } from '../src/titles.js';

it('finds titles, also behind each, and the names of cases', () => {
  const titles = testTitles(`
    const cases = [['F1 a case', 1], ['F2 another', 2]];
    describe('a part', () => {
      it('does this', async () => { expect('no title').toBe(call('nor this')); });
      test.each<Case>(cases)('%s is refused', (name) => {});
      it.each([['inline', 1]])("it's %j", { timeout: 5 }, () => {});
    });
    describe.each(roles)(\`as a %s\`, () => {});
  `);
  expect([...titles].sort()).toEqual([
    '%s is refused',
    'F1 a case',
    'F2 another',
    'a part',
    'as a %s',
    'does this',
    'inline',
    "it's %j",
  ]);
});

it('does not find what a comment says', () => {
  expect(testTitles("// it('was here', () => {});").size).toBe(0);
});
