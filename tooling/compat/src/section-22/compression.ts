/** Surprises of permessage-deflate. */
import { doneAtOnce } from '../compression.js';
import { noteProgram } from '../installed.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { manualServer, upgradeManually } from '../upgrades.js';

const offer = (text: string) => ({ headers: { 'Sec-WebSocket-Extensions': text } });

/** A long job of one instance, one of some bytes of another; prints the order in which they end. */
const twoLimits = (first: number, second: number, bytes: number): string => `
const { randomBytes } = require('node:crypto');
const { PerMessageDeflate } = require('PACKAGE');
const made = [${first}, ${second}].map((concurrencyLimit) => {
  const deflate = new PerMessageDeflate({ concurrencyLimit });
  deflate.accept([{}]);
  return deflate;
});
const order = [];
const ended = (name) => (error) => {
  order.push(error ? error.message : name);
  if (order.length === 2) console.log(JSON.stringify(order));
};
made[0].compress(randomBytes(4_000_000), true, ended('long'));
made[1].compress(Buffer.alloc(${bytes}), true, ended('short'));
`;

/** Of the first instance and of the second. */
const limits = [
  [1, 10],
  [10, 1],
] as const;

export const compressionScenarios: readonly Scenario[] = [
  {
    title: 'an offer that is not acceptable',
    covers: ['22.3'],
    run(world) {
      const server = manualServer(world, { perMessageDeflate: { clientMaxWindowBits: 10 } });
      const { socket } = upgradeManually(server, offer('permessage-deflate'));
      world.note('answer', socket.take().toString());
    },
  },
  {
    title: 'a message below the threshold',
    covers: ['22.4'],
    async run(world) {
      for (const serverNoContextTakeover of [undefined, true]) {
        const opened: any[] = [];
        const settings = { threshold: 1000, serverNoContextTakeover };
        const server = manualServer(world, { perMessageDeflate: settings });
        const { socket } = upgradeManually(server, offer('permessage-deflate'), (one) =>
          opened.push(one),
        );
        await turn();
        socket.take();
        await new Promise((resolve) => opened[0].send('small', resolve));
        world.note('wire', socket.take());
      }
    },
  },
  {
    title: 'two limits',
    covers: ['22.5'],
    async run(world) {
      for (const [first, second] of limits) {
        await noteProgram(world, 'order', twoLimits(first, second, 20_000), { commonjs: true });
      }
    },
  },
  {
    title: 'two limits and a small message',
    covers: ['22.5'],
    because: `${doneAtOnce}, so it waits for nobody`,
    async run(world) {
      for (const [first, second] of limits) {
        await noteProgram(world, 'order', twoLimits(first, second, 5), { commonjs: true });
      }
    },
    compare: (entries) => entries.map(([, , order]) => order),
    expected: {
      ws: [
        ['long', 'short'],
        ['short', 'long'],
      ],
      hybi: [
        ['short', 'long'],
        ['short', 'long'],
      ],
    },
  },
];
