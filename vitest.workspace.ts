import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// An accelerator that is installed is used, whatever the shell says.
delete process.env.WS_NO_BUFFER_UTIL;
delete process.env.WS_NO_UTF_8_VALIDATE;

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Tests run against the sources; what is published is tested by `consumers`.
const alias = {
  '@hybi/frame': at('packages/frame/src/index.ts'),
  '@hybi/handshake': at('packages/handshake/src/index.ts'),
  '@hybi/permessage-deflate/node': at('packages/permessage-deflate/src/node/index.ts'),
  '@hybi/permessage-deflate': at('packages/permessage-deflate/src/index.ts'),
  '@hybi/connection/node': at('packages/connection/src/node/index.ts'),
  '@hybi/connection': at('packages/connection/src/index.ts'),
  '@hybi/client': at('packages/client/src/index.ts'),
  '@hybi/server': at('packages/server/src/index.ts'),
  '@hybi/stream/node': at('packages/stream/src/node.ts'),
  '@hybi/stream/web': at('packages/stream/src/web.ts'),
  hybi: at('packages/hybi/src/index.ts'),
  '@hybi/testkit': at('tooling/testkit/src/index.ts'),
};

const packages = [
  'frame',
  'handshake',
  'permessage-deflate',
  'connection',
  'client',
  'server',
  'stream',
  'hybi',
];
const last = ['interop', 'consumers'];
const tooling = readdirSync(at('tooling')).filter(
  (name) => !last.includes(name) && existsSync(at(`tooling/${name}/test`)),
);

interface ProjectOptions {
  testTimeout?: number;
  hookTimeout?: number;
  sequence?: { groupOrder: number };
}

const project = (directory: string, options: ProjectOptions = {}) => ({
  resolve: { alias },
  test: {
    name: directory.slice(directory.indexOf('/') + 1),
    root: at(directory),
    include: ['test/**/*.test.ts'],
    testTimeout: 10_000,
    hookTimeout: 10_000,
    sequence: { groupOrder: 0 },
    ...options,
  },
});

export default defineConfig({
  test: {
    projects: [
      ...packages.map((name) => project(`packages/${name}`)),
      ...tooling.map((name) => project(`tooling/${name}`)),
      // These keep the machine busy for minutes: each alone, after all others.
      project('tooling/interop', { sequence: { groupOrder: 1 } }),
      project('tooling/consumers', {
        testTimeout: 60_000,
        hookTimeout: 300_000,
        sequence: { groupOrder: 2 },
      }),
    ],
  },
});
