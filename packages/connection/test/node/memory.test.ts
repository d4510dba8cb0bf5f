import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { WebSocket } from '../../src/node/index.js';
import { nextTurn, openBench } from './support/bench.js';
import { roles } from './support/implementations.js';
import type { Role } from './support/implementations.js';
import { hex } from './support/raw-peer.js';
import type { MemorySocket } from './support/sockets.js';
import { memoryPair } from './support/sockets.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Waits until nothing holds what is referred to; never returns if something does. */
async function collected(...references: WeakRef<object>[]): Promise<void> {
  while (references.some((each) => each.deref() !== undefined)) {
    await nextTurn();
    collectGarbage();
  }
}

/** Pushes the bytes, in a chunk of 64 KiB of which they are a part; refers to its memory. */
function pushPinned(socket: MemorySocket, bytes: Uint8Array): WeakRef<object> {
  const memory = Buffer.allocUnsafeSlow(64 * 1024);
  memory.set(bytes, 1000);
  socket.push(memory.subarray(1000, 1000 + bytes.length));
  return new WeakRef(memory.buffer);
}

const text = (role: Role): Buffer =>
  role === 'server' ? hex('81 85 37fa213d 7f9f4d5158') : hex('81 05 48656c6c6f');

describe.each(roles)('R7 an idle %s', (role) => {
  it('holds no chunk that it has read', async () => {
    const { websocket, socket, log } = await openBench(role, { pair: memoryPair });
    const first = pushPinned(socket as MemorySocket, text(role));
    const control = pushPinned(
      socket as MemorySocket,
      text(role).map((byte, i) => (i === 0 ? 0x89 : byte)),
    );
    await nextTurn();
    expect(log).toEqual(['open @1', 'message <Hello> false @1', 'ping <Hello> @1']);
    await collected(first, control);
    expect(websocket.readyState).toBe(1);
  });

  it('holds no chunk that ends in a header', async () => {
    const { websocket, socket } = await openBench(role, { pair: memoryPair });
    const chunk = pushPinned(
      socket as MemorySocket,
      Buffer.concat([text(role), text(role).subarray(0, 1)]),
    );
    await collected(chunk);
    expect(websocket.readyState).toBe(1);
  });

  it('holds no chunk for the reason of its end', async () => {
    const { websocket, socket, closed } = await openBench(role, { pair: memoryPair });
    const frame = role === 'server' ? hex('88 83 00000000 03e841') : hex('88 03 03e841');
    let reason: Buffer | undefined;
    websocket.on('close', (_code, given) => (reason = given));
    const chunk = pushPinned(socket as MemorySocket, frame);
    (socket as MemorySocket).push(null);
    (socket as MemorySocket).peer?.end();
    await closed;
    expect(String(reason)).toBe('A');
    expect(reason?.buffer.byteLength).toBe(1);
    await collected(chunk);
  });

  it('holds nothing that it has sent', async () => {
    const { websocket, peer } = await openBench(role);
    let payload: Buffer | undefined = Buffer.allocUnsafeSlow(100_000);
    const reference = new WeakRef(payload.buffer);
    await new Promise<void>((resolve) => websocket.send(payload!, () => resolve()));
    payload = undefined;
    peer.forget();
    await collected(reference);
    expect(websocket.readyState).toBe(1);
  });
});

it('a WebSocket that is over can be collected', async () => {
  const run = async (): Promise<WeakRef<object>[]> => {
    const [socket, other] = memoryPair();
    const websocket = new WebSocket(null);
    websocket.attach(socket, Buffer.alloc(0), { role: 'server' });
    websocket.send('x');
    other.resume();
    const closed = new Promise((resolve) => websocket.on('close', resolve));
    websocket.terminate();
    await closed;
    return [new WeakRef(websocket), new WeakRef(socket)];
  };
  await collected(...(await run()));
});

it('a kept message is all that is kept', async () => {
  const { websocket, peer } = await openBench('server', { pair: memoryPair });
  const kept: Buffer[] = [];
  websocket.on('message', (data) => kept.push(data as Buffer));
  const frame = peer.frame(0x82, Buffer.alloc(50_000, 'k'));
  for (let at = 0; at < frame.length; at += 10_000) {
    peer.send(frame.subarray(at, at + 10_000));
    await nextTurn();
  }
  expect(kept).toHaveLength(1);
  expect(kept[0]?.length).toBe(50_000);
  expect(kept[0]?.buffer.byteLength).toBeLessThan(64 * 1024);
});
