/** A page in the Chromium of this machine, for the examples that have one. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/lib/chromium.mjs';

export interface OpenedPage {
  page: Page;
  /** Errors and warnings that the browser has shown so far. */
  complaints: string[];
}

/**
 * Declares tests that need a browser. Where there is none they are left out, with
 * a warning, unless this is a CI: there, a test fails that says so.
 *
 * @param declare - gets what opens an address in a new page, with cookies of its own
 */
export function describeInChromium(
  title: string,
  declare: (open: (address: string) => Promise<OpenedPage>) => void,
): void {
  const executablePath = findChromium(process.env);

  it(`${title}: has a browser to test with, in CI`, () => {
    expect(executablePath !== undefined || process.env.CI !== 'true').toBe(true);
  });

  if (executablePath === undefined) {
    console.warn(`${title}: left out, no Chromium here. Install one or set CHROMIUM_PATH.`);
    return;
  }

  describe(`${title}, in Chromium`, { timeout: 30_000 }, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: chromiumArguments });
    }, 60_000);
    afterAll(() => browser?.close());

    declare(async (address) => {
      const context = await browser.newContext();
      onTestFinished(() => context.close());
      const complaints: string[] = [];
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      const page = await context.newPage();
      await page.goto(address);
      return { page, complaints };
    });
  });
}
