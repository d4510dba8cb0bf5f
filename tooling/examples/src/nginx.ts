/** An nginx of this machine, run with a configuration of the documents. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

// Debian has it where only an administrator's PATH looks.
const usualPlaces = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'];

/** Looks on the PATH, then where it usually is. */
export function findNginx(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((name) => name !== '');
  const onPath = folders.map((folder) => path.join(folder, 'nginx'));
  return [...onPath, ...usualPlaces].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Starts nginx, in a folder of its own, and ends it when the test is over.
 *
 * @param configuration - a file whose `listen 127.0.0.1:8081` and `server 127.0.0.1:8080`
 *   stand for the port of nginx and that of the server behind it
 * @returns the port of nginx, as soon as it listens
 */
export async function startNginx(
  command: string,
  configuration: URL,
  serverPort: number,
): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hybi-nginx-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const file = path.join(folder, 'nginx.conf');
  let text = await readFile(configuration, 'utf8');
  text = replaceOnce(text, 'server 127.0.0.1:8080;', `server 127.0.0.1:${serverPort};`);
  text = replaceOnce(text, 'listen 127.0.0.1:8081;', `listen 127.0.0.1:${port};`);
  await writeFile(file, text);

  const child = spawn(command, ['-p', folder, '-c', file, '-e', 'stderr', '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      output += `${line}\n`;
      if (line.includes('start worker processes')) resolve();
    });
    ended.then(() => reject(new Error(`nginx ended:\n${output}`)), reject);
  });
  return port;
}

function replaceOnce(text: string, part: string, by: string): string {
  const [before, after, ...more] = text.split(part);
  if (after === undefined || more.length > 0) {
    throw new Error(`'${part}' has to stand in the configuration once`);
  }
  return before + by + after;
}

/** nginx can not be asked for a port of its choice. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
