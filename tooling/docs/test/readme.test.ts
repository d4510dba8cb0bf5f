/** What the README and the guide for contributors say of the workspace. */
import { describe, expect, it } from 'vitest';
import { supportedMajors } from '../../consumers/lib/node-versions.mjs';
import { parseMarkdown } from '../src/markdown.js';
import { documents, packagesBelow, read, readManifest } from '../src/workspace.js';

const readme = read('README.md');

const firstCells = (file: string, column: string): string[] => {
  const table = parseMarkdown(read(file)).tables.find(({ header }) => header[0] === column);
  return table?.rows.map(([cell = '']) => cell) ?? [];
};

describe('README.md', () => {
  it('lists every package, with its README', () => {
    const expected = packagesBelow('packages').map(
      (directory) => `[\`${readManifest(directory).name}\`](${directory}/README.md)`,
    );
    expect(firstCells('README.md', 'package').sort()).toEqual(expected.sort());
  });

  it.each(['README.md', 'packages/hybi/README.md'])('%s names the versions of Node.js', (file) => {
    const last = supportedMajors.at(-1);
    const versions = `Node.js ${supportedMajors.slice(0, -1).join(', ')} and ${last}`;
    expect(read(file)).toContain(versions);
  });

  it('names the one command that passes the tests', () => {
    expect(readme).toContain(
      '`npm test` is the one command that passes the tests on a fresh machine',
    );
  });
});

describe('docs/contributing.md', () => {
  it('lists every step of npm test, in order', () => {
    const script = read('tooling/scripts/test.mjs');
    const steps = [...script.matchAll(/\bname: '([\w-]+)'/g)].map((match) => `\`${match[1]}\``);
    expect(firstCells('docs/contributing.md', 'step')).toEqual(steps);
  });

  it('lists every folder of the tooling', () => {
    const folders = [...packagesBelow('tooling'), 'tooling/scripts'].map((name) => `\`${name}\``);
    expect(firstCells('docs/contributing.md', 'folder').sort()).toEqual(folders.sort());
  });
});

it.each(documents())('%s names scripts that are there', (file) => {
  const { scripts = {} } = readManifest('.');
  const { blocks, spans } = parseMarkdown(read(file));
  const shell = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);
  const commands = [...spans, ...shell].flatMap((code) => [
    ...code.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g),
  ]);
  const named = commands.map((match) => match[1] ?? match[2] ?? '');
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
});
