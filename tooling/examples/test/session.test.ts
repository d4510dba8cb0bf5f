import { bytes, hex, rawClient } from '@hybi/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeInChromium } from '../src/chromium-page.js';
import { openingRequest } from '../src/opening-request.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';
import type { WsPeer } from '../src/ws-peer.js';

const programs = ['server.mjs', 'server.cjs'];

/** Somebody with a browser: requests and WebSockets carry the cookie of the session. */
class Visitor {
  cookie = '';

  constructor(readonly port: number) {}

  async post(path: string): Promise<{ user: string | null }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method: 'POST',
      headers: { cookie: this.cookie },
    });
    expect(response.status).toBe(200);
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]!;
    return response.json() as Promise<{ user: string | null }>;
  }

  connect(): Promise<WsPeer> {
    const headers = this.cookie === '' ? {} : { cookie: this.cookie };
    return connectWs(`ws://127.0.0.1:${this.port}`, { headers });
  }
}

const refused = 'Unexpected server response: 401';
const loggedOut = { code: 1000, reason: 'Logged out' };

describe.each(programs)('session/%s', (program) => {
  it('lets in who has logged in, and shows the WebSocket who it is', async () => {
    const example = runExample(`session/${program}`);
    const visitor = new Visitor(await example.port());
    await expect(visitor.connect()).rejects.toThrow(refused);

    const { user } = await visitor.post('/login');
    expect(user).toMatch(/^user-[\da-f]{8}$/);
    const first = await visitor.connect();
    const second = await visitor.connect();
    expect(await first.next()).toBe(`Hello ${user}`);
    expect(await second.next()).toBe(`Hello ${user}`);
    first.send('Good day');
    expect(await first.next()).toBe(`${user} said: Good day`);
    await example.lineMatching(new RegExp(`^${user}: Good day$`));

    await example.stop();
    expect((await first.closed).code).toBe(1001);
    expect((await second.closed).code).toBe(1001);
    expect(example.errors()).toBe('');
  });

  it('closes the WebSockets of who logs out, and no others', async () => {
    const example = runExample(`session/${program}`);
    const port = await example.port();
    const leaving = new Visitor(port);
    const staying = new Visitor(port);
    await leaving.post('/login');
    const { user } = await staying.post('/login');
    const first = await leaving.connect();
    const second = await leaving.connect();
    const other = await staying.connect();
    expect(await other.next()).toBe(`Hello ${user}`);

    const { cookie } = leaving;
    expect(await leaving.post('/logout')).toEqual({ user: null });
    expect(await first.closed).toEqual(loggedOut);
    expect(await second.closed).toEqual(loggedOut);
    other.send('Still here');
    expect(await other.next()).toBe(`${user} said: Still here`);

    // The cookie of before is worth nothing now.
    leaving.cookie = cookie;
    await expect(leaving.connect()).rejects.toThrow(refused);
    await example.stop();
    expect(example.errors()).toBe('');
  });

  it('gives a new session to who logs in', async () => {
    const example = runExample(`session/${program}`);
    const visitor = new Visitor(await example.port());
    await visitor.post('/login');
    const { cookie } = visitor;
    const before = await visitor.connect();
    await visitor.post('/login');
    expect(visitor.cookie).not.toBe(cookie);
    expect(await before.closed).toEqual(loggedOut);
    visitor.cookie = cookie;
    await expect(visitor.connect()).rejects.toThrow(refused);
    await example.stop();
  });

  it('does not believe a cookie that it did not sign', async () => {
    const example = runExample(`session/${program}`);
    const visitor = new Visitor(await example.port());
    await visitor.post('/login');
    visitor.cookie = visitor.cookie.replace(/\.[^.]+$/, '.AAAA');
    await expect(visitor.connect()).rejects.toThrow(refused);
    await example.stop();
  });

  it('hears nothing more from who has logged out', async () => {
    const example = runExample(`session/${program}`);
    const visitor = new Visitor(await example.port());
    const { user } = await visitor.post('/login');
    const raw = await rawClient(visitor.port);
    onTestFinished(() => raw.destroy());
    raw.send(openingRequest('/', `Cookie: ${visitor.cookie}`));
    await raw.takeUntil(`Hello ${user}`);

    await visitor.post('/logout');
    expect(hex(await raw.take(14))).toBe('88 0c 03 e8 4c 6f 67 67 65 64 20 6f 75 74');
    // A text, masked, and only then the answer to the close frame.
    raw.send(bytes('81 82 00 00 00 00 68 69 88 82 00 00 00 00 03 e8'));
    expect(hex(await raw.closed())).toBe('');
    await example.stop();
    expect(example.output()).not.toContain(': hi');
    expect(example.errors()).toBe('');
  });
});

describeInChromium('the page of session', (open) => {
  it.each(programs)('is logged in and out, by %s', async (program) => {
    const example = runExample(`session/${program}`);
    const { page, complaints } = await open(`http://127.0.0.1:${await example.port()}/`);
    const line = (text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text });
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

    await press('Connect');
    await line(/^Closed: 1006/).waitFor();
    await expect.poll(() => complaints.join()).toMatch(/401|Authentication failed/);
    complaints.length = 0;

    await press('Log in');
    await line(/^Logged in as user-/).waitFor();
    await press('Connect');
    await line(/^Hello user-/).waitFor();
    await press('Send');
    await line(/^user-.* said: Hello from the page$/).waitFor();
    await press('Log out');
    await line('Closed: 1000 Logged out').waitFor();
    await line(/^Logged out$/).waitFor();
    expect(complaints).toEqual([]);
    await example.stop();
  });
});
