import { expect, it } from 'vitest';
import { parseCoreList } from '../src/cores.mjs';

it.each([
  ['0-1', [0, 1]],
  ['3', [3]],
  ['0-2,8,10-11', [0, 1, 2, 8, 10, 11]],
  ['', []],
])('reads %j', (list, cores) => {
  expect(parseCoreList(list)).toEqual(cores);
});
