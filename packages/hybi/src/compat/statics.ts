/** The module shape of `ws`: everything hangs on the class. */

/**
 * Puts the exports on the class as enumerable, assignable properties, in the
 * order in which `ws` has them.
 */
export function addStatics<C extends object, S extends object>(target: C, statics: S): C & S {
  return Object.assign(target, statics);
}

/** Puts what `ws` does not have on the class as assignable properties that loops do not find. */
export function addHiddenStatics(target: object, statics: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(statics)) {
    Object.defineProperty(target, name, { configurable: true, value, writable: true });
  }
}

/**
 * Gives a prototype members of its own that do what the inherited ones do, and
 * that loops find: programs look for them there.
 */
export function ownMembers(prototype: object, names: readonly string[]): void {
  for (const name of names) {
    const descriptor = findDescriptor(prototype, name);
    if (descriptor !== undefined) {
      Object.defineProperty(prototype, name, { ...descriptor, enumerable: true });
    }
  }
}

/** Gives a class and its prototype the constants that they inherit as their own. */
export function ownConstants(target: { prototype: object }, names: readonly string[]): void {
  for (const name of names) {
    const value: unknown = (target as unknown as Record<string, unknown>)[name];
    Object.defineProperty(target, name, { enumerable: true, value });
    Object.defineProperty(target.prototype, name, { enumerable: true, value });
  }
}

function findDescriptor(start: object, name: string): PropertyDescriptor | undefined {
  let prototype: object | null = start;
  while (prototype !== null) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    if (descriptor !== undefined) return descriptor;
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return undefined;
}
