import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { PerMessageDeflate, Sender } from '../../src/index.js';
import type { FrameOptions } from '../../src/compat/sender-frame.js';

const ws = createRequire(import.meta.url)('ws') as {
  Sender: typeof Sender;
  PerMessageDeflate: typeof PerMessageDeflate;
};
type Classes = typeof ws;
const ours: Classes = { Sender, PerMessageDeflate };

/** A socket that keeps what is written to it. */
class Recorder extends Duplex {
  readonly chunks: Buffer[] = [];

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }

  get hex(): string {
    return Buffer.concat(this.chunks).toString('hex');
  }
}

const key = (buffer: Buffer): void => {
  buffer.set([0x37, 0xfa, 0x21, 0x3d]);
};

describe('Sender.frame returns what that of ws does', () => {
  const data = ['', 'Hello', 'x'.repeat(126), 'x'.repeat(65_536), 'é€😀'];
  const flags = [false, true];

  it('for all its options', () => {
    for (const text of data) {
      for (const asBuffer of flags) {
        for (const mask of flags) {
          for (const readOnly of flags) {
            for (const rsv1 of flags) {
              const frame = (classes: Classes): string[] => {
                const options: FrameOptions = { fin: true, opcode: 2, mask, readOnly, rsv1 };
                const input = asBuffer ? Buffer.from(text) : text;
                const list = classes.Sender.frame(input, { ...options, generateMask: key });
                return list.map((chunk) => Buffer.from(chunk).toString('hex'));
              };
              expect(frame(ours)).toEqual(frame(ws));
            }
          }
        }
      }
    }
  });

  it('and leaves read-only data alone, other data it masks in place', () => {
    const readOnly = Buffer.from('data');
    Sender.frame(readOnly, { opcode: 2, mask: true, readOnly: true, generateMask: key });
    expect(readOnly.toString()).toBe('data');
    const free = Buffer.from('data');
    const [, second] = Sender.frame(free, { opcode: 2, mask: true, generateMask: key });
    expect(second).toBe(free);
    expect(free.toString()).not.toBe('data');
  });

  it('with a key of zeros', () => {
    const options = {
      opcode: 1,
      mask: true,
      readOnly: true,
      generateMask: (b: Buffer) => b.fill(0),
    };
    const shape = (classes: Classes): number =>
      classes.Sender.frame(Buffer.from('a'), options).length;
    expect(shape(ours)).toBe(shape(ws));
  });
});

describe('Sender writes what that of ws does', () => {
  async function wire(classes: Classes, compress: boolean): Promise<string> {
    const socket = new Recorder();
    const deflate = new classes.PerMessageDeflate({ threshold: 0, isServer: true });
    deflate.accept([{}]);
    const extensions = compress ? { 'permessage-deflate': deflate } : {};
    const sender = new classes.Sender(socket, extensions, key);
    const binary = { binary: true, compress, fin: true, mask: true };
    sender.send(Buffer.from('one'), binary);
    sender.ping(Buffer.from('p'), true);
    sender.send('two', { ...binary, binary: false, fin: false });
    sender.pong('q', false);
    sender.send('three', binary);
    sender.send(new Blob(['blob']), { ...binary, compress: false });
    await new Promise<void>((resolve) => {
      sender.close(1000, 'bye', true, () => resolve());
    });
    return socket.hex;
  }

  it('in order, plain and compressed', async () => {
    expect(await wire(ours, false)).toBe(await wire(ws, false));
    expect(await wire(ours, true)).toBe(await wire(ws, true));
  });

  it('and refuses what it refuses', () => {
    const calls: ((sender: Sender) => void)[] = [
      (sender) => sender.ping(Buffer.alloc(126)),
      (sender) => sender.pong('é'.repeat(63)),
      (sender) => sender.close(999),
      (sender) => sender.close('1000' as unknown as number),
      (sender) => sender.close(1000, 'x'.repeat(124)),
      (sender) => sender.close(1000, new Uint16Array(2) as unknown as Uint8Array),
      (sender) => sender.send(true, {}),
    ];
    for (const call of calls) {
      const outcome = (classes: Classes): unknown => {
        const socket = new Recorder();
        try {
          call(new classes.Sender(socket));
        } catch (error) {
          const { message, code } = error as Error & { code?: string };
          return [(error as Error).constructor.name, message, code, socket.hex];
        }
        return undefined;
      };
      expect(outcome(ours)).toBeDefined();
      expect(outcome(ours)).toEqual(outcome(ws));
    }
  });

  it('and tells onerror of a blob that can not be read', async () => {
    const sender = new Sender(new Recorder());
    const failing = Object.assign(new Blob(['x']), {
      arrayBuffer: () => Promise.reject(new Error('not readable')),
    });
    const told = new Promise<Error>((resolve) => {
      sender.onerror = resolve;
    });
    const called = new Promise((resolve) => {
      sender.send(failing, { binary: true, fin: true }, resolve);
    });
    expect((await told).message).toBe('not readable');
    expect(((await called) as Error).message).toBe('not readable');
  });
});
