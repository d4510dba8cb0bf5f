/** The programs in the documents run, as they stand there, against the packages that are built. */
import { afterAll, describe, expect, it } from 'vitest';
import { examplesIn, examplesOf, Sandbox } from '../src/examples.js';
import { parseMarkdown } from '../src/markdown.js';
import { documents, read } from '../src/workspace.js';

const sandbox = new Sandbox();
afterAll(() => sandbox.remove());

const withExamples = documents().filter((file) => examplesIn(file).length > 0);

describe.each(withExamples)('%s', (file) => {
  it.each(examplesIn(file).map((example) => [example.name, example] as const))(
    '%s runs',
    { timeout: 30_000 },
    async (_, example) => {
      const printed = await sandbox.run(example);
      if (example.prints !== undefined) expect(printed).toBe(example.prints);
    },
  );
});

/** Those whose every block of code is a program; packages test their own READMEs. */
const ours = documents().filter((file) => !/^packages\/(?!hybi\/)/.test(file));

it.each(ours)('%s has no JavaScript that is not run', (file) => {
  const code = parseMarkdown(read(file)).blocks.filter(({ language }) => /^[jt]s$/.test(language));
  const unmarked = code.filter(({ comment }) => !comment?.startsWith('run: '));
  expect(unmarked.map(({ line }) => `line ${line}`)).toEqual([]);
});

it('both READMEs show the same echo, in both forms', () => {
  const [root, hybi] = ['README.md', 'packages/hybi/README.md'].map((file) =>
    examplesIn(file).filter(({ name }) => name.startsWith('echo.')),
  );
  expect(root?.map(({ name }) => name)).toEqual(['echo.mjs', 'echo.cjs']);
  expect(hybi).toEqual(root);
});

it('the echo has ten to fifteen lines', () => {
  const [echo] = examplesIn('README.md');
  const lines = echo?.code.split('\n').filter((line) => line !== '').length;
  expect(lines).toBeGreaterThanOrEqual(10);
  expect(lines).toBeLessThanOrEqual(15);
});

describe('a program', () => {
  const block = (comment: string, code: string) =>
    `<!-- ${comment} -->\n\n\`\`\`js\n${code}\`\`\`\n`;

  it('has what it prints, and may stand for the imports of another', () => {
    const text = [
      block('run: a.mjs', "import a from 'a';\nimport b from 'b';\n\na(b);\n"),
      block('prints: a.mjs', 'x\n'),
      block('run: a.cjs, over a.mjs', "const a = require('a');\n"),
    ].join('\n');
    expect(examplesOf(text)).toEqual([
      { name: 'a.mjs', code: "import a from 'a';\nimport b from 'b';\n\na(b);\n", prints: 'x\n' },
      { name: 'a.cjs', code: "const a = require('a');\n\na(b);\n", prints: 'x\n' },
    ]);
  });

  it('must be there', () => {
    expect(() => examplesOf(block('prints: a.mjs', ''))).toThrow('There is no program a.mjs');
    expect(() => examplesOf(block('run a.mjs', ''))).toThrow('Not understood: <!-- run a.mjs -->');
  });

  it.each([
    ['fails', 'a.mjs', 'throw new Error("broken");', 'broken'],
    ['writes to standard error', 'b.mjs', 'console.error("a warning");', 'a warning'],
    ['does not compile', 'c.mts', 'const a: string = 1;\nconsole.log(a);\n', 'not assignable'],
    [
      'imports what is not there',
      'd.cjs',
      "require('hybi/lib/sender.js');",
      'not defined by "exports"',
    ],
  ])('that %s is found out', { timeout: 30_000 }, async (_, name, code, message) => {
    await expect(sandbox.run({ name, code, prints: undefined })).rejects.toThrow(message);
  });
});
