import type { Options } from 'tsup';

export interface PackageBuild {
  /** Entry name (the file name in `dist`) to source file. */
  entries: Record<string, string>;
  /**
   * An entry whose CommonJS form is its default export itself
   * (`require(name)` is that value). Its declarations are written by hand.
   */
  commonjsDefault?: string;
  /** Default: `tsconfig.json`. */
  tsconfig?: string;
}

export declare function definePackage(build: PackageBuild): Options[];
