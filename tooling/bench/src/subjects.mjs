// @ts-check
/** Who is measured: how each server is started. */
import { installedBinary } from './installed-binary.mjs';
import { Program } from './program.mjs';

/**
 * @typedef Subject
 * @property {string} id
 * @property {string} title
 * @property {string} [clientTitle] - where its client is measured
 * @property {'node' | 'bun' | 'deno'} runtime
 * @property {string} file - of the server, without folder and ending
 * @property {boolean} [bufferutil] - the native package is loaded
 * @property {boolean} [sameZlib] - zlib as `ws` sets it up
 */

/** @type {readonly Subject[]} */
export const subjects = [
  { id: 'ws', title: 'ws', runtime: 'node', file: 'ws' },
  {
    id: 'ws+bufferutil',
    title: 'ws with bufferutil',
    runtime: 'node',
    file: 'ws',
    bufferutil: true,
  },
  { id: 'hybi', title: 'hybi', runtime: 'node', file: 'hybi' },
  {
    id: 'hybi+bufferutil',
    title: 'hybi with bufferutil',
    runtime: 'node',
    file: 'hybi',
    bufferutil: true,
  },
  {
    id: 'hybi+zlib',
    title: "hybi with ws's zlib settings",
    runtime: 'node',
    file: 'hybi',
    sameZlib: true,
  },
  { id: 'websocket', title: 'websocket', runtime: 'node', file: 'websocket' },
  { id: 'faye-websocket', title: 'faye-websocket', runtime: 'node', file: 'faye-websocket' },
  { id: 'bun', title: "Bun's server", clientTitle: "Bun's client", runtime: 'bun', file: 'bun' },
  { id: 'deno', title: "Deno's server", runtime: 'deno', file: 'deno' },
  { id: 'net', title: 'bare node:net', runtime: 'node', file: 'net' },
];

/** @type {(id: string) => Subject} */
export function subjectById(id) {
  const subject = subjects.find((candidate) => candidate.id === id);
  if (subject !== undefined) return subject;
  const known = subjects.map((candidate) => candidate.id).join(', ');
  throw new RangeError(`There is no subject "${id}": known are ${known}`);
}

/** @type {Record<Subject['runtime'], () => string[]>} */
const commands = {
  node: () => [process.execPath, '--expose-gc'],
  bun: () => [installedBinary('bun')],
  deno: () => [installedBinary('deno'), 'run', '--allow-all', '--v8-flags=--expose-gc'],
};

/**
 * @param {Subject} subject
 * @param {import('./workloads.mjs').Workload} workload
 * @returns {Promise<{ program: Program, port: number }>}
 */
export async function startServer(subject, { kind, shape, bothCores }) {
  const program = new Program({
    command: commands[subject.runtime](),
    file: `servers/${subject.file}.mjs`,
    options: {
      mode: kind === 'broadcast' ? 'broadcast' : 'echo',
      shape,
      sameZlib: subject.sameZlib ?? false,
    },
    env: environmentOf(subject),
    place: bothCores ? 'any' : 'server',
  });
  const { port } = await program.read();
  return { program, port };
}

/**
 * @param {Subject} subject
 * @param {import('./workloads.mjs').Workload} workload
 * @param {number} port - of the server
 * @returns {Promise<Program>} connected
 */
export async function startClient(subject, { shape }, port) {
  const program = new Program({
    command: commands[subject.runtime](),
    file: `clients/${subject.file}.mjs`,
    options: { shape, port },
    env: environmentOf(subject),
    place: 'server',
  });
  await program.read();
  return program;
}

/**
 * @param {Subject} subject
 * @param {import('./workloads.mjs').Workload} workload
 * @returns {Promise<Program>}
 */
export async function startCodec(subject, { kind, shape }) {
  const program = new Program({
    command: commands[subject.runtime](),
    file: 'codec/main.mjs',
    options: { part: kind, library: subject.file, shape },
    env: environmentOf(subject),
    place: 'server',
  });
  await program.read();
  return program;
}

/** @param {Subject} subject */
function environmentOf({ bufferutil }) {
  return { WS_NO_BUFFER_UTIL: bufferutil ? '' : '1', NODE_ENV: 'production' };
}

/**
 * The server that clients are measured against.
 *
 * @param {import('./workloads.mjs').Workload} workload
 * @returns {Promise<{ program: Program, port: number }>}
 */
export async function startEchoServer({ shape }) {
  const program = new Program({
    command: commands.bun(),
    file: 'generator/echo-server.mjs',
    options: { shape },
    place: 'generator',
  });
  const { port } = await program.read();
  return { program, port };
}

/** @returns {Program} */
export function startGenerator() {
  return new Program({
    command: commands.bun(),
    file: 'generator/main.mjs',
    place: 'generator',
  });
}
