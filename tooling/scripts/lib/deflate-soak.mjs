/** The clients of the soak, and its measurements. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../../bench/package.json', import.meta.url));
/** @type {typeof import('hybi')} */
const WebSocket = require('hybi');

const serverProgram = fileURLToPath(new URL('./deflate-soak-server.mjs', import.meta.url));
const words = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima'.split(' ');
const sampleMilliseconds = 5000;
/** Share of the time after which the memory is taken as that of a warm server. */
const warmUp = 0.25;

/**
 * @typedef {object} SoakOptions
 * @property {number} milliseconds how long clients come and go
 * @property {number} connections how many are open at a time
 * @property {string} library of the server: hybi or ws
 * @property {(sample: { seconds: number, megabytes: number, messages: number, clients: number }) => void} [onSample]
 */

/**
 * Runs the soak.
 *
 * @param {SoakOptions} options
 * @returns the counts, and the server's resident memory in MB: before the first client, warm, at the
 *   end of the traffic, and when all clients have left
 */
export async function soak({ milliseconds, connections, library, onSample }) {
  const server = fork(serverProgram, [library], { execArgv: ['--expose-gc'] });
  const [{ port }] = await once(server, 'message');
  const measure = async () => {
    server.send('measure');
    const [{ bytes }] = await once(server, 'message');
    return Math.round(bytes / 1e6);
  };
  const counts = { clients: 0, messages: 0, wrong: 0 };
  const started = performance.now();
  const end = started + milliseconds;
  const elapsed = () => performance.now() - started;
  const before = await measure();
  let warm;
  const timer = setInterval(
    async () => {
      const megabytes = await measure();
      if (elapsed() >= milliseconds * warmUp) warm ??= megabytes;
      onSample?.({ seconds: Math.round(elapsed() / 1000), megabytes, ...counts });
    },
    Math.min(sampleMilliseconds, milliseconds / 8),
  );
  const lane = async () => {
    while (performance.now() < end) await oneClient(port, counts, end);
  };
  await Promise.all(Array.from({ length: connections }, lane));
  clearInterval(timer);
  const atEnd = await measure();
  await new Promise((resolve) => setTimeout(resolve, Math.min(2000, milliseconds / 4)));
  const left = await measure();
  server.kill();
  return { library, connections, ...counts, megabytes: { before, warm, end: atEnd, left } };
}

/** Connects, exchanges some messages, and leaves: mostly politely. */
async function oneClient(port, counts, end) {
  const websocket = new WebSocket(`ws://127.0.0.1:${port}`, {
    perMessageDeflate: { threshold: 0, zlibDeflateOptions: { level: 1 } },
  });
  await once(websocket, 'open');
  counts.clients++;
  const exchanges = 5 + Math.floor(Math.random() * 30);
  for (let i = 0; i < exchanges && performance.now() < end; i++) {
    const text = randomText();
    websocket.send(text);
    const [data] = await once(websocket, 'message');
    counts.messages++;
    if (data.toString() !== text) counts.wrong++;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 500));
  }
  if (Math.random() < 0.2) websocket.terminate();
  else websocket.close();
  await once(websocket, 'close');
}

/** Mostly small, sometimes for the thread pool, seldom a megabyte. */
function randomText() {
  const dice = Math.random();
  const length = dice < 0.6 ? 500 : dice < 0.9 ? 4000 : dice < 0.995 ? 40_000 : 1_000_000;
  const size = Math.ceil(Math.random() * length);
  const parts = [];
  for (let at = 0; at < size;) {
    const part = `${words[Math.floor(Math.random() * words.length)]}${Math.floor(Math.random() * 1000)} `;
    parts.push(part);
    at += part.length;
  }
  return parts.join('').slice(0, size);
}
