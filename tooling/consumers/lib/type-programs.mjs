// @ts-check
/** Writes the TypeScript programs that go through every entry. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a program per entry: what it exports has one type, however it is loaded.
 *
 * @param {string} directory
 * @param {string[]} entries
 * @returns {string[]} the files
 */
export function writeTypePrograms(directory, entries) {
  return entries.map((entry) => {
    const file = `types-of-${entry.replace('@', '').replaceAll('/', '-')}.mts`;
    writeFileSync(path.join(directory, file), program(entry));
    return file;
  });
}

/** @type {(entry: string) => string} */
function program(entry) {
  return `
type Imported = typeof import('${entry}', { with: { 'resolution-mode': 'import' } });
type Required = typeof import('${entry}', { with: { 'resolution-mode': 'require' } });
type Name = Exclude<keyof Imported, 'default'>;
export const missing: [Exclude<Name, keyof Required>] extends [never] ? true : false = true;
type Shared = Extract<Name, keyof Required>;
export const forth = (all: Pick<Imported, Shared>): Pick<Required, Shared> => all;
export const back = (all: Pick<Required, Shared>): Pick<Imported, Shared> => all;
`;
}
