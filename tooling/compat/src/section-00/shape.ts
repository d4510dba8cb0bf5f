/** What ships with the package, and what hangs on the class. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import WebSocket from 'hybi';
import type {
  ClientOptions,
  PerMessageDeflate,
  Receiver,
  Sender,
  ServerOptions,
  extension,
  subprotocol,
} from 'hybi';
import type { Implementation } from '../implementations.js';
import type { Scenario } from '../scenario.js';

/** What `@types/ws` lacks; the compiler reads this. */
export type Additions = [
  Receiver,
  Sender,
  PerMessageDeflate,
  typeof extension,
  typeof subprotocol,
  Pick<ClientOptions, 'closeTimeout' | 'maxPendingAutoPongs' | 'protocols'>,
  Pick<ServerOptions, 'closeTimeout' | 'maxPendingAutoPongs'>,
];
const blob: WebSocket['binaryType'] = 'blob';

const requireHere = createRequire(import.meta.url);

/** The statics of the class in a program that only imports. */
async function importedStatics({ name }: Implementation): Promise<readonly string[]> {
  // Nothing here requires hybi.
  if (name === 'hybi') return Object.keys(WebSocket);
  const program = `import WebSocket from 'ws'; console.log(Object.keys(WebSocket).join())`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { cwd: import.meta.dirname },
  );
  return stdout.trim().split(',');
}

/** The declarations that the manifest names, and whether they are there. */
function declarations({ name }: Implementation): unknown[] {
  const path =
    name === 'ws'
      ? requireHere.resolve('ws/package.json')
      : join(import.meta.dirname, '../../../../packages/hybi/package.json');
  const { types, exports } = requireHere(path) as { types?: string; exports: object };
  const named = JSON.stringify(exports).match(/(?<="types":")[^"]+/g) ?? [];
  const all = types === undefined ? named : [types, ...named];
  return all.map((file) => [file, existsSync(join(dirname(path), file))]);
}

const constants = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
const statics = [
  'createWebSocketStream',
  'extension',
  'PerMessageDeflate',
  'Receiver',
  'Sender',
  'Server',
  'subprotocol',
  'WebSocket',
  'WebSocketServer',
];

export const shapeScenarios: readonly Scenario[] = [
  {
    title: 'the declarations that the manifests name',
    covers: ['0.types'],
    because: 'Those of ws are in a package of their own, and behind it',
    run(world) {
      world.note('declarations', declarations(world.lib));
    },
    expected: {
      ws: [['declarations', []]],
      hybi: [
        [
          'declarations',
          ['cts', 'cts', 'mts', 'cts', 'cts', 'mts'].map((ending) => [
            `./types/index.d.${ending}`,
            true,
          ]),
        ],
      ],
    },
  },
  {
    title: 'a binary type that @types/ws lacks',
    covers: ['0.types'],
    run(world) {
      const websocket: any = Reflect.construct(world.lib.WebSocket, [null, undefined, {}]);
      websocket.binaryType = blob;
      world.note('binaryType', websocket.binaryType);
    },
  },
  {
    title: 'the statics in a program that only imports',
    covers: ['0.statics'],
    because: 'Whether something else in the process uses require must not matter',
    async run(world) {
      world.note('statics', ...(await importedStatics(world.lib)));
    },
    expected: {
      ws: [['statics', ...constants]],
      hybi: [['statics', ...constants, ...statics]],
    },
  },
];
