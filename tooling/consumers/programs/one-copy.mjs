/**
 * Loads one entry by `import` and by `require` in one process, and compares.
 *
 * Usage: node one-copy.mjs <specifier>; exits with 1 and the differences.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const specifier = process.argv[2];

const imported = await import(specifier);
const required = require(specifier);

// A function is the CommonJS form of an entry with a default export.
const isDefault = typeof required === 'function';
if (isDefault) assert.equal(imported.default, required, 'default is not what require() gives');

const names = Object.keys(imported).filter((name) => name !== 'default');
assert.ok(names.length > 0, 'nothing is exported');
for (const name of names) {
  assert.ok(imported[name] !== undefined, `${name} is undefined`);
  assert.equal(imported[name], required[name], `${name} is there twice`);
}
if (!isDefault) {
  assert.deepEqual(names.sort(), Object.keys(required).sort());
  assert.ok(!('default' in imported), 'there is a default export');
}

// What all other platforms load: another build, with the same names.
const portable = await import(pathToFileURL(portableFile(specifier)).href);
assert.deepEqual(Object.keys(portable).sort(), Object.keys(imported).sort());

function portableFile(entry) {
  const name = entry.split('/', entry.startsWith('@') ? 2 : 1).join('/');
  const manifest = require.resolve(`${name}/package.json`);
  const { exports } = require(manifest);
  return path.join(path.dirname(manifest), exports[`.${entry.slice(name.length)}`].default.default);
}
