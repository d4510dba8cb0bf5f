import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFault } from '../import-fault.js';
import { importTable } from '../import-table.js';
import { readSpecifiers } from './specifiers.js';
import { packageDirectories, readManifest, root, sourceFiles } from './workspace.js';

const packages = Object.entries(importTable);

describe('the table', () => {
  it('has every package of the workspace, under its name', () => {
    const inTable = packages.map(([name, { directory }]) => [directory, name]);
    const onDisk = packageDirectories('packages').map((directory) => [
      directory,
      readManifest(directory).name,
    ]);
    expect(inTable.sort()).toEqual(onDisk.sort());
  });

  it('has no way round: imports go down only', () => {
    const visit = (name: string, above: string[]): void => {
      expect(above).not.toContain(name);
      const { packages: below, packageTypes } = importTable[name]!;
      for (const next of [...below, ...packageTypes]) visit(next, [...above, name]);
    };
    for (const [name] of packages) visit(name, []);
  });

  it('keeps client and server apart, and deflate and connection', () => {
    const reaches = (name: string): string[] => [
      name,
      ...[...importTable[name]!.packages, ...importTable[name]!.packageTypes].flatMap(reaches),
    ];
    expect(reaches('@hybi/client')).not.toContain('@hybi/server');
    expect(reaches('@hybi/server')).not.toContain('@hybi/client');
    expect(reaches('@hybi/connection')).not.toContain('@hybi/permessage-deflate');
    expect(reaches('@hybi/permessage-deflate')).toEqual(['@hybi/permessage-deflate']);
  });
});

describe.each(packages)('the manifest of %s', (name, entry) => {
  const manifest = readManifest(entry.directory);

  it('depends on what the table says, through the workspace', () => {
    const expected = [...entry.packages, ...entry.packageTypes].map((dependency) => [
      dependency,
      'workspace:^',
    ]);
    expect(manifest.dependencies ?? {}).toEqual(Object.fromEntries(expected));
    expect(manifest.optionalDependencies).toBeUndefined();
  });

  it('has the optional peers of the table and no other', () => {
    expect(Object.keys(manifest.peerDependencies ?? {}).sort()).toEqual([...entry.peers].sort());
    expect(manifest.peerDependenciesMeta ?? {}).toEqual(
      Object.fromEntries(entry.peers.map((peer) => [peer, { optional: true }])),
    );
  });

  it('says what every published package says', () => {
    expect(manifest).toMatchObject({
      name,
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20' },
      files: expect.arrayContaining(['dist', 'src']),
      scripts: { build: 'tsup' },
      publishConfig: { access: 'public' },
    });
    expect(manifest.private).toBeUndefined();
    expect(manifest.exports).toHaveProperty(['./package.json'], './package.json');
  });

  it('runs nothing when it is installed', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => hooks.includes(script))).toEqual(
      [],
    );
  });
});

describe.each(packages)('the sources of %s', (name, { directory }) => {
  it.each(sourceFiles(directory))('%s imports what it may', (file) => {
    const faults = readSpecifiers(path.join(root, directory, file))
      .map((imported) => importFault(name, { file, ...imported }))
      .filter((fault) => fault !== undefined);
    expect(faults).toEqual([]);
  });

  it('name private imports that the manifest has', () => {
    const named = sourceFiles(directory)
      .flatMap((file) => readSpecifiers(path.join(root, directory, file)))
      .map(({ specifier }) => specifier)
      .filter((specifier) => specifier.startsWith('#'));
    const declared = Object.keys(readManifest(directory).imports ?? {});
    expect([...new Set(named)].sort()).toEqual(declared.sort());
  });
});

describe('the tooling', () => {
  it.each(packageDirectories('tooling').filter((directory) => directory !== 'tooling/scripts'))(
    '%s is private',
    (directory) => {
      expect(readManifest(directory)).toMatchObject({ private: true, version: '0.0.0' });
    },
  );
});
