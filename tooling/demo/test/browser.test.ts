import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/lib/chromium.mjs';
import { DemoProcess } from './demo-process.js';

const executablePath = findChromium(process.env);
const MARKUP = '<img src="/none" onerror="document.title = \'owned\'"><b>bold</b>';

it('has a browser to test with, in CI', () => {
  expect(executablePath !== undefined || process.env.CI !== 'true').toBe(true);
});

if (executablePath === undefined) {
  console.warn('Browser tests left out: no Chromium here. Install one or set CHROMIUM_PATH.');
} else {
  describe('the page in a browser', { timeout: 30_000 }, () => testInBrowser(executablePath));
}

function testInBrowser(executablePath: string): void {
  let browser: Browser;
  let demo: DemoProcess;
  let address: string;
  let context: BrowserContext;
  let complaints: string[];
  let requested: Set<string>;

  beforeAll(async () => {
    ({ demo, address } = await DemoProcess.serving());
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext();
    complaints = [];
    requested = new Set();
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    context.on('request', (request) => requested.add(new URL(request.url()).origin));
  });
  afterEach(() => context.close());

  async function openTab(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(address);
    await page.getByText('Connected', { exact: true }).waitFor();
    return page;
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.getByLabel('Message to everybody').fill(text);
    await page.getByLabel('Message to everybody').press('Enter');
  }

  const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
  const extensionsOf = (page: Page) => page.locator('#socket-extensions').textContent();
  const pointsOf = async (page: Page) =>
    (await page.locator('#echo-chart .dots').getAttribute('d'))?.match(/M/g)?.length ?? 0;

  it('lets two tabs talk to each other', async () => {
    const first = await openTab();
    const second = await openTab();
    await eventually(() => first.locator('#chat-online').textContent()).toBe('2');
    const firstName = await first.locator('#chat-you').textContent();
    const secondName = await second.locator('#chat-you').textContent();
    expect(firstName).not.toBe(secondName);

    await say(first, 'hello there');
    const heard = second.locator('.said', { hasText: 'hello there' });
    await heard.waitFor();
    expect(await heard.locator('.who').textContent()).toBe(firstName);
    expect(await heard.getAttribute('class')).toBe('said');
    await say(second, 'general greetings');
    await first.locator('.said', { hasText: 'general greetings' }).waitFor();
    await first.locator('.said.own', { hasText: 'hello there' }).waitFor();

    await second.close();
    await first.getByText(`${secondName} left`).waitFor();
    expect(await first.locator('#chat-online').textContent()).toBe('1');
    expect(complaints).toEqual([]);
  });

  it('shows markup of peers as the text that it is', async () => {
    const first = await openTab();
    const second = await openTab();
    await say(first, MARKUP);
    const words = second.locator('.words', { hasText: 'onerror' });
    await words.waitFor();
    expect(await words.textContent()).toBe(MARKUP);
    expect(await second.locator('#chat-log img, #chat-log b').count()).toBe(0);

    await first.getByLabel('Message to the echo').fill(MARKUP);
    await first.getByLabel('Message to the echo').press('Enter');
    await first.locator('#echo-answer', { hasText: 'onerror' }).waitFor();
    expect(await first.locator('#echo-answer *').count()).toBe(0);
    expect(await second.title()).toBe('hybi: two-way, by the book');
    expect(complaints).toEqual([]);
  });

  it('draws round trips', async () => {
    const page = await openTab();
    await eventually(() => pointsOf(page)).toBeGreaterThan(3);
    for (const figure of ['last', 'median', 'p99']) {
      expect(Number(await page.locator(`#echo-${figure}`).textContent())).toBeGreaterThan(0);
    }
    await page.getByLabel('Keep sending').uncheck();
    await page.getByLabel('Message to the echo').fill('anybody?');
    await page.getByLabel('Message to the echo').press('Enter');
    await page.getByText(/“anybody\?” came back in [\d.]+ ms\./).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([false, true])('streams 10,000 messages, compressed: %s', async (compressed) => {
    const page = await openTab();
    await page.getByLabel('Compression').setChecked(compressed);
    await page.getByRole('button', { name: 'Stream 10,000 messages' }).click();
    await page.getByText(/^Complete and in order, in \d+ ms\./).waitFor();
    expect(await page.locator('#burst-received').textContent()).toBe('10,000');
    expect(await page.locator('#burst-rate').textContent()).toMatch(/^\d{1,3}(,\d{3})+$/);
    const wire = Number.parseInt((await page.locator('#burst-wire').textContent()) ?? '', 10);
    if (compressed) expect(wire).toBeLessThan(300);
    else expect(wire).toBeGreaterThan(700);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['out of order', [0, 2, 1], 'Not right: 3 of 3 arrived, 2 out of order.'],
    ['missing', [0, 1], 'Not right: 2 of 3 arrived, 0 out of order.'],
    ['twice', [0, 1, 1, 2], 'Not right: 4 of 3 arrived, 2 out of order.'],
  ])('notices when messages of a burst are %s', async (_, order, verdict) => {
    const page = await openTab();
    await page.routeWebSocket(/\/burst$/, (route) => {
      for (const seq of order) route.send(JSON.stringify({ type: 'tick', seq }));
      route.send('{"type":"done","messages":3,"payloadBytes":9,"wireBytes":9}');
      void route.close({ code: 1000 });
    });
    await page.reload();
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stream 10,000 messages' }).click();
    await eventually(() => page.locator('#burst-verdict').textContent()).toBe(verdict);
  });

  it('negotiates compression when the switch says so, and keeps the name', async () => {
    const page = await openTab();
    const name = await page.locator('#chat-you').textContent();
    expect(await extensionsOf(page)).toBe('""');
    await page.getByLabel('Compression').check();
    await eventually(() => extensionsOf(page)).toMatch(/^"permessage-deflate/);
    await page.getByText('Connected', { exact: true }).waitFor();
    await say(page, 'squeezed');
    await page.locator('.said.own', { hasText: 'squeezed' }).waitFor();
    await page.getByLabel('Compression').uncheck();
    await eventually(() => extensionsOf(page)).toBe('""');
    expect(await page.locator('#chat-you').textContent()).toBe(name);
    expect(complaints).toEqual([]);
  });

  it('takes everything from its own server and fits a narrow screen', async () => {
    const page = await openTab();
    expect([...requested]).toEqual([address]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(complaints).toEqual([]);
  });

  it('comes back after the server restarts', async () => {
    const page = await openTab();
    await page.getByLabel('Keep sending').uncheck();
    const name = await page.locator('#chat-you').textContent();
    expect(await demo.stop()).toBe(0);
    await page.getByText('Reconnecting', { exact: true }).waitFor();
    await say(page, 'kept for later');
    await page.getByText('Your text is still in the box.').waitFor();

    ({ demo } = await DemoProcess.serving(new URL(address).port));
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByLabel('Message to everybody').press('Enter');
    await page.locator('.said.own', { hasText: 'kept for later' }).waitFor();
    expect(await page.locator('#chat-you').textContent()).toBe(name);
  });
}
