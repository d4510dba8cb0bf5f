import { definePackage } from '@hybi/build';

export default definePackage({
  entries: { node: 'src/node.ts', web: 'src/web.ts' },
  tsconfig: 'tsconfig.node.json',
});
