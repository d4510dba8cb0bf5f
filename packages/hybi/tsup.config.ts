import { definePackage } from '@hybi/build';

export default definePackage({ entries: { index: 'src/index.ts' }, commonjsDefault: 'index' });
