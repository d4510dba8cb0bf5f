import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../src/command-line.mjs';
import { subjectById } from '../src/subjects.mjs';
import { workloads } from '../src/workloads.mjs';

describe('readCommandLine', () => {
  it('measures everything, and keeps it', () => {
    expect(readCommandLine([])).toMatchObject({
      workloads,
      subjects: undefined,
      timing: { rounds: 5, roundMs: 2000 },
      kept: true,
      reportOnly: false,
    });
  });

  it('takes workloads by id and by letter', () => {
    const plan = readCommandLine(['--workloads', 'a,g500,k2']);
    expect(plan?.workloads.map(({ id }) => id)).toEqual(['a', 'g500', 'k2', 'k2-16k', 'k2-1m']);
    expect(plan?.kept).toBe(true);
  });

  it.each([['--quick'], ['--rounds', '3'], ['--subjects', 'hybi,ws']])(
    'keeps nothing of %s',
    (...args) => {
      expect(readCommandLine(args)?.kept).toBe(false);
    },
  );

  it('asks for help', () => {
    expect(readCommandLine(['--help'])).toBeUndefined();
  });

  it.each([
    [['--workloads', 'z'], 'There is no workload "z": known are a, b,'],
    [['--subjects', 'z'], 'There is no subject "z": known are ws,'],
    [['--rounds', '0'], 'must be an integer from 1, not "0"'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
  });
});

it('every workload names subjects that there are, ws and hybi among them, and has its own id', () => {
  expect(new Set(workloads.map(({ id }) => id)).size).toBe(workloads.length);
  for (const workload of workloads) {
    expect(workload.subjects).toEqual(expect.arrayContaining(['ws', 'hybi']));
    for (const id of workload.subjects) expect(subjectById(id).id).toBe(id);
  }
});
