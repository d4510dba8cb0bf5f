// @ts-check
// What the command line and PORT ask for. Knows nothing of servers.
import { parseArgs } from 'node:util';

const DEFAULT_PORT = 8080;

export const HELP = `Usage: npm start -- [options]

Serves the hybi demo on http://127.0.0.1:${DEFAULT_PORT} after a short self-check.

  --check   run the self-check only, on a free port unless PORT is set; exit 0 or 1
  --help    show this text

Environment:
  PORT      the port to listen on, 0 for any free one
`;

/** Why the demo cannot start: its message is the one line that the person sees. */
export class StartError extends Error {
  /** @override */
  name = 'StartError';
}

/**
 * Reads the arguments and the environment.
 *
 * @param {string[]} args - what follows the script's name
 * @param {{ PORT?: string | undefined }} env
 * @returns {{ action: 'help' | 'check' | 'serve', port: number }}
 * @throws {StartError} for an unknown argument or a bad PORT
 */
export function readCommandLine(args, env) {
  const { check, help } = parseOptions(args);
  if (help) return { action: 'help', port: 0 };
  return check
    ? { action: 'check', port: readPort(env.PORT, 0) }
    : { action: 'serve', port: readPort(env.PORT, DEFAULT_PORT) };
}

/** @param {string[]} args */
function parseOptions(args) {
  try {
    return parseArgs({
      args,
      options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    const [firstSentence] = /** @type {Error} */ (error).message.split('. ');
    throw new StartError(`${firstSentence}. Try --help.`);
  }
}

/**
 * @param {string | undefined} value
 * @param {number} fallback - for a PORT that is unset or empty
 */
function readPort(value, fallback) {
  if (value === undefined || value === '') return fallback;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (port <= 65535) return port;
  throw new StartError(`PORT must be a number from 0 to 65535, not ${JSON.stringify(value)}.`);
}
