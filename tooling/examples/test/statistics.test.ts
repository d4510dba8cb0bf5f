import { describe, expect, it } from 'vitest';
import { describeInChromium } from '../src/chromium-page.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';

const programs = ['server.mjs', 'server.cjs'];
const env = { INTERVAL_MS: '100' };

describe.each(programs)('statistics/%s', (program) => {
  it('sends figures, at once and again and again', async () => {
    const example = runExample(`statistics/${program}`, { env });
    const port = await example.port();
    const client = await connectWs(`ws://127.0.0.1:${port}`);
    const figures = [];
    for (let i = 0; i < 4; i++) figures.push(JSON.parse(await client.next()));
    for (const figure of figures) {
      expect(figure).toEqual({
        uptimeSeconds: expect.any(Number),
        connections: 1,
        residentBytes: expect.any(Number),
        heapBytes: expect.any(Number),
        externalBytes: expect.any(Number),
        cpuMilliseconds: expect.any(Number),
      });
      expect(figure.residentBytes).toBeGreaterThan(figure.heapBytes);
    }
    expect(figures[3].uptimeSeconds).toBeGreaterThan(figures[0].uptimeSeconds);

    const response = await fetch(`http://127.0.0.1:${port}/server.mjs`);
    expect(response.status).toBe(404);
    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect(example.output()).toBe(`listening on ${port}\nconnected\nclosed\n`);
    expect(example.errors()).toBe('');
  });
});

describeInChromium('the page of statistics', (open) => {
  it.each(programs)('shows live figures of %s', async (program) => {
    const example = runExample(`statistics/${program}`, { env });
    const address = `http://127.0.0.1:${await example.port()}/`;
    const { page, complaints } = await open(address);
    const figure = (id: string) => page.locator(`#${id}`).textContent().then(Number);
    await page.getByText('Live', { exact: true }).waitFor();

    const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
    await eventually(() => figure('uptimeSeconds')).toBeGreaterThan(0);
    const before = await figure('uptimeSeconds');
    await eventually(() => figure('uptimeSeconds')).toBeGreaterThan(before);
    expect(await figure('connections')).toBe(1);
    for (const id of ['residentBytes', 'heapBytes', 'externalBytes', 'cpuMilliseconds']) {
      expect(await figure(id), id).toBeGreaterThan(0);
    }

    const other = await open(address);
    await eventually(() => figure('connections')).toBe(2);
    await other.page.close();
    await eventually(() => figure('connections')).toBe(1);

    await example.stop();
    await page.getByText('Closed with code 1001', { exact: true }).waitFor();
    expect([...complaints, ...other.complaints]).toEqual([]);
  });
});
