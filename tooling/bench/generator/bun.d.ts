/** The parts of Bun that the generator uses. */
declare module 'bun:ffi' {
  /** Native functions by name, called with numbers; pointers are numbers too. */
  export function dlopen(
    library: string,
    functions: Record<string, { args: string[]; returns: string }>,
  ): { symbols: Record<string, (...args: number[]) => number> };
  /** The address of the array's memory, which must be kept alive and in its place. */
  export function ptr(bytes: ArrayBufferView): number;
}

declare module 'bun' {
  /** Nanoseconds since the process began; never goes back. */
  export function nanoseconds(): number;
}
