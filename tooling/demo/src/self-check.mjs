// @ts-check
// The self-check: the library's own client against the running demo, one feature at a time.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from './library.mjs';

const TIMEOUT_MS = 5000;

/**
 * @typedef {object} CheckResult
 * @property {string} name
 * @property {number} milliseconds - what the exchange took, without the opening handshake
 * @property {string} [problem] - absent when all is well
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {string} [query]
 * @property {(socket: WebSocket, signal: AbortSignal) => Promise<void>} run
 */

/** @type {Check[]} */
const CHECKS = [
  {
    name: 'text',
    async run(socket, signal) {
      socket.send('grüß dich, 世界');
      await expectMessage(socket, signal, 'grüß dich, 世界');
    },
  },
  {
    name: 'binary',
    async run(socket, signal) {
      const bytes = randomBytes(4096);
      socket.send(bytes);
      await expectMessage(socket, signal, bytes);
    },
  },
  {
    name: 'fragmented',
    async run(socket, signal) {
      socket.send('one message ', { fin: false });
      socket.send('in three ', { fin: false });
      socket.send('fragments', { fin: true });
      await expectMessage(socket, signal, 'one message in three fragments');
    },
  },
  {
    name: 'compressed',
    query: '?compress=1',
    async run(socket, signal) {
      assert.match(socket.extensions, /^permessage-deflate/, 'compression was not negotiated');
      const text = 'again and '.repeat(1000);
      socket.send(text);
      await expectMessage(socket, signal, text);
    },
  },
  {
    name: 'ping',
    async run(socket, signal) {
      socket.ping('are you there?');
      const [payload] = await once(socket, 'pong', { signal });
      assert.equal(String(payload), 'are you there?', 'the pong carries something else');
    },
  },
  {
    name: 'close',
    async run(socket, signal) {
      socket.close(1000, 'thanks');
      const [code, reason] = await once(socket, 'close', { signal });
      assert.equal(`${code} ${reason}`, '1000 thanks', 'the close came back changed');
    },
  },
];

/**
 * Runs the checks one after the other, each on its own connection.
 *
 * @param {string} host - such as `127.0.0.1:8080`
 * @returns {AsyncGenerator<CheckResult, void, void>} results as they come in; never throws
 */
export async function* selfCheck(host) {
  for (const check of CHECKS) {
    yield runCheck(check, host);
  }
}

/**
 * @param {Check} check
 * @param {string} host
 * @returns {Promise<CheckResult>}
 */
async function runCheck({ name, query = '', run }, host) {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const socket = new WebSocket(`ws://${host}/echo${query}`);
  let startedAt = performance.now();
  try {
    await once(socket, 'open', { signal });
    startedAt = performance.now();
    await run(socket, signal);
    return { name, milliseconds: performance.now() - startedAt };
  } catch (error) {
    const problem = signal.aborted
      ? `no answer within ${TIMEOUT_MS / 1000} s`
      : firstLine(/** @type {Error} */ (error).message);
    return { name, milliseconds: performance.now() - startedAt, problem };
  } finally {
    socket.on('error', () => {}); // ending it while it connects is an error too
    socket.terminate();
  }
}

/**
 * @param {WebSocket} socket
 * @param {AbortSignal} signal
 * @param {string | Buffer} expected - a string for a text message
 */
async function expectMessage(socket, signal, expected) {
  const [data, isBinary] = await once(socket, 'message', { signal });
  assert.equal(isBinary, typeof expected !== 'string', 'the message came back as the other type');
  assert.ok(Buffer.from(expected).equals(data), 'the message came back changed');
}

// What `assert` says goes on with a comparison over many lines.
/** @param {string} message */
function firstLine(message) {
  return message.split('\n', 1)[0] ?? '';
}
