import * as http from 'node:http';
import { isValidUtf8, portableMasking } from '@hybi/frame';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findMasking, findUtf8Check } from '../../src/node/accelerators.js';
import { nodePlatform } from '../../src/node/index.js';

const nodeMasks = 'websocketMask' in http;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('masking', () => {
  it('is the fastest there is: a package is installed here', () => {
    vi.stubEnv('WS_NO_BUFFER_UTIL', '');
    expect(findMasking()).not.toBe(portableMasking);
  });

  it('is portable where the package is switched off and Node has none', () => {
    vi.stubEnv('WS_NO_BUFFER_UTIL', '1');
    expect(findMasking() === portableMasking).toBe(!nodeMasks);
  });

  it.each([0, 1, 7, 100, 2047, 2048, 2049, 5001])('of %d bytes is the portable one', (length) => {
    const masking = findMasking();
    for (const key of [0, 1, 0x37fa213d, 0xffffffff, 0x80000000 | 0]) {
      for (const phase of [0, 1, 2, 3]) {
        for (const start of [0, 1, 5]) {
          const source = Uint8Array.from({ length: length + 10 }, (_, i) => (i * 31) & 0xff);
          const [one, other] = [source.slice(), source.slice()];
          masking.inPlace(one, start, start + length, key, phase);
          portableMasking.inPlace(other, start, start + length, key, phase);
          expect(one.every((byte, i) => byte === other[i])).toBe(true);
          const [target, expected] = [new Uint8Array(length + 9), new Uint8Array(length + 9)];
          masking.into(source, start, start + length, target, 3, key, phase);
          portableMasking.into(source, start, start + length, expected, 3, key, phase);
          expect(target.every((byte, i) => byte === expected[i])).toBe(true);
        }
      }
    }
  });
});

describe('the UTF-8 check', () => {
  const good = ['', 'text', 'häh '.repeat(20), '\u{1f600}'.repeat(30)].map((each) =>
    Buffer.from(each),
  );
  const bad = ['ff', 'c0af', 'eda080', 'f4908080', '61'.repeat(40) + 'c3'].map((each) =>
    Buffer.from(each, 'hex'),
  );

  it('agrees with the portable one', () => {
    const check = findUtf8Check();
    for (const bytes of good) expect(check(bytes)).toBe(true);
    for (const bytes of bad) expect(check(bytes)).toBe(false);
    for (const bytes of [...good, ...bad]) expect(check(bytes)).toBe(isValidUtf8(bytes));
  });
});

describe('the platform of Node', () => {
  it('is one', () => {
    expect(nodePlatform()).toBe(nodePlatform());
  });

  it('allocates Buffers', () => {
    expect(Buffer.isBuffer(nodePlatform().allocate(0))).toBe(true);
    expect(nodePlatform().allocate(10)).toHaveLength(10);
  });

  it('writes text as UTF-8', () => {
    const platform = nodePlatform();
    const text = 'aé\u{1f600}\ud800';
    const target = Buffer.alloc(20);
    expect(platform.utf8Length(text)).toBe(10);
    expect(platform.utf8Write(text, target, 2)).toBe(10);
    expect(target.toString('hex', 2, 12)).toBe('61c3a9f09f9880efbfbd');
  });

  it('fills with random bytes', () => {
    const target = new Uint8Array(64);
    nodePlatform().randomFill(target);
    expect(target.some((byte) => byte !== 0)).toBe(true);
  });

  it('runs a task once the running piece of the program is over', async () => {
    const order: string[] = [];
    nodePlatform().schedule(() => order.push('task'));
    void Promise.resolve().then(() => order.push('promise'));
    order.push('now');
    await new Promise((resolve) => setImmediate(resolve));
    expect([...order].sort()).toEqual(['now', 'promise', 'task']);
    expect(order[0]).toBe('now');
  });
});
