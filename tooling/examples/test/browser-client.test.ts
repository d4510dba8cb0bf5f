import { expect, it } from 'vitest';
import { describeInChromium } from '../src/chromium-page.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';

it('browser-client/server.mjs listens on one path only', async () => {
  const example = runExample('browser-client/server.mjs');
  const port = await example.port();
  await expect(connectWs(`ws://127.0.0.1:${port}/`)).rejects.toThrow('400');
  const client = await connectWs(`ws://127.0.0.1:${port}/socket`);
  expect(await client.next()).toBe('Welcome');
  expect(await client.nextMessage()).toEqual(Buffer.from('hybi'));
  client.send(Buffer.alloc(65 * 1024));
  expect((await client.closed).code).toBe(1009);
  await example.lineMatching(/Max payload size exceeded/);
  await example.stop();
});

describeInChromium('the page of browser-client', (open) => {
  it('shows what comes, as the text that it is', async () => {
    const example = runExample('browser-client/server.mjs');
    const { page, complaints } = await open(`http://127.0.0.1:${await example.port()}/`);
    const lines = () => page.getByRole('listitem').allTextContents();
    const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
    const say = async (text: string, button: string) => {
      await page.getByLabel('Message').fill(text);
      await page.getByRole('button', { name: button, exact: true }).click();
    };
    const expected = ['Open', 'Text: Welcome', 'Bytes: 104 121 98 105'];
    await eventually(lines).toEqual(expected);

    await say('Grüße', 'Send text');
    await eventually(lines).toEqual(expected.concat(['Text: Grüße']));
    await say('Grüße', 'Send as bytes');
    await eventually(lines).toHaveLength(5);
    await say('<img src="/none" onerror="document.title = 1"><b>bold</b>', 'Send text');
    await eventually(lines).toEqual([
      ...expected,
      'Text: Grüße',
      'Bytes: 71 114 195 188 195 159 101',
      'Text: <img src="/none" onerror="document.title = 1"><b>bold</b>',
    ]);
    expect(await page.locator('li img, li b').count()).toBe(0);
    await example.lineMatching(/^text: Grüße$/);
    await example.lineMatching(/^7 bytes$/);

    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Closed: 1000 Done', { exact: true }).waitFor();
    await example.lineMatching(/^closed: 1000 Done$/);
    expect(complaints).toEqual([]);
    await example.stop();
    expect(example.errors()).toBe('');
  });

  it('tells how the server ended it', async () => {
    const example = runExample('browser-client/server.mjs');
    const { page, complaints } = await open(`http://127.0.0.1:${await example.port()}/`);
    await page.getByText('Text: Welcome', { exact: true }).waitFor();
    await example.stop();
    await page.getByText('Closed: 1001 Until later', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('tells that the connection broke', async () => {
    const example = runExample('browser-client/server.mjs');
    const { page } = await open(`http://127.0.0.1:${await example.port()}/`);
    await page.getByText('Text: Welcome', { exact: true }).waitFor();
    await example.kill();
    await page.getByText(/^Closed: 1006/).waitFor();
  });
});
