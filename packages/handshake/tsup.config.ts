import { definePackage } from '@hybi/build';

export default definePackage({
  entries: { index: 'src/index.ts' },
  // tsup takes `paths` for instructions too, and those of tsconfig.json are for the type check.
  tsconfig: 'tsconfig.node.json',
});
