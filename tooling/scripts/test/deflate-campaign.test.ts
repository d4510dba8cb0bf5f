import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../lib/run.mjs';

const script = fileURLToPath(new URL('../deflate-campaign.mjs', import.meta.url));

/** The seed is in the output, which a failure shows. */
it('5,000 random messages come out of the compression as they went in', async () => {
  const output = await run(process.execPath, [script, '--messages', '5000']);
  expect(output).toMatch(/^seed \d+\n5000 messages in \d+ fragments and 13 scenarios: /);
  for (const way of ['ours to ours', 'ours to ws', 'ws to ours']) {
    expect(output).toMatch(new RegExp(`[1-9]\\d* ${way}`));
  }
});

it('the same seed has the same messages', async () => {
  const runs = [1, 2].map(() =>
    run(process.execPath, [script, '--messages', '800', '--seed', '7']),
  );
  const counts = (await Promise.all(runs)).map((output) => output.split('\n')[1]);
  expect(counts[0]).toMatch(/^800 messages/);
  expect(counts[1]).toBe(counts[0]);
});
