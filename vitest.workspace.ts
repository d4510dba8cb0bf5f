import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Tests run against the sources; what is published is tested by `packaging`.
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

const names = [
  'frame',
  'handshake',
  'permessage-deflate',
  'connection',
  'client',
  'server',
  'stream',
  'hybi',
];

export default defineConfig({
  test: {
    projects: [
      ...names.map((name) => ({
        resolve: { alias },
        test: {
          name,
          root: at(`packages/${name}`),
          include: ['test/**/*.test.ts'],
        },
      })),
    ],
  },
});
