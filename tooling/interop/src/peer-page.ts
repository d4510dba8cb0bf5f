/** A peer in a page of Chromium. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArguments } from '../../scripts/lib/chromium.mjs';
import type { PeerDriver } from './peer.js';
import type { Command, Report } from './protocol.js';

interface PageWindow {
  runCommand(command: Command): void;
}

/** @param fail - called when the page breaks */
export async function startPage(
  executablePath: string,
  report: (report: Report) => void,
  fail: (error: Error) => void,
): Promise<PeerDriver> {
  const files = await servePeers();
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  context.on('weberror', (error) => fail(error.error()));
  const page = await context.newPage();
  await page.exposeFunction('takeReports', (reports: Report[]) => reports.forEach(report));
  await page.goto(files.address);
  await page.waitForFunction('globalThis.runCommand');
  return {
    command(command) {
      page
        .evaluate((command) => (globalThis as unknown as PageWindow).runCommand(command), command)
        .catch(fail);
    },
    async stop() {
      await browser.close();
      await files.close();
    },
  };
}

/** Digests exist in pages from a safe place only, such as this machine. */
async function servePeers(): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '');
    if (name.endsWith('.mjs')) {
      response.setHeader('Content-Type', 'text/javascript');
      createReadStream(new URL(`../peers/${name}`, import.meta.url)).pipe(response);
    } else {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><script type="module" src="/page.mjs"></script>');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
