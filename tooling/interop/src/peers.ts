/** Those whom we talk with: how each is started, and what its API can do. */
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { nodeBinary } from '../../consumers/lib/node-versions.mjs';
import { installedBinary } from './installed-binary.js';
import { Peer } from './peer.js';
import type { Ability, PeerFacts } from './peer.js';
import { startPage } from './peer-page.js';
import { startProcess } from './peer-process.js';
import type { Program } from './peer-process.js';

export interface PeerDescription extends PeerFacts {
  readonly name: string;
  /** @param caFile - a file with the certificate that it is to trust */
  start(caFile: string): Promise<Peer>;
}

function inProcess(
  name: string,
  facts: PeerFacts,
  program: (caFile: string) => Program | Promise<Program>,
): PeerDescription {
  return {
    name,
    ...facts,
    start: (caFile) =>
      Peer.start(name, facts, async (report, fail) =>
        startProcess(await program(caFile), report, fail),
      ),
  };
}

const everything: readonly Ability[] = [
  'send fragments',
  'send plain',
  'compress while receiving',
  'ping',
  'terminate',
  'echo the reason',
  'keep a byte order mark',
  'limit its window',
];

const ws: PeerFacts = {
  abilities: everything,
  compression: 'reads and writes',
  compressionIsOptional: true,
  codeOfEmptyClose: 1005,
  codeOfCutOff: 1006,
};

const browser: PeerFacts = {
  ...ws,
  abilities: ['compress while receiving', 'echo the reason', 'keep a byte order mark'],
  compressionIsOptional: false,
};

// It inflates, and never deflates.
const node: PeerFacts = { ...browser, abilities: [], compression: 'reads' };

// It counts the header of the frame among the 1,024 bytes that it takes to compress a message.
const bunClient: PeerFacts = {
  ...ws,
  abilities: [
    'compress while receiving',
    'ping',
    'terminate',
    'echo the reason',
    'keep a byte order mark',
  ],
  compressesFrom: 1016,
};

const bunServer: PeerFacts = {
  ...bunClient,
  abilities: ['send plain', 'ping', 'terminate', 'echo the reason', 'keep a byte order mark'],
  compressesFrom: 1,
  codeOfEmptyClose: 1000,
};

const deno: PeerFacts = { ...browser, compression: 'none', codeOfCutOff: 0 };

const trusting = (caFile: string) => ({ NODE_EXTRA_CA_CERTS: caFile });

const nodeClient = (major: number): PeerDescription =>
  inProcess(`Node ${major}'s WebSocket`, node, async (caFile) => ({
    command: await nodeBinary(major),
    script: 'standard-client.mjs',
    env: trusting(caFile),
  }));

const denoProgram = (script: string, ...args: string[]): Program => ({
  command: installedBinary('deno'),
  args: ['run', '--quiet', '--allow-all', '--no-config', '--no-lock', '--no-remote', ...args],
  script,
});

export const wsClient: PeerDescription = inProcess('the client of ws', ws, (caFile) => ({
  command: process.execPath,
  script: 'ws-client.mjs',
  env: trusting(caFile),
}));

export const wsServer: PeerDescription = inProcess('the server of ws', ws, () => ({
  command: process.execPath,
  script: 'ws-server.mjs',
}));

export const bunsClient: PeerDescription = inProcess("Bun's WebSocket", bunClient, (caFile) => ({
  command: installedBinary('bun'),
  script: 'standard-client.mjs',
  env: trusting(caFile),
}));

export const bunsServer: PeerDescription = inProcess("Bun's server", bunServer, () => ({
  command: installedBinary('bun'),
  script: 'bun-server.mjs',
}));

/** Everybody who calls us, but for a browser. */
export const clients: readonly PeerDescription[] = [
  wsClient,
  nodeClient(22),
  nodeClient(24),
  bunsClient,
  inProcess("Deno's WebSocket", deno, () =>
    // It takes no certificate that could sign others for that of a server.
    denoProgram('standard-client.mjs', '--unsafely-ignore-certificate-errors=localhost'),
  ),
];

/** Everybody whom we call. */
export const servers: readonly PeerDescription[] = [
  wsServer,
  bunsServer,
  inProcess("Deno's server", deno, () => denoProgram('deno-server.mjs')),
];

/**
 * Chromium, if there is one.
 *
 * @throws {Error} when CHROMIUM_PATH names no program
 */
export function chromiumClient(): PeerDescription | undefined {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) return undefined;
  const name = "Chromium's WebSocket";
  return {
    name,
    ...browser,
    start: () =>
      Peer.start(name, browser, (report, fail) => startPage(executablePath, report, fail)),
  };
}
