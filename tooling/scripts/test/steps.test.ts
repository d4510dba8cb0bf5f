import { describe, expect, it } from 'vitest';
import { CommandError, run } from '../lib/run.mjs';
import { chooseSteps, runSteps } from '../lib/steps.mjs';

const step = (name: string, action: () => unknown, needs?: string) => ({
  name,
  title: `does ${name}`,
  run: action,
  ...(needs !== undefined && { needs }),
});

const broken = (): never => {
  throw new Error('no luck');
};

describe('runSteps', () => {
  it('says each step with its time', async () => {
    const lines: string[] = [];
    const failed = await runSteps([step('build', () => 1)], (line) => lines.push(line));
    expect(failed).toEqual([]);
    expect(lines).toEqual([
      '[build] does build ...',
      expect.stringMatching(/^\[build\] done in \d+\.\d s$/),
    ]);
  });

  it('goes on after a failure, but not with what needs the failed step', async () => {
    const done: string[] = [];
    const lines: string[] = [];
    const failed = await runSteps(
      [
        step('install', () => Promise.reject(new CommandError('pnpm ended', 'what it said\n'))),
        step('build', () => done.push('build'), 'install'),
        step('tests', () => done.push('tests'), 'build'),
        step('lint', () => done.push('lint')),
        step('types', broken),
      ],
      (line) => lines.push(line),
    );
    expect(done).toEqual(['lint']);
    expect(failed).toEqual(['install', 'build', 'tests', 'types']);
    expect(lines).toContain('what it said');
    expect(lines).toContain('[build] left out, because install failed');
    expect(lines.at(-1)).toMatch(/^\[types\] FAILED after \d+\.\d s: no luck$/);
  });
});

describe('chooseSteps', () => {
  const steps = ['install', 'lint', 'types'].map((name) => step(name, () => undefined));
  const names = (args: string[]): string[] => chooseSteps(steps, args).map(({ name }) => name);

  it('takes all without arguments, and those that are named in their own order', () => {
    expect(names([])).toEqual(['install', 'lint', 'types']);
    expect(names(['--only', 'lint'])).toEqual(['lint']);
    expect(names(['--only=types,lint'])).toEqual(['lint', 'types']);
    expect(names(['--only', 'types', 'install'])).toEqual(['install', 'types']);
  });

  it.each([[['--only']], [['--only', 'lnt']], [['lint']], [['--all']]])('refuses %o', (args) => {
    expect(() => chooseSteps(steps, args)).toThrow('Use --only with some of: install, lint, types');
  });
});

describe('run', () => {
  const node = (code: string): Promise<string> => run(process.execPath, ['-e', code]);

  it('resolves with what the program printed', async () => {
    expect(await node('console.log(1); console.error(2)')).toMatch(/^(1\n2|2\n1)\n$/);
  });

  it('rejects with the output and the reason', async () => {
    await expect(node('console.log("why"); process.exit(3)')).rejects.toMatchObject({
      output: 'why\n',
      message: expect.stringMatching(/ended with exit code 3$/),
    });
    await expect(node('process.kill(process.pid)')).rejects.toThrow(/ended with SIGTERM$/);
    await expect(run('no-such-program', [])).rejects.toThrow('ENOENT');
  });
});
