/** What package.json says, and what it lets in. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';

const deepPaths = `
const paths = ['lib/websocket.js', 'lib/websocket', 'lib/', 'index.js', 'wrapper.mjs', 'browser.js',
  'dist/index.cjs', 'package', 'src/index.ts'];
for (const path of paths) {
  const failed = (error) => error.code;
  const imported = await import('PACKAGE/' + path).then(() => 'loaded', failed);
  let required = 'loaded';
  try { require('PACKAGE/' + path); } catch (error) { required = error.code; }
  print(path, imported, required);
}`;

const prelude = `
import { createRequire } from 'node:module';
import path from 'node:path';
const require = createRequire(import.meta.url);
const manifest = require('PACKAGE/package.json');
const at = (file) => path.join(path.dirname(require.resolve('PACKAGE/package.json')), file);
const print = (...values) => console.log(JSON.stringify(values));
`;

export const packageScenarios: readonly Scenario[] = [
  {
    title: 'what can be loaded',
    covers: ['1.exports', '1.exports.deep'],
    run: (world) =>
      noteProgram(
        world,
        'loaded',
        `${prelude}
print(Object.keys(manifest.exports), manifest.name === 'PACKAGE');
print(typeof (await import('PACKAGE')).default, typeof require('PACKAGE'));
${deepPaths}`,
      ),
  },
  {
    title: 'the fields of old tools',
    covers: ['1.main', '1.browser-field'],
    run: (world) =>
      noteProgram(
        world,
        'fields',
        `${prelude}
print(require(at(manifest.main)) === require('PACKAGE'), require.resolve('PACKAGE') === at(manifest.main));
print(String(require(at(manifest.browser)).name));
try { require(at(manifest.browser))(); } catch (error) { print(error.message); }`,
      ),
  },
  {
    title: 'peers',
    covers: ['1.peers'],
    run: (world) =>
      noteProgram(
        world,
        'peers',
        `${prelude}
print(manifest.peerDependencies, manifest.peerDependenciesMeta);`,
      ),
  },
  {
    title: 'Node versions and dependencies',
    covers: ['1.engines', '1.dependencies'],
    because: 'hybi is cut into packages and supports the Node versions that are maintained',
    expected: {
      ws: [['manifest', 0, [{ node: '>=10.0.0' }, [], []], '']],
      hybi: [['manifest', 0, [{ node: '>=20' }, [], []], '']],
    },
    run: (world) =>
      noteProgram(
        world,
        'manifest',
        `${prelude}
const foreign = Object.keys(manifest.dependencies ?? {}).filter((name) => !name.startsWith('@hybi/'));
print(manifest.engines, foreign, Object.keys(manifest.optionalDependencies ?? {}));`,
      ),
  },
  {
    title: 'declarations',
    covers: ['1.types'],
    because: 'Section 0: declarations ship with hybi, and contain what @types/ws lacks',
    expected: {
      ws: [['types', 0, [false, []], '']],
      hybi: [['types', 0, [true, []], '']],
    },
    run: (world) =>
      noteProgram(
        world,
        'types',
        `${prelude}
import { existsSync, readFileSync, readdirSync } from 'node:fs';
const lacking = ['Receiver', 'Sender', 'PerMessageDeflate', 'extension', 'subprotocol'];
const folder = manifest.types ? path.dirname(at(manifest.types)) : '';
const files = folder ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
const text = files.map((file) => readFileSync(file, 'utf8')).join();
const missing = manifest.types ? lacking.filter((name) => !text.includes(name)) : [];
print(manifest.types !== undefined && existsSync(at(manifest.types)), missing);`,
      ),
  },
];
