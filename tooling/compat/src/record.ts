/** What a scenario has seen, in a form that can be compared. */
import { createHash } from 'node:crypto';

/** From this many bytes on a record holds a hash instead of the bytes. */
const longBytes = 256;

export type Entry = readonly unknown[];

/** Writes down what happens, in order. */
export class Record {
  readonly entries: Entry[] = [];
  readonly #names = new Map<string, string>();

  /** From now on a name is written in the place of a text that no two runs share, such as a port. */
  hide(text: string, name: string): void {
    this.#names.set(text, name);
  }

  /** Notes that something happened; values are made comparable. */
  note(what: string, ...values: unknown[]): void {
    const { size } = this.#names;
    const plain = values.map((value) => comparable(value, 0));
    this.entries.push([what, ...(size === 0 ? plain : plain.map((value) => this.#named(value)))]);
  }

  #named(value: unknown): unknown {
    if (typeof value === 'string') {
      let text = value;
      for (const [hidden, name] of this.#names) text = text.replaceAll(hidden, name);
      return text;
    }
    if (Array.isArray(value)) return value.map((each) => this.#named(each));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => [key, this.#named(each)]);
    return Object.fromEntries(entries);
  }
}

/** A value as plain data: bytes as hex, errors as class, message and code. */
export function comparable(value: unknown, depth: number): unknown {
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (Buffer.isBuffer(value)) return ['Buffer', describeBytes(value)];
  if (value instanceof ArrayBuffer) return ['ArrayBuffer', describeBytes(new Uint8Array(value))];
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return [value.constructor.name, describeBytes(new Uint8Array(buffer, byteOffset, byteLength))];
  }
  if (depth > 4) return `[${value.constructor?.name ?? 'object'}]`;
  if (Array.isArray(value)) return value.map((each) => comparable(each, depth + 1));
  if (value instanceof Set || value instanceof Map) {
    return [value.constructor.name, ...[...value].map((each) => comparable(each, depth + 1))];
  }
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== null && prototype !== Object.prototype) return `[${value.constructor.name}]`;
  const entries = Object.entries(value).map(([key, each]) => [key, comparable(each, depth + 1)]);
  return prototype === null
    ? { 'null prototype': Object.fromEntries(entries) }
    : Object.fromEntries(entries);
}

function describeError(error: Error): unknown {
  const { code } = error as { code?: unknown };
  return {
    class: error.constructor.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
  };
}

function describeBytes(bytes: Uint8Array): string {
  if (bytes.length < longBytes) return Buffer.from(bytes).toString('hex');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return `${bytes.length} bytes, sha256 ${hash}`;
}
