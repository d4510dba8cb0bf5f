import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeTransform } from '../support/fake-transform.js';
import { nextTurn, openBench, sameAsWs } from './support/bench.js';
import { roles } from './support/implementations.js';
import { memoryPair } from './support/sockets.js';

/** A file as a Blob that can not be read any more, for the file has changed. */
async function staleBlob(): Promise<Blob> {
  const directory = await mkdtemp(path.join(tmpdir(), 'blob-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = path.join(directory, 'file');
  await writeFile(file, 'before');
  const blob = await openAsBlob(file);
  await writeFile(file, 'and after that');
  return blob;
}

describe('Blobs', () => {
  sameAsWs(
    'keep their place among messages, fragments and control frames',
    {},
    async ({ websocket, peer, note }) => {
      websocket.send('one');
      websocket.send(new Blob(['two']));
      websocket.send('three');
      websocket.ping(new Blob(['four']));
      websocket.send(new Blob(['fi']), { fin: false, binary: false });
      websocket.pong('between');
      websocket.send(new Blob(['ve']));
      websocket.send(new Blob([]));
      websocket.close(1000);
      const frames = await peer.untilFrames(9);
      for (const frame of frames) note(frame.replace('masked ', ''));
    },
    [
      'open @1',
      '1: one @2',
      '2: two @2',
      '1: three @2',
      '9: four @2',
      '…1: fi @2',
      '10: between @2',
      '0: ve @2',
      '2:  @2',
      '8: 1000 @2',
    ],
  );

  sameAsWs(
    'that can not be read are an error, and the end',
    { closeTimeout: 1000 },
    async ({ websocket, peer, noting, closed, note }) => {
      websocket.on('error', (error) => note('error', error.name));
      websocket.send(await staleBlob(), noting('blob'));
      websocket.send('behind', noting('behind'));
      websocket.close(3000);
      await peer.untilEnd();
      note('frames', peer.frames.length);
      peer.socket.end();
      await closed;
    },
    [
      'open @1',
      'blob 0: The blob could not be read @2',
      'behind 0: The blob could not be read @2',
      'error 0: The blob could not be read @2',
      'error NotReadableError @2',
      'frames 0 @2',
      'close 1006 <> @3',
    ],
  );

  sameAsWs(
    'that can not be read end a connection whose peer keeps its side open',
    { closeTimeout: 5 },
    async ({ websocket, peer, closed }) => {
      websocket.send(await staleBlob());
      await peer.untilEnd();
      await closed;
    },
    ['open @1', 'error 0: The blob could not be read @2', 'close 1006 <> @3'],
  );

  sameAsWs(
    'that can not be read are the one error: bad bytes behind them are none',
    {},
    async ({ websocket, peer, closed }) => {
      websocket.send(await staleBlob());
      await peer.untilEnd();
      peer.send('ff ff');
      peer.socket.end();
      await closed;
    },
    ['open @1', 'error 0: The blob could not be read @2', 'close 1006 <> @3'],
  );

  it.each(roles)(
    'that are read when the socket goes: callbacks get an error (%s)',
    async (role) => {
      const { websocket, noting, closed, log } = await openBench(role);
      websocket.send(new Blob(['blob']), noting('blob'));
      websocket.send('behind', noting('behind'));
      websocket.ping(noting('ping'));
      websocket.terminate();
      await closed;
      await nextTurn();
      expect(
        log
          .slice(1)
          .map((line) => line.replace(/ @\d$/, ''))
          .sort(),
      ).toEqual([
        'behind The socket was closed while the blob was being read',
        'blob The socket was closed while the blob was being read',
        'close 1006 <>',
        'ping The socket was closed while the blob was being read',
      ]);
    },
  );

  it('go through the transform', async () => {
    const transform = new FakeTransform();
    transform.synchronous = true;
    const { websocket, peer } = await openBench('server', { transform, pair: memoryPair });
    websocket.send(new Blob(['AB']));
    await peer.untilFrames(1);
    expect(peer.received.toString('hex')).toBe('c202bebd');
  });

  it('that are read one by one let much wait, in order', async () => {
    const { websocket, peer } = await openBench('server', { pair: memoryPair });
    const expected: string[] = [];
    for (let i = 0; i < 200; i++) {
      websocket.send(i % 3 === 0 ? new Blob([`${i}`]) : Buffer.from(`${i}`));
      expected.push(`2: ${i}`);
    }
    expect(await peer.untilFrames(200)).toEqual(expected);
  });
});
