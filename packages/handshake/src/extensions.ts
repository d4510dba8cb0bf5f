/**
 * The grammar of `Sec-WebSocket-Extensions`, both ways.
 *
 * It knows no extension: what parameters mean is for the negotiation of each.
 */
import { FieldScanner } from './field-scanner.js';
import { isToken } from './token.js';

/**
 * Parameters by name, each with its values in order; `true` stands for no
 * value. Null prototype.
 */
export type ExtensionParameters = Record<string, (string | true)[]>;

/**
 * Extensions by name, each with the parameters of every time it is listed, in
 * order. Null prototype.
 */
export type Extensions = Record<string, ExtensionParameters[]>;

/** A value to write; `true` writes the bare name of the parameter. */
export type FormattableValue = true | string | number;

/** Parameters to write: one value or several per name. */
export type FormattableParameters = Readonly<
  Record<string, FormattableValue | readonly FormattableValue[]>
>;

/** Extensions to write: one set of parameters or several per name. */
export type FormattableExtensions = Readonly<
  Record<string, FormattableParameters | readonly FormattableParameters[]>
>;

const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

/**
 * Parses the value of a `Sec-WebSocket-Extensions` header, in linear time.
 *
 * Values may be tokens or quoted strings; a quoted string is returned
 * unescaped. The maps have no prototype, so a name such as `__proto__` is a
 * name like any other.
 *
 * @throws {SyntaxError} if `header` does not follow the grammar
 * @see RFC 6455 §9.1
 */
export function parseExtensions(header: string): Extensions {
  const extensions: Extensions = createMap();
  const scanner = new FieldScanner(header);
  do {
    const name = scanner.element();
    scanner.expectDelimiter(';,');
    append(extensions, name, parseParameters(scanner));
  } while (scanner.take(COMMA));
  return extensions;
}

function parseParameters(scanner: FieldScanner): ExtensionParameters {
  const parameters: ExtensionParameters = createMap();
  while (scanner.take(SEMICOLON)) {
    const name = scanner.element();
    const value = scanner.take(EQUALS) ? scanner.tokenOrQuoted() : true;
    scanner.expectDelimiter(';,');
    append(parameters, name, value);
  }
  return parameters;
}

function createMap<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

function append<Value>(map: Record<string, Value[]>, name: string, value: Value): void {
  const values = map[name];
  if (values === undefined) map[name] = [value];
  else values.push(value);
}

/**
 * Writes the value of a `Sec-WebSocket-Extensions` header:
 * `{ a: { b: true, c: 1 }, d: [{}, {}] }` is `'a; b; c=1, d, d'`.
 *
 * @throws {TypeError} if a name or a value is not a token
 * @see RFC 6455 §9.1
 */
export function formatExtensions(extensions: FormattableExtensions): string {
  return Object.entries(extensions)
    .flatMap(([name, sets]) => toList(sets).map((parameters) => formatElement(name, parameters)))
    .join(', ');
}

function formatElement(name: string, parameters: FormattableParameters): string {
  const formatted = Object.entries(parameters).flatMap(([parameter, values]) =>
    toList(values).map((value) => formatParameter(parameter, value)),
  );
  return [checkToken(name, 'extension name'), ...formatted].join('; ');
}

function formatParameter(name: string, value: FormattableValue): string {
  checkToken(name, 'extension parameter name');
  if (value === true) return name;
  return `${name}=${checkToken(String(value), `value of the extension parameter "${name}"`)}`;
}

function toList<Item>(items: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(items) ? (items as readonly Item[]) : [items as Item];
}

function checkToken(text: string, what: string): string {
  if (!isToken(text)) {
    throw new TypeError(`The ${what} must be a token, got ${JSON.stringify(text)}`);
  }
  return text;
}
