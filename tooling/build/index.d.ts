import type { Options } from 'tsup';

export interface PackageBuild {
  /** Entry name (the file name in `dist`) to source file. */
  entries: Record<string, string>;
  /**
   * An entry whose CommonJS form is its default export itself (`require(name)`
   * is that value, and has the other exports as properties). What declares
   * that shape is written by hand, over the declarations of the exports in
   * `dist/implementation.d.cts`; the manifest names it.
   */
  commonjsDefault?: string;
  /** Default: `tsconfig.json`. */
  tsconfig?: string;
}

export declare function definePackage(build: PackageBuild): Options[];
