/** A very short measurement of the whole: driver, servers and generator. Says nothing about speed. */
import { afterAll, expect, it } from 'vitest';
import { measureLoad } from '../src/measure-load.mjs';
import { startGenerator, subjectById } from '../src/subjects.mjs';
import { workloadById } from '../src/workloads.mjs';

const timing = { rounds: 1, warmUpMs: 50, settleMs: 20, roundMs: 200 };
const generator = startGenerator();
afterAll(() => generator.stop());

it.each(['c', 'g500'])('measures ws and hybi in workload %s', async (id) => {
  const subjects = ['ws', 'hybi'].map(subjectById);
  const workload = workloadById(id);
  const rounds = await measureLoad(workload, subjects, generator, timing, () => {});
  expect(Object.keys(rounds)).toEqual(['ws', 'hybi']);
  for (const [round] of Object.values(rounds)) {
    if (round === undefined) throw new Error('There is no round');
    expect(round.perSecond).toBeGreaterThan(10);
    expect(round.perSecond).toBeLessThan(20e6);
    expect(round.cpuMicros).toBeGreaterThan(0.05);
    expect(round.cpuMicros).toBeLessThan(50_000);
    expect(round.p50Micros).toBeGreaterThan(1);
    expect(round.p99Micros).toBeGreaterThanOrEqual(round.p50Micros);
    // 2 bytes of header and 64 of payload; compressed a part of 500.
    if (id === 'c') expect(round.replyBytes).toBe(66);
    else expect(round.replyBytes).toBeGreaterThan(50);
    expect(round.replyBytes).toBeLessThan(400);
  }
});

it('does not measure a server that answers something else', async () => {
  const workload = workloadById('g500');
  const measured = measureLoad(workload, [subjectById('net')], generator, timing, () => {});
  await expect(measured).rejects.toThrow('bare node:net does not do workload g500');
});
