import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from '../src/library.mjs';
import { DemoProcess } from './demo-process.js';

vi.setConfig({ testTimeout: 30_000 }); // each starts a process or two

const CHECKED = /^ {2}ok {2}(text|binary|fragmented|compressed|ping|close) +\d+\.\d ms$/gm;

// Hangs up on every handshake.
const SABOTAGE = `
  import { Server } from 'node:http';
  const { emit } = Server.prototype;
  Server.prototype.emit = function (name, ...rest) {
    if (name !== 'upgrade') return emit.call(this, name, ...rest);
    rest[1].destroy();
    return true;
  };`;

let cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const act of cleanUp) await act();
  cleanUp = [];
});

async function occupiedPort(): Promise<string> {
  const other = createServer((_, response) => response.end('somebody else'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  cleanUp.push(() => other.close());
  return String((other.address() as AddressInfo).port);
}

describe('demo --check', () => {
  it('checks six things, says how long each took, and exits with 0', async () => {
    const demo = new DemoProcess(['--check'], undefined);
    expect(await demo.exitCode()).toBe(0);
    expect(demo.stdout.match(CHECKED)).toHaveLength(6);
    expect(demo.stdout).not.toContain('Ready');
    expect(demo.stderr).toBe('');
  });

  it('says what failed and exits with 1', async () => {
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(SABOTAGE)}`];
    const demo = new DemoProcess(['--check'], undefined, nodeArgs);
    expect(await demo.exitCode()).toBe(1);
    expect(demo.stdout.match(/^FAIL {2}\w+ +socket hang up$/gm)).toHaveLength(6);
    const serving = new DemoProcess([], '0', nodeArgs);
    expect(await serving.exitCode()).toBe(1);
    expect(serving.stdout).not.toContain('Ready');
  });

  it('exits with 1 where something else answers', async () => {
    const port = await occupiedPort();
    const demo = new DemoProcess(['--check'], port);
    expect(await demo.exitCode()).toBe(1);
    expect(demo.stderr).toContain(`Port ${port} is in use`);
  });
});

describe('demo', () => {
  it('says in one line that its port is busy', async () => {
    const port = await occupiedPort();
    const demo = new DemoProcess([], port);
    expect(await demo.exitCode()).toBe(1);
    expect(demo.stdout).toBe('');
    expect(demo.stderr).toBe(
      `hybi demo: Port ${port} is in use by another program. ` +
        'Choose another one, for example: PORT=8081 npm start\n',
    );
  });

  it('says in one line what is wrong with PORT or an argument', async () => {
    const badPort = new DemoProcess([], '80a');
    expect(await badPort.exitCode()).toBe(1);
    expect(badPort.stderr).toBe('hybi demo: PORT must be a number from 0 to 65535, not "80a".\n');
    const badArgument = new DemoProcess(['--nonsense'], undefined);
    expect(await badArgument.exitCode()).toBe(1);
    expect(badArgument.stderr).toBe("hybi demo: Unknown option '--nonsense'. Try --help.\n");
  });

  it('helps', async () => {
    const demo = new DemoProcess(['--help'], undefined);
    expect(await demo.exitCode()).toBe(0);
    expect(demo.stdout).toMatch(/--check[^]*PORT/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('goes away cleanly on %s', async (signal) => {
    const { demo, address } = await DemoProcess.serving();
    expect(demo.stdout.match(CHECKED)).toHaveLength(6);
    const socket = new WebSocket(`${address.replace('http', 'ws')}/chat`);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    expect(await demo.stop(signal)).toBe(0);
    const [code] = await closed;
    expect(code).toBe(1001);
    expect(demo.stderr).toBe('');
  });

  it('does not wait for ever for a peer that does not answer', async () => {
    const { demo, address } = await DemoProcess.serving();
    const socket = new WebSocket(`${address.replace('http', 'ws')}/chat`);
    socket.on('error', () => {});
    await once(socket, 'open');
    socket.pause();
    expect(await demo.stop()).toBe(0);
    socket.terminate();
  });
});
