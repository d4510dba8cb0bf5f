import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDocument, writeReport } from '../report/report.mjs';
import { continueResults } from '../src/results.mjs';
import type { Results, Round } from '../src/results.mjs';
import { reached } from '../src/summary.mjs';
import { workloadById } from '../src/workloads.mjs';

const load = (perSecond: number, cpuMicros: number): Round => ({
  perSecond,
  cpuMicros,
  p50Micros: 123,
  p99Micros: 4567,
  replyBytes: 66,
  serverBusy: 0.99,
  generatorBusy: 0.42,
  othersBusy: 0.01,
});
const memory = (rssBytes: number): Round => ({ rssBytes, heapBytes: rssBytes / 2 });

const circumstances = { date: '2030-01-02T03:04:05.678Z', commit: 'abc1234', roundMs: 2000 };

const results: Results = {
  machine: { processor: 'Abacus', cores: 2, memoryGiB: 4, system: 'Linux 9.9 x64', pinned: true },
  versions: { node: '20.1.2', ws: '8.23.0' },
  workloads: {
    c: {
      ...circumstances,
      rounds: {
        ws: [load(100_000, 10), load(200_000, 10)],
        hybi: [load(1_200_000, 1), load(2_200_000, 0.5)],
        bun: [load(1_800_000, 1), load(3_300_000, 1)],
        net: [load(5_000_000, 1), load(5_000_000, 1)],
      },
    },
    d: {
      ...circumstances,
      rounds: {
        ws: [load(10_000, 10), load(10_000, 10)],
        hybi: [load(30_000, 5), load(45_000, 5)],
      },
    },
    i: {
      ...circumstances,
      rounds: { ws: [memory(10_000)], hybi: [memory(8000)], bun: [memory(2200)] },
    },
  },
};

const documentLines = createDocument(results).then((text) => text.split('\n'));

/** The cells of the first row that begins so. */
async function row(...first: string[]): Promise<string[]> {
  const rows = (await documentLines).map((line) => line.split('|').map((cell) => cell.trim()));
  const found = rows.find((cells) => first.every((cell, i) => cells[i + 1] === cell));
  return found?.slice(1, -1) ?? [];
}

it('shows what ws does, and the ratios of the same round', async () => {
  expect(await row('', 'workload')).toEqual([
    '',
    'workload',
    'ws',
    'hybi',
    "Bun's server",
    'bare node:net',
    'target',
    'reached',
  ]);
  expect(await row('c', 'echo of 64 B, 100 × 16')).toEqual([
    'c',
    'echo of 64 B, 100 × 16',
    '150 k/s',
    '**11.5 (11.0–12.0)**',
    '17.3',
    '37.5',
    '≥ 11',
    'yes',
  ]);
});

it('shows CPU time with how much less it is', async () => {
  expect(await row('c', '10.0 µs')).toEqual([
    'c',
    '10.0 µs',
    '0.75 µs (15.0)',
    '1.00 µs (10.0)',
    '1.00 µs (10.0)',
  ]);
});

it('shows round trips and memory', async () => {
  expect((await row('c', '123 µs / 4.6 ms'))[2]).toBe('123 µs / 4.6 ms');
  expect(await row('i', 'idle, no compression, 5,000 × 1')).toEqual([
    'i',
    'idle, no compression, 5,000 × 1',
    '10.0 KB (5.0 KB)',
    '8.0 KB (4.0 KB)',
    '2.2 KB (1.1 KB)',
    '≤ 7.0 KB',
    'no',
  ]);
});

it('says where hybi is behind, but not behind what is no server', async () => {
  const items = (await documentLines).filter((line) => /^- \*\*[a-z]\*\*/.test(line));
  expect(items).toEqual([
    "- **c**, echo of 64 B, 100 × 16: Bun's server does 1.50 times as much.",
    '- **d**, echo of 16 KiB, 10 × 4: 3.75, the target is ≥ 4, reached in some rounds.',
    "- **i**, idle, no compression, 5,000 × 1: 8.0 KB, the target is ≤ 7.0 KB; Bun's server takes 2.2 KB.",
  ]);
});

it('says on what, with what and when it was measured, and how busy the generator was', async () => {
  const text = (await documentLines).join('\n');
  expect(text).toContain('- Measured: 2030-01-02, hybi at abc1234');
  expect(text).toContain(
    '- Machine: Abacus, 2 cores, 4 GiB, Linux 9.9 x64; server and generator on',
  );
  expect(text).toContain('- Versions: node 20.1.2, ws 8.23.0');
  expect(await row('c', 'bare node:net')).toEqual([
    'c',
    'bare node:net',
    '99 %',
    '42 %',
    '99 %',
    '42 %',
    '1 %',
  ]);
});

it('leaves no placeholder, and says what is not measured', async () => {
  const text = (await documentLines).join('\n');
  expect(text).not.toMatch(/<!--|NaN|undefined/);
  expect(text).toContain('Not measured yet.');
});

it('draws a chart for each section that was measured, with every subject in it', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'hybi-bench-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  await writeReport(results, directory);
  const charts = readdirSync(path.join(directory, 'performance'));
  expect(charts.sort()).toEqual(['memory.svg', 'servers.svg']);
  const svg = readFileSync(path.join(directory, 'performance/servers.svg'), 'utf8');
  expect(svg).toMatch(/^<svg /);
  for (const text of ['c: echo of 64 B, 100 × 16', 'hybi', "Bun's server"]) {
    expect(svg).toContain(`>${text}<`);
  }
  const document = readFileSync(path.join(directory, 'performance.md'), 'utf8');
  expect(document.match(/\(performance\/\w+\.svg\)/g)).toHaveLength(2);
});

it('grades by the median, and then by the best round', () => {
  const grade = (id: string, rounds: Record<string, Round[]>) => {
    return reached(workloadById(id), { ...circumstances, rounds }, 'hybi');
  };
  const ws = [load(10, 1), load(10, 1), load(10, 1)];
  expect(grade('d', { ws, hybi: [load(40, 1), load(41, 1), load(1, 1)] })).toBe('yes');
  expect(grade('d', { ws, hybi: [load(39, 1), load(41, 1), load(1, 1)] })).toBe('in some rounds');
  expect(grade('d', { ws, hybi: [load(39, 1), load(39, 1), load(39, 1)] })).toBe('no');
  // Round trips are part of the target of a.
  const slower = (p99Micros: number): Round => ({ ...load(20, 1), p99Micros });
  expect(grade('a', { ws: [load(10, 1)], hybi: [slower(4567)] })).toBe('yes');
  expect(grade('a', { ws: [load(10, 1)], hybi: [slower(4568)] })).toBe('no');
  expect(grade('i', { hybi: [memory(7000), memory(9000), memory(6000)] })).toBe('yes');
  expect(grade('i', { hybi: [memory(7001), memory(9000), memory(6000)] })).toBe('in some rounds');
  expect(grade('i', { hybi: [memory(7001)] })).toBe('no');
});

it('does not mix results of two machines or versions', () => {
  const { machine, versions } = results;
  expect(continueResults(results, { machine, versions }).workloads).toHaveProperty('c');
  const other = { machine, versions: { ...versions, node: '22.0.0' } };
  expect(continueResults(results, other)).toEqual({ ...other, workloads: {} });
  expect(continueResults(undefined, other)).toEqual({ ...other, workloads: {} });
});
