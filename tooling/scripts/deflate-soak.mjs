#!/usr/bin/env node
/**
 * A server under compressed traffic whose clients come and go, and what becomes of its memory.
 *
 *     node tooling/scripts/deflate-soak.mjs --minutes 5 --connections 2000 --library hybi
 *
 * Every client sends messages of mixed sizes, checks that each comes back as it went, and leaves;
 * another one takes its place. The server is a process of its own. `--library ws` runs the same
 * with the npm package `ws` as the server.
 */
import { parseArgs } from 'node:util';
import { soak } from './lib/deflate-soak.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    connections: { type: 'string', default: '2000' },
    library: { type: 'string', default: 'hybi' },
  },
});

const report = await soak({
  milliseconds: Number(values.minutes) * 60_000,
  connections: Number(values.connections),
  library: values.library,
  onSample({ seconds, megabytes, messages, clients }) {
    console.log(`${seconds} s: ${megabytes} MB, ${messages} messages, ${clients} clients so far`);
  },
});
console.log(JSON.stringify(report, null, 2));
if (report.wrong > 0) process.exitCode = 1;
