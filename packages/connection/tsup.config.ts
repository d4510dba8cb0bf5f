import { definePackage } from '@hybi/build';

export default definePackage({
  entries: { index: 'src/index.ts', node: 'src/node/index.ts' },
  tsconfig: 'tsconfig.node.json',
});
