/**
 * The packages as users get them: packed, installed, loaded by `import` and by
 * `require` under every supported Node, and compiled against.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { root } from '../../scripts/lib/workspace.mjs';
import { installConsumer } from '../lib/consumer.mjs';
import { nodeBinary, supportedMajors } from '../lib/node-versions.mjs';
import { packAll, packedPackages } from '../lib/tarballs.mjs';
import { writeTypePrograms } from '../lib/type-programs.mjs';

const directory = mkdtempSync(path.join(tmpdir(), 'hybi-consumers-'));
const consumer = path.join(directory, 'consumer');
const packages = packedPackages(directory);
const entries = packages.flatMap((packed) => packed.entries);
const portableEntries = [
  '@hybi/frame',
  '@hybi/handshake',
  '@hybi/permessage-deflate',
  '@hybi/connection',
  '@hybi/stream/web',
];

beforeAll(async () => {
  await packAll(directory);
  await installConsumer(consumer, packages);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.each(packages)('the tarball of $name', ({ name, tarball }) => {
  it('is fine for publint', async () => {
    const data = readFileSync(tarball);
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.length) },
    });
    // What stands in the field `browser` stands in the exports too; old bundlers look for the field.
    const faults = messages.filter(({ code }) => code !== 'USE_EXPORTS_BROWSER');
    expect(faults.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('is fine for attw', async () => {
    const attw = path.join(root, 'tooling/consumers/node_modules/@arethetypeswrong/cli');
    const args = ['--profile', 'strict', '--format', 'ascii', '--no-color', tarball];
    await runProgram(process.execPath, [path.join(attw, 'dist/index.js'), ...args]);
  });

  it('holds a licence, a README and no reference to the workspace', async () => {
    const installed = path.join(consumer, 'node_modules', name);
    expect(readFileSync(path.join(installed, 'LICENSE'), 'utf8')).toMatch(/^MIT License/);
    expect(readFileSync(path.join(installed, 'README.md'), 'utf8')).toContain(`# ${name}\n`);
    expect(readFileSync(path.join(installed, 'package.json'), 'utf8')).not.toContain('workspace:');
  });
});

describe.each(supportedMajors)('under Node %s', (major) => {
  let node: string;
  beforeAll(async () => {
    node = await nodeBinary(major);
  });

  it('runs in that version', async () => {
    expect(await runProgram(node, ['--version'])).toMatch(new RegExp(`^v${major}\\.`));
  });

  it.each(entries)('%s is one copy for import and require', async (entry) => {
    await runProgram(node, ['one-copy.mjs', entry]);
  });

  it.each(['smoke.cjs', 'smoke.mjs', 'frames.mjs'])(
    '%s runs without a warning',
    async (program) => {
      expect(await runProgram(node, [program])).toBe('');
    },
  );
});

describe('the types', () => {
  const node = ['--module', 'nodenext', '--typeRoots', path.join(root, 'node_modules/@types')];
  const nodeUser = [...node, '--types', 'node'];

  it('are the same for import and require', async () => {
    await compile([...nodeUser, ...writeTypePrograms(consumer, entries)]);
  });

  it('let programs of users compile', async () => {
    await compile([...nodeUser, 'classes.mts', 'commonjs.cts']);
  });

  it('need no types of Node where the package needs no Node', async () => {
    const files = writeTypePrograms(consumer, portableEntries);
    await compile(['--module', 'nodenext', '--typeRoots', 'none', ...files]);
  });
});

/** Compiles with the libraries checked too: our declarations have to be right in themselves. */
async function compile(args: string[]): Promise<void> {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await runProgram(process.execPath, [tsc, '--noEmit', '--strict', '--target', 'es2022', ...args]);
}

/** Runs a program among the installed packages; what it printed is in the error when it fails. */
async function runProgram(command: string, args: string[]): Promise<string> {
  try {
    // A user's process: nothing of what the test runner sets.
    return await run(command, args, { cwd: consumer, env: { NODE_OPTIONS: '' } });
  } catch (error) {
    const output = error instanceof Error && 'output' in error ? error.output : '';
    throw new Error(`${String(error)}\n${String(output)}`);
  }
}
