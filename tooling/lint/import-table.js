// @ts-check
/**
 * Who may import whom: the table of docs/architecture.md as data.
 *
 * The lint rule `hybi/imports` and the test of the manifests both read it, so
 * this is the one place to change. Whatever is not listed is forbidden.
 *
 * @typedef {object} PackageImports
 * @property {string} directory where the package lives, from the root
 * @property {string[]} packages workspace packages it may import
 * @property {string[]} packageTypes workspace packages it may import types of
 * @property {string[]} peers optional packages that it, or a package below it, requires at run
 *   time: each on the way names them, so that a strict package manager hands the application's copy
 *   down, and makes one instance of `@hybi/connection` and not two
 * @property {boolean} [requiresPeers] whether it requires them itself
 * @property {Record<string, string[]>} node source files to the `node:` modules they may import
 * @property {Record<string, string[]>} nodeTypes the same, for types alone
 * @property {string[]} bundles folders that become a file of their own in `dist`; a value
 *   that crosses their border by a relative path would exist twice in one process
 *
 * A key of `node` is a file (`src/node.ts`) or everything below a folder
 * (`src/node/**`); all keys that match a file count.
 */

/** Types of these say how a caller's options and sockets look; they cost nothing at run time. */
const vocabulary = [
  'buffer',
  'crypto',
  'dns',
  'events',
  'http',
  'http2',
  'https',
  'net',
  'stream',
  'stream/web',
  'tls',
  'url',
  'zlib',
];

/** @type {Record<string, PackageImports>} */
export const importTable = {
  '@hybi/frame': {
    directory: 'packages/frame',
    packages: [],
    packageTypes: [],
    peers: [],
    node: {},
    nodeTypes: {},
    bundles: [],
  },
  '@hybi/handshake': {
    directory: 'packages/handshake',
    packages: [],
    packageTypes: [],
    peers: [],
    node: { 'src/sha1.node.ts': ['crypto'] },
    nodeTypes: {},
    bundles: [],
  },
  '@hybi/permessage-deflate': {
    directory: 'packages/permessage-deflate',
    packages: [],
    packageTypes: [],
    peers: [],
    node: { 'src/node/**': ['zlib'] },
    nodeTypes: {},
    bundles: ['src/node'],
  },
  '@hybi/connection': {
    directory: 'packages/connection',
    packages: ['@hybi/frame'],
    packageTypes: [],
    peers: ['bufferutil', 'utf-8-validate'],
    requiresPeers: true,
    // `net` to tell a socket, whose bytes the kernel copies, from any other
    // Duplex; `http` and `module` for the accelerators.
    node: { 'src/node/**': ['buffer', 'crypto', 'events', 'http', 'module', 'net', 'util'] },
    nodeTypes: { 'src/node/**': ['stream', 'tls'] },
    bundles: ['src/node'],
  },
  '@hybi/stream': {
    directory: 'packages/stream',
    packages: [],
    packageTypes: ['@hybi/connection'],
    peers: ['bufferutil', 'utf-8-validate'],
    node: { 'src/node.ts': ['stream'], 'src/node/**': ['stream'] },
    nodeTypes: { 'src/node.ts': vocabulary, 'src/node/**': vocabulary },
    bundles: [],
  },
  '@hybi/client': {
    directory: 'packages/client',
    packages: ['@hybi/connection', '@hybi/handshake', '@hybi/permessage-deflate'],
    packageTypes: [],
    peers: ['bufferutil', 'utf-8-validate'],
    node: { 'src/**': ['crypto', 'events', 'http', 'http2', 'https', 'net', 'tls'] },
    nodeTypes: { 'src/**': vocabulary },
    bundles: [],
  },
  '@hybi/server': {
    directory: 'packages/server',
    packages: ['@hybi/connection', '@hybi/handshake', '@hybi/permessage-deflate'],
    packageTypes: [],
    peers: ['bufferutil', 'utf-8-validate'],
    node: { 'src/**': ['crypto', 'events', 'http', 'http2', 'https', 'net'] },
    nodeTypes: { 'src/**': vocabulary },
    bundles: [],
  },
  hybi: {
    directory: 'packages/hybi',
    packages: [
      '@hybi/client',
      '@hybi/connection',
      '@hybi/frame',
      '@hybi/handshake',
      '@hybi/permessage-deflate',
      '@hybi/server',
      '@hybi/stream',
    ],
    packageTypes: [],
    peers: ['bufferutil', 'utf-8-validate'],
    node: { 'src/compat/**': ['events', 'stream'] },
    nodeTypes: { 'src/**': vocabulary },
    bundles: [],
  },
};
