import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { selfSignedCertificate } from '@hybi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';

const directory = mkdtempSync(path.join(tmpdir(), 'hybi-examples-'));
const CERT = path.join(directory, 'cert.pem');
const KEY = path.join(directory, 'key.pem');
let ca: string;

beforeAll(async () => {
  const { cert, key } = await selfSignedCertificate();
  writeFileSync(CERT, cert);
  writeFileSync(KEY, key);
  ca = cert;
});

afterAll(() => rmSync(directory, { recursive: true }));

async function fetchText(url: string): Promise<string> {
  const request = get(url, { ca, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
  return text;
}

describe.each(['mjs', 'cjs'])('https-server.%s', (form) => {
  const start = () => runExample(`https-server.${form}`, { env: { CERT, KEY } });

  it('speaks WebSocket over TLS', async () => {
    const example = start();
    const port = await example.port();
    const client = await connectWs(`wss://localhost:${port}`, { ca });
    expect(await client.next()).toBe('Good to see you');
    client.send('in secret');
    await example.lineMatching(/^received: in secret$/);

    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect(example.output()).toBe(`listening on ${port}\nreceived: in secret\n`);
    expect(example.errors()).toBe('');
  });

  it('answers ordinary requests', async () => {
    const example = start();
    const page = await fetchText(`https://localhost:${await example.port()}`);
    expect(page).toBe('WebSocket is spoken here\n');
    await example.stop();
  });

  it(`is reached by text.${form}, if that trusts the certificate`, async () => {
    const example = start();
    const TARGET = `wss://localhost:${await example.port()}`;
    const client = runExample(`text.${form}`, { env: { TARGET, NODE_EXTRA_CA_CERTS: CERT } });
    await example.lineMatching(/^received: Hello from the client$/);
    expect(await client.exited).toEqual({ code: 0, signal: null });
    expect(client.output()).toBe('received: Good to see you\n');

    const stranger = runExample(`text.${form}`, { env: { TARGET } });
    await stranger.exited;
    expect(stranger.output()).toBe('');
    expect(stranger.errors()).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    await example.stop();
  });

  it('says which file is not there', async () => {
    const missing = path.join(directory, 'missing.pem');
    const example = runExample(`https-server.${form}`, { env: { CERT: missing, KEY } });
    expect(await example.exited).toEqual({ code: 1, signal: null });
    expect(example.errors()).toContain('missing.pem');
  });
});
