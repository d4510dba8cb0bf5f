/**
 * What `docs/migrating-from-ws.md` says of package managers: its commands and
 * settings, as they stand there, against a registry that has the packed packages.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { root } from '../../scripts/lib/workspace.mjs';
import { documentedSteps, Project } from '../lib/migration.mjs';
import { managerNames, PackageManager } from '../lib/package-managers.mjs';
import type { ManagerName } from '../lib/package-managers.mjs';
import { startRegistry } from '../lib/registry.mjs';
import type { Registry } from '../lib/registry.mjs';
import { packBuilt } from '../lib/tarballs.mjs';

const directory = mkdtempSync(path.join(tmpdir(), 'hybi-migrating-'));
const usesWs = fileURLToPath(new URL('../fixtures/uses-ws', import.meta.url));
const done = new Set<string>();
const managers = new Map<ManagerName, PackageManager>();
let registry: Registry | undefined;

beforeAll(async () => {
  const packed = await packBuilt(directory);
  const others = [usesWs, path.join(root, 'node_modules/ws')];
  const names = await run('npm', ['pack', '--silent', ...others], { cwd: directory });
  const tarballs = names.match(/^\S+\.tgz$/gm)?.map((name) => path.join(directory, name)) ?? [];
  registry = await startRegistry([...packed.map(({ tarball }) => tarball), ...tarballs]);
  for (const name of managerNames) {
    const home = path.join(directory, 'homes', name);
    managers.set(name, await PackageManager.find(name, registry.url, home));
  }
});

afterAll(async () => {
  await registry?.close();
  rmSync(directory, { recursive: true, force: true });
});

function projectOf(managerName: ManagerName, name: string): Project {
  const manager = managers.get(managerName) as PackageManager;
  return new Project(path.join(directory, managerName, name), manager);
}

/** Does a step, and remembers it. */
async function follow(project: Project, ...steps: string[]): Promise<void> {
  for (const step of steps) {
    await project.do(step);
    done.add(`${project.manager.name.replace(/ .*/, '')} ${step}`);
  }
}

const onlyWs = { own: 'ws', nested: 'ws', isShared: true };
const ownIsHybi = { own: 'hybi', nested: 'ws', isShared: false };
const onlyHybi = { own: 'hybi', nested: 'hybi', isShared: true };

/** What is to be seen of the tree, in what each package manager prints. */
const checks: Record<ManagerName, { command: string; says: RegExp; hides: RegExp }> = {
  npm: { command: 'ls ws', says: /ws@npm:hybi@/, hides: /ws@8|invalid/ },
  pnpm: { command: 'why ws', says: /Found 1 version of hybi/, hides: /ws@8|of ws/ },
  'yarn 1': { command: 'why ws', says: /Found "ws@0\./, hides: /ws@8/ },
  'yarn 4': { command: 'why ws', says: /^\s*$/, hides: /ws@/ },
};

// At once: each has a project of its own, and most of it is waiting for processes.
describe.concurrent('the steps of the document', () => {
  it.each(managerNames)(
    '%s: hybi for the program, then for all, then back',
    async (managerName) => {
      const project = projectOf(managerName, 'all');
      const { command, says, hides } = checks[managerName];
      const check = (): Promise<string> =>
        project.manager.run(project.directory, command.split(' '));

      await project.install();
      expect(await project.whichWs()).toMatchObject({ nested: 'ws' });
      await follow(project, 'alias');
      expect(await project.whichWs()).toEqual(ownIsHybi);
      expect(await check()).toMatch(/ws@(npm:)?8\./);

      await follow(project, 'overrides', 'reinstall');
      expect(await project.whichWs()).toEqual(onlyHybi);
      const printed = await check();
      expect(printed).toMatch(says);
      expect(printed).not.toMatch(hides);

      project.removeOverrides();
      await follow(project, 'back');
      expect(await project.whichWs()).toEqual(onlyWs);
    },
  );

  it('npm: hybi for the others of a program that does not use it', async () => {
    const project = projectOf('npm', 'alone');
    await follow(project, 'overrides-alone');
    await project.install();
    expect(await project.whichWs()).toMatchObject({ nested: 'hybi' });
  });

  it('npm: no override that differs from the dependency', async () => {
    const project = projectOf('npm', 'conflict');
    await follow(project, 'alias', 'overrides-alone');
    await expect(project.install()).rejects.toMatchObject({
      output: expect.stringContaining('EOVERRIDE'),
    });
  });

  it('npm: what its lockfile has is kept, and invalid', async () => {
    const project = projectOf('npm', 'kept');
    await project.install();
    await follow(project, 'alias', 'overrides');
    await project.install();
    expect(await project.whichWs()).toEqual(ownIsHybi);
    await expect(project.manager.run(project.directory, ['ls', 'ws'])).rejects.toMatchObject({
      output: expect.stringContaining('invalid'),
    });
  });

  it('pnpm: the overrides may be in package.json', async () => {
    const project = projectOf('pnpm', 'manifest');
    await follow(project, 'alias', 'overrides-in-manifest', 'reinstall');
    expect(await project.whichWs()).toEqual(onlyHybi);
  });
});

it('no step of the document was left out', () => {
  expect([...done].sort()).toEqual([...documentedSteps().keys()].sort());
});

it.each(managerNames)('%s is asked for the tree as the document says', (managerName) => {
  const text = readFileSync(path.join(root, 'docs/migrating-from-ws.md'), 'utf8');
  const [name = ''] = managerName.split(' ');
  const row = new RegExp(
    `^\\| ${managerName} +\\| \`${name} ${checks[managerName].command}\` `,
    'im',
  );
  expect(text).toMatch(row);
});
