/** Makes tests of a section: each scenario runs with both implementations. */
import { describe, expect, it } from 'vitest';
import { hybi, ws } from './implementations.js';
import type { Implementation } from './implementations.js';
import type { Entry } from './record.js';
import type { Scenario, Section } from './scenario.js';
import { World } from './world.js';

async function recordOf(scenario: Scenario, lib: Implementation): Promise<readonly Entry[]> {
  const world = new World(lib);
  try {
    await scenario.run(world);
    // A copy: what the end of the world brings about is no part of it.
    return [...world.record.entries];
  } finally {
    await world.end();
  }
}

/** Registers the tests of a section. */
export function runSection(section: Section): void {
  describe(`§${section.number} ${section.title}`, () => {
    for (const scenario of section.scenarios) {
      it(`${scenario.title} [${scenario.covers.join(', ')}]`, async () => {
        const theirs = await recordOf(scenario, ws);
        const ours = await recordOf(scenario, hybi);
        const { compare = (entries: readonly Entry[]): unknown => entries, expected } = scenario;
        if (expected === undefined) {
          expect(compare(ours)).toEqual(compare(theirs));
          // A scenario that saw nothing shows nothing.
          expect(theirs.length).toBeGreaterThan(0);
        } else {
          expect(compare(theirs)).toEqual(expected.ws);
          expect(compare(ours)).toEqual(expected.hybi);
        }
      });
    }

    it('every statement is covered, and nothing else', () => {
      const covered = new Set(section.scenarios.flatMap((scenario) => scenario.covers));
      const stated = Object.keys(section.statements);
      expect(stated.filter((id) => !covered.has(id))).toEqual([]);
      expect([...covered].filter((id) => !stated.includes(id))).toEqual([]);
      for (const scenario of section.scenarios) {
        const excused = scenario.compare !== undefined || scenario.expected !== undefined;
        expect(excused && scenario.because === undefined ? scenario.title : '').toBe('');
      }
    });
  });
}
