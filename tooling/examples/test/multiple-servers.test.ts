import { rawClient } from '@hybi/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openingRequest } from '../src/opening-request.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';

describe.each(['multiple-servers.mjs', 'multiple-servers.cjs'])('%s', (file) => {
  it('hands a client to the server of its path', async () => {
    const example = runExample(file);
    const address = `ws://127.0.0.1:${await example.port()}`;
    const echo = await connectWs(`${address}/echo`);
    const shout = await connectWs(`${address}/shout?loud`);
    for (const client of [echo, shout]) client.send('hey');
    expect(await echo.next()).toBe('hey');
    expect(await shout.next()).toBe('HEY');
    echo.send(Buffer.of(1, 2));
    expect(await echo.nextMessage()).toEqual(Buffer.of(1, 2));

    await example.stop();
    expect((await echo.closed).code).toBe(1001);
    expect((await shout.closed).code).toBe(1001);
    expect(example.errors()).toBe('');
  });

  // The last two are no paths below which URL() can put a base.
  it.each(['/', '/echoes', '/echo/', '//', 'http://'])('answers %s with 404', async (target) => {
    const example = runExample(file);
    const client = await rawClient(await example.port());
    onTestFinished(() => client.destroy());
    client.send(openingRequest(target));
    expect(await client.takeUntil('\r\n\r\n')).toBe(
      'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
    expect(await client.closed()).toEqual(new Uint8Array());
    await example.stop();
    expect(example.errors()).toBe('');
  });

  it('answers ordinary requests', async () => {
    const example = runExample(file);
    const response = await fetch(`http://127.0.0.1:${await example.port()}/echo`);
    expect(response.status).toBe(404);
    await example.stop();
  });
});
