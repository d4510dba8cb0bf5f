import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onceEvent } from '../src/index.js';

const listenerCounts = (emitter: EventEmitter): number[] =>
  ['ready', 'error'].map((name) => emitter.listenerCount(name));

describe('onceEvent', () => {
  it('resolves with the arguments', async () => {
    const emitter = new EventEmitter();
    const wait = onceEvent<[number, string]>(emitter, 'ready');
    emitter.emit('ready', 1, 'a');
    emitter.emit('ready', 2, 'b');
    expect(await wait).toEqual([1, 'a']);
    expect(listenerCounts(emitter)).toEqual([0, 0]);
  });

  it('says what did not come', async () => {
    const emitter = new EventEmitter();
    await expect(onceEvent(emitter, 'ready', { timeout: 1 })).rejects.toThrow(
      "No 'ready' event within 1 ms",
    );
    expect(listenerCounts(emitter)).toEqual([0, 0]);
  });

  it('fails when an error comes first', async () => {
    const emitter = new EventEmitter();
    const wait = onceEvent(emitter, 'ready');
    const cause = new Error('broken');
    emitter.emit('error', cause);
    await expect(wait).rejects.toMatchObject({
      message: "'error' came before 'ready': Error: broken",
      cause,
    });
    expect(listenerCounts(emitter)).toEqual([0, 0]);
  });

  it('can wait for an error', async () => {
    const emitter = new EventEmitter();
    const wait = onceEvent(emitter, 'error');
    const error = new Error('expected');
    emitter.emit('error', error);
    expect(await wait).toEqual([error]);
  });

  it.each(['before', 'during'])('gives up when the signal aborts %s the wait', async (when) => {
    const emitter = new EventEmitter();
    const controller = new AbortController();
    if (when === 'before') controller.abort();
    const wait = onceEvent(emitter, 'ready', { signal: controller.signal });
    controller.abort();
    await expect(wait).rejects.toThrow("The wait for 'ready' was given up");
    expect(listenerCounts(emitter)).toEqual([0, 0]);
  });
});
