// @ts-check
/**
 * What the clients have in common: so many connections, each with so many
 * messages on their way, against a server that echoes them.
 */
import process from 'node:process';
import { answerLines, tell } from '../src/lines.mjs';
import { createPayloads } from '../src/payloads.mjs';
import { usage } from '../src/usage.mjs';

/**
 * @typedef Link - an open connection
 * @property {(payload: Uint8Array) => void} send
 *
 * @typedef {(url: string, onMessage: (length: number) => void) => Promise<Link>} Connect
 */

/** @param {Connect} connect */
export async function runClient(connect) {
  const { port, shape } = JSON.parse(process.argv[2] ?? '{}');
  const [payload = new Uint8Array(0)] = createPayloads(shape);
  const message = Buffer.from(payload);
  let sending = false;
  let completed = 0;
  let outstanding = 0;
  /** @type {() => void} */
  let onIdle = () => {};

  /** @type {(link: Link) => void} */
  const ask = (link) => {
    outstanding++;
    link.send(message);
  };

  /** @type {Link[]} */
  const links = [];
  for (let i = 0; i < shape.connections; i++) {
    const link = await connect(`ws://127.0.0.1:${port}`, (length) => {
      if (length !== message.length) throw new Error(`A message of ${length} bytes came`);
      completed++;
      outstanding--;
      if (sending) ask(link);
      else if (outstanding === 0) onIdle();
    });
    links.push(link);
  }

  answerLines(async ({ ms }) => {
    completed = 0;
    const before = usage();
    const start = process.hrtime.bigint();
    sending = true;
    for (const link of links) for (let i = 0; i < shape.inFlight; i++) ask(link);
    await new Promise((resolve) => setTimeout(resolve, ms));
    const messages = completed;
    const elapsedNs = Number(process.hrtime.bigint() - start);
    sending = false;
    await new Promise((resolve) => (onIdle = () => resolve(null)));
    // The CPU time goes to all messages, those after the end of the time too.
    const cpuMicros = ((usage().cpuMicros - before.cpuMicros) * messages) / completed;
    return { messages, elapsedNs, cpuMicros };
  });
  tell({});
}
