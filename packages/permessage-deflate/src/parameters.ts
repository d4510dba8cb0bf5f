/**
 * The parameters of permessage-deflate: their names, their values, what makes one invalid.
 *
 * Knows what a single list of parameters may hold (RFC 7692 §7.1), not which list fits which
 * options: that is the matter of `client-negotiation.ts` and `server-negotiation.ts`.
 */
import { createDeflateError } from './errors.js';

/** The name of the extension in `Sec-WebSocket-Extensions`. */
export const extensionName = 'permessage-deflate';

/**
 * The agreed parameters, as the server's response states them.
 *
 * `client_max_window_bits: true` (the name without a value) stands in offers only. The order of the
 * properties is their order in the header.
 *
 * @see RFC 7692 §7.1
 */
export interface DeflateParameters {
  /** The server starts every message with an empty window. */
  server_no_context_takeover?: true;
  /** The client starts every message with an empty window. */
  client_no_context_takeover?: true;
  /** The server's window has at most 2 ** n bytes, n from 8 to 15; 15 when absent. */
  server_max_window_bits?: number;
  /** The client's window has at most 2 ** n bytes, n from 8 to 15; 15 when absent. */
  client_max_window_bits?: number | true;
}

/** The parameters of a client's offer; `server_max_window_bits: true` is sent without a value. */
export interface DeflateOffer extends Omit<DeflateParameters, 'server_max_window_bits'> {
  server_max_window_bits?: number | true;
}

/**
 * One parsed `permessage-deflate` element of a header, as `parseExtensions` of `@hybi/handshake`
 * returns it: every occurrence of a parameter, `true` for a name without a value. The prototype may
 * be null.
 */
export type OfferedParameters = Record<string, (string | true)[]>;

/**
 * What an endpoint wants of the extension. `false` and absent differ, as each option says.
 */
export interface DeflateNegotiationOptions {
  /**
   * Server: true imposes it, false refuses offers that ask for it.
   * Client: true asks for it.
   */
  serverNoContextTakeover?: boolean | undefined;
  /**
   * Server: true imposes it on the client.
   * Client: true announces it, false refuses responses that impose it.
   */
  clientNoContextTakeover?: boolean | undefined;
  /**
   * Server: a number from 8 to 15 is the window that it states, and offers of a smaller one are
   * refused; false refuses every offer that asks for a window.
   * Client: a number from 8 to 15 asks for that window; true sends the bare name.
   */
  serverMaxWindowBits?: number | boolean | undefined;
  /**
   * Server: a number from 8 to 15 is imposed on the client, and offers that do not allow it are
   * refused; false never states one.
   * Client: absent, null or true announces that the server may choose; a number from 8 to 15 is a
   * hint and the upper bound of what is taken from the response; false announces nothing and
   * refuses responses that have it.
   */
  clientMaxWindowBits?: number | boolean | null | undefined;
}

/** The names that RFC 7692 defines. */
type ParameterName = keyof DeflateParameters;

/**
 * Checks one parsed element and returns its parameters as values, in the same order.
 *
 * @param offered - is not changed
 * @param bareClientWindow - whether `client_max_window_bits` may stand without a value (offers only)
 * @throws {Error} a parameter stands twice or is unknown
 * @throws {TypeError} a value is missing, superfluous or out of range
 */
export function readParameters(
  offered: OfferedParameters,
  bareClientWindow: boolean,
): DeflateParameters {
  const parameters: DeflateParameters = {};
  for (const name of Object.keys(offered)) {
    const values = offered[name] as (string | true)[];
    if (values.length > 1) {
      throw createDeflateError(
        'WS_ERR_DEFLATE_REPEATED_PARAMETER',
        `Parameter "${name}" must have only a single value`,
      );
    }
    readParameter(parameters, name as ParameterName, values[0], bareClientWindow);
  }
  return parameters;
}

function readParameter(
  parameters: DeflateParameters,
  name: ParameterName,
  value: string | true | undefined,
  bareClientWindow: boolean,
): void {
  switch (name) {
    case 'server_no_context_takeover':
    case 'client_no_context_takeover':
      if (value !== true) throw invalidValue(name, value);
      parameters[name] = true;
      return;
    case 'client_max_window_bits':
      parameters[name] = value === true && bareClientWindow ? true : readWindowBits(name, value);
      return;
    case 'server_max_window_bits':
      parameters[name] = readWindowBits(name, value);
      return;
    default:
      throw createDeflateError(
        'WS_ERR_DEFLATE_UNKNOWN_PARAMETER',
        `Unknown parameter "${String(name)}"`,
      );
  }
}

/**
 * RFC 7692 §7.1.2 wants decimal digits without leading zeros. `ws` takes whatever `Number` turns
 * into such an integer (`08`), and peers that rely on it must go on working.
 */
function readWindowBits(name: ParameterName, value: string | true | undefined): number {
  const windowBits = value === true ? NaN : Number(value);
  if (!isWindowBits(windowBits)) throw invalidValue(name, value);
  return windowBits;
}

/** Whether a number may stand as window bits, which is an integer from 8 to 15 (RFC 7692 §7.1.2). */
export function isWindowBits(value: number): boolean {
  return Number.isInteger(value) && value >= 8 && value <= 15;
}

function invalidValue(name: ParameterName, value: string | true | undefined): Error {
  return createDeflateError(
    'WS_ERR_DEFLATE_INVALID_PARAMETER',
    `Invalid value for parameter "${name}": ${String(value)}`,
  );
}

/**
 * Throws for window bits in the options that no header may carry.
 *
 * @throws {RangeError} a number is not an integer from 8 to 15
 */
export function checkWindowOptions(options: DeflateNegotiationOptions): void {
  checkWindowOption('serverMaxWindowBits', options.serverMaxWindowBits);
  checkWindowOption('clientMaxWindowBits', options.clientMaxWindowBits);
}

function checkWindowOption(name: string, value: number | boolean | null | undefined): void {
  if (typeof value === 'number' && !isWindowBits(value)) {
    throw new RangeError(`The "${name}" option must be an integer from 8 to 15, got ${value}`);
  }
}
