import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rawServer } from '@hybi/testkit';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readFrames } from '../support/frames.js';

let directory: string;

/** The entry in one file, so that another process can load it. */
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'process-'));
  await build({
    config: false,
    entry: { node: new URL('../../src/node/index.ts', import.meta.url).pathname },
    outDir: directory,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    noExternal: [/^@hybi\//],
    outExtension: () => ({ js: '.mjs' }),
    silent: true,
    clean: false,
  });
}, 60_000);

afterAll(() => rm(directory, { recursive: true }));

/** Runs a program with an open client `websocket`; gives its output and what it sent. */
async function run(program: string, flags: string[] = []) {
  const server = await rawServer();
  onTestFinished(() => server.close());
  const file = path.join(directory, `program-${server.port}.mjs`);
  await writeFile(
    file,
    `import { connect } from 'node:net';
import { WebSocket } from './node.mjs';
const socket = connect({ port: ${server.port}, host: '127.0.0.1' }, () => {
  const websocket = new WebSocket(null);
  websocket.attach(socket, Buffer.alloc(0), { role: 'client' });
  ${program}
});`,
  );
  const child = spawn(process.execPath, [...flags, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const socket = await server.accept(20_000);
  const received = await socket.closed(20_000);
  const payloads = readFrames(received).map((frame) => frame.payload.toString());
  return { code: await exit, output, payloads };
}

describe('a program', () => {
  it('that exits behind send: all messages have left', async () => {
    const { code, payloads } = await run(
      `for (const each of ['one', 'two', 'three']) websocket.send(each);
       process.exit(3);`,
    );
    expect(payloads).toEqual(['one', 'two', 'three']);
    expect(code).toBe(3);
  });

  it('that exits in a listener: what was sent in it has left', async () => {
    const { payloads } = await run(
      `websocket.on('ping', () => {
         for (const each of ['one', 'two']) websocket.send(each);
         process.exit();
       });
       socket.unshift(Buffer.from([0x89, 0x00]));`,
    );
    expect(payloads).toEqual(['', 'one', 'two']);
  });

  it('that sends while it exits: all messages have left', async () => {
    const { payloads } = await run(
      `process.on('exit', () => {
         for (const each of ['two', 'three']) websocket.send(each);
       });
       websocket.send('one');
       process.exit();`,
    );
    expect(payloads).toEqual(['one', 'two', 'three']);
  });

  it('that exits behind a large send', async () => {
    const { payloads } = await run(`websocket.send('x'.repeat(60000)); process.exit();`);
    expect(payloads.map((each) => each.length)).toEqual([60_000]);
  });

  it('that exits in the next turn: all messages have left', async () => {
    const { payloads } = await run(
      `for (const each of ['one', 'two', 'three']) websocket.send(each);
       setImmediate(() => process.exit());`,
    );
    expect(payloads).toEqual(['one', 'two', 'three']);
  });

  it('that crashes behind send: all messages have left', async () => {
    const { code, payloads, output } = await run(
      `for (const each of ['one', 'two']) websocket.send(each);
       throw new Error('crash');`,
    );
    expect(code).toBe(1);
    expect(output).toContain('crash');
    expect(payloads).toEqual(['one', 'two']);
  });

  it('that terminates ends by itself, without warnings', async () => {
    const { code, output } = await run(`websocket.send('bye', () => websocket.terminate());`, [
      '--throw-deprecation',
      '--trace-warnings',
    ]);
    expect(output).toBe('');
    expect(code).toBe(0);
  });

  it('has one listener of the library, for what is sent in the last tick', async () => {
    const { output } = await run(
      `console.log(JSON.stringify(process.eventNames().map((name) =>
         [name, process.listenerCount(name)])));
       websocket.terminate();`,
    );
    const counts = Object.fromEntries(JSON.parse(output) as [string, number][]);
    expect(counts).toMatchObject({ exit: 1 });
    for (const name of ['beforeExit', 'uncaughtException', 'unhandledRejection']) {
      expect(counts).not.toHaveProperty(name);
    }
  });
});
