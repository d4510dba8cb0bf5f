import { describe, expect, it } from 'vitest';
import { WriteBatch } from '../src/write-batch.js';
import { FakeSink } from './support/fake-sink.js';
import { readFrames } from './support/frames.js';
import { manualPlatform } from './support/manual-platform.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function setUp(masked = false, key?: () => number) {
  const sink = new FakeSink();
  const manual = manualPlatform();
  const batch = new WriteBatch(sink, manual.platform, masked, key);
  const add = (payload: Uint8Array, done?: () => void): void => {
    batch.add(true, 2, false, payload, false, done);
  };
  return { sink, batch, add, ...manual };
}

const payloads = (bytes: Uint8Array): string[] =>
  readFrames(bytes).map((frame) => frame.payload.toString());

describe('when frames are written', () => {
  it('writes the first frame of a tick at once', () => {
    const { sink, add } = setUp();
    add(text('a'));
    expect(sink.writes).toHaveLength(1);
  });

  it('writes the rest of the tick together at its end', () => {
    const { sink, add, endTick } = setUp();
    for (const value of ['a', 'b', 'c', 'd']) add(text(value));
    expect(sink.writes).toHaveLength(1);
    endTick();
    expect(sink.writes).toHaveLength(2);
    expect(payloads(sink.bytes)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('starts anew with the next tick', () => {
    const { sink, add, endTick } = setUp();
    add(text('a'));
    endTick();
    add(text('b'));
    expect(sink.writes).toHaveLength(2);
    endTick();
    expect(sink.writes).toHaveLength(2);
  });

  it('writes once for everything between begin and end', () => {
    const { sink, batch, add, endTick } = setUp();
    batch.begin();
    for (let i = 0; i < 500; i++) add(text(`message ${i}`));
    expect(sink.writes).toHaveLength(0);
    batch.end();
    expect(sink.writes).toHaveLength(1);
    endTick();
    expect(sink.writes).toHaveLength(1);
    expect(payloads(sink.bytes)).toHaveLength(500);
  });

  it('waits for the outermost end', () => {
    const { sink, batch, add } = setUp();
    batch.begin();
    batch.begin();
    add(text('a'));
    batch.end();
    expect(sink.writes).toHaveLength(0);
    batch.end();
    expect(sink.writes).toHaveLength(1);
  });

  it('writes nothing for an empty bracket', () => {
    const { sink, batch } = setUp();
    batch.begin();
    batch.end();
    expect(sink.writes).toHaveLength(0);
  });

  it('counts a bracket of the application as one frame', () => {
    const { sink, batch, add, endTick } = setUp();
    batch.begin();
    add(text('a'));
    add(text('b'));
    batch.endAsOne();
    expect(sink.writes).toHaveLength(1);
    batch.begin();
    add(text('c'));
    add(text('d'));
    batch.endAsOne();
    expect(sink.writes).toHaveLength(1);
    endTick();
    expect(sink.writes).toHaveLength(2);
    expect(payloads(sink.bytes)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('does not let a tick task of a connection in a bracket split its batch', () => {
    const { sink, batch, add, endTick } = setUp();
    add(text('a'));
    add(text('b'));
    batch.begin();
    add(text('c'));
    endTick();
    expect(sink.writes).toHaveLength(1);
    batch.end();
    expect(sink.writes).toHaveLength(2);
    expect(payloads(sink.bytes)).toEqual(['a', 'b', 'c']);
  });

  it('gathers while another connection has a bracket: it may be a broadcast', () => {
    const { platform, endTick } = manualPlatform();
    const [reading, other] = [new FakeSink(), new FakeSink()];
    const bracket = new WriteBatch(reading, platform, false);
    const batch = new WriteBatch(other, platform, false);
    const add = (payload: string): void => {
      batch.add(true, 1, false, text(payload), false, undefined);
    };
    bracket.begin();
    for (const each of ['a', 'b', 'c']) add(each);
    bracket.end();
    expect(other.writes).toHaveLength(0);
    endTick();
    expect(other.writes).toHaveLength(1);
    add('d');
    expect(other.writes).toHaveLength(2);
    expect(payloads(other.bytes)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('bounds what gathers: much is written before the bracket ends', () => {
    const { sink, batch, add } = setUp();
    batch.begin();
    const payload = new Uint8Array(10_000);
    for (let i = 0; i < 1000; i++) {
      add(payload);
      expect(batch.pendingBytes).toBeLessThan(300_000);
    }
    batch.end();
    expect(readFrames(sink.bytes)).toHaveLength(1000);
  });

  it('shares ticks between connections and keeps their bytes apart', () => {
    const { platform, endTick } = manualPlatform();
    const sinks = Array.from({ length: 50 }, () => new FakeSink());
    const batches = sinks.map((sink) => new WriteBatch(sink, platform, false));
    for (let round = 0; round < 3; round++) {
      batches.forEach((batch, i) => {
        batch.add(true, 1, false, text(`${i}/${round}`), false, undefined);
      });
    }
    endTick();
    sinks.forEach((sink, i) => {
      expect(sink.writes).toHaveLength(2);
      expect(payloads(sink.bytes)).toEqual([`${i}/0`, `${i}/1`, `${i}/2`]);
    });
  });
});

describe('memory', () => {
  it('hands a large payload over by reference, in one group with its header', () => {
    const { sink, add } = setUp();
    const payload = new Uint8Array(100_000).fill(7);
    add(payload);
    expect(sink.writes).toHaveLength(1);
    expect(sink.parts.some((part) => part === payload)).toBe(true);
  });

  it('never changes borrowed memory', () => {
    for (const size of [5, 200, 20_000, 100_000]) {
      const { sink, add, endTick } = setUp(true);
      const payload = new Uint8Array(size).fill(7);
      add(payload);
      endTick();
      expect(payload.every((byte) => byte === 7)).toBe(true);
      expect(readFrames(sink.bytes)[0]?.payload.equals(payload)).toBe(true);
    }
  });

  it('masks memory of its own in place', () => {
    const { sink, batch } = setUp(true);
    const payload = new Uint8Array(100_000).fill(7);
    batch.add(true, 2, true, payload, true, undefined);
    expect(sink.parts.some((part) => part === payload)).toBe(true);
    expect(payload.every((byte) => byte === 7)).toBe(false);
    const [frame] = readFrames(sink.bytes);
    expect(frame?.rsv1).toBe(true);
    expect(frame?.payload.every((byte) => byte === 7)).toBe(true);
  });

  it('never touches memory that a backlogged transport still reads', () => {
    const { sink, batch, add, endTick } = setUp();
    sink.room = 0;
    const sent: string[] = [];
    for (let tick = 0; tick < 40; tick++) {
      batch.begin();
      for (let i = 0; i < 20; i++) {
        const value = `${tick}.${i}`.repeat(1 + ((tick * 7 + i) % 60));
        sent.push(value);
        add(text(value));
      }
      batch.end();
      endTick();
    }
    // The sink kept views, not copies.
    expect(payloads(sink.bytes)).toEqual(sent);
  });

  it('never touches memory that a transport took only in part', () => {
    const { sink, batch, add, endTick } = setUp();
    sink.room = 40;
    const sent: string[] = [];
    for (let i = 0; i < 200; i++) {
      sent.push(`message ${i}`);
      batch.begin();
      add(text(`message ${i}`));
      batch.end();
      endTick();
    }
    expect(payloads(sink.bytes)).toEqual(sent);
  });

  it('does not lend one slab to two connections', () => {
    const { platform, endTick } = manualPlatform();
    const large = new Uint8Array(30_000);
    const sinks = [new FakeSink(), new FakeSink(), new FakeSink()];
    const batches = sinks.map((sink) => new WriteBatch(sink, platform, false));
    const sent: string[][] = [[], [], []];
    for (let i = 0; i < 90; i++) {
      batches.forEach((batch, index) => {
        // The third comes when the others have outgrown their first slab.
        if (index === 2 && i < 60) return;
        const value = `${index}.${i}`.repeat(20);
        sent[index]?.push(value);
        batch.add(true, 1, false, text(value), false, undefined);
        if (i === 3) batch.add(true, 2, false, large, false, undefined);
      });
    }
    endTick();
    sinks.forEach((sink, index) => {
      const texts = readFrames(sink.bytes).filter((frame) => frame.opcode === 1);
      expect(texts.map((frame) => frame.payload.toString())).toEqual(sent[index]);
    });
  });

  it('uses one slab again and again while the transport takes everything', () => {
    const { allocations, add, endTick } = setUp();
    for (let i = 0; i < 1000; i++) {
      add(text('x'.repeat(100)));
      add(text('y'.repeat(100)));
      endTick();
    }
    expect(allocations.length).toBeLessThan(3);
  });

  it('moves to a larger slab without losing what gathered, also behind parts', () => {
    const { sink, add, endTick } = setUp();
    const large = new Uint8Array(30_000).fill(1);
    add(text('first'));
    for (let i = 0; i < 30; i++) {
      add(text('s'.repeat(300)));
      if (i % 10 === 5) add(large);
    }
    endTick();
    const frames = readFrames(sink.bytes);
    expect(frames).toHaveLength(34);
    expect(frames.filter((frame) => frame.payload.length === 30_000)).toHaveLength(3);
  });
});

describe('callbacks', () => {
  it('come in order, after the write that carried their bytes', async () => {
    const { sink, add, endTick } = setUp();
    sink.room = 0;
    const called: number[] = [];
    for (let i = 0; i < 5; i++) add(text('m'), () => called.push(i));
    endTick();
    expect(called).toEqual([]);
    sink.drain();
    expect(called).toEqual([0, 1, 2, 3, 4]);
  });

  it('get what the transport says', () => {
    const { sink, batch, endTick } = setUp();
    sink.room = 0;
    const errors: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      batch.add(true, 1, false, text('m'), false, (error) => errors.push(error));
    }
    endTick();
    const error = new Error('gone');
    sink.drain(error);
    expect(errors).toEqual([error, error, error]);
  });

  it('are all called when one throws', () => {
    const { sink, add, batch, endTick } = setUp();
    sink.room = 0;
    const called: number[] = [];
    batch.begin();
    for (let i = 0; i < 4; i++) {
      add(text('m'), () => {
        called.push(i);
        if (i === 1) throw new Error('of the application');
      });
    }
    batch.end();
    expect(() => sink.drain()).toThrow('of the application');
    endTick();
    expect(called).toEqual([0, 1, 2, 3]);
  });
});

describe('text', () => {
  const texts = [
    '',
    'a',
    'héllo wörld',
    '\u20ac'.repeat(41),
    '\u20ac'.repeat(42),
    'x'.repeat(125),
    'x'.repeat(126),
    '😀'.repeat(40_000),
    'lone \ud800 surrogate',
  ];

  for (const masked of [false, true]) {
    it(`is encoded as UTF-8, ${masked ? 'masked' : 'unmasked'}`, () => {
      const { sink, batch, endTick } = setUp(masked);
      for (const value of texts) batch.addText(true, 1, value, undefined);
      endTick();
      const frames = readFrames(sink.bytes);
      expect(frames.map((frame) => frame.payload.toString())).toEqual(
        texts.map((value) => Buffer.from(value).toString()),
      );
      expect(frames.every((frame) => frame.masked === masked)).toBe(true);
    });

    it(`counts its bytes, ${masked ? 'masked' : 'unmasked'}`, () => {
      for (const value of texts) {
        const { sink, batch } = setUp(masked);
        batch.begin();
        batch.addText(true, 1, value, undefined);
        const { pendingBytes } = batch;
        batch.end();
        expect(sink.bytes.length).toBe(pendingBytes);
        expect(batch.pendingBytes).toBe(0);
      }
    });
  }
});

describe('wire bytes', () => {
  it('of a server: the unmasked "Hello" of RFC 6455 §5.7', () => {
    const { sink, batch } = setUp();
    batch.addText(true, 1, 'Hello', undefined);
    expect([...sink.bytes]).toEqual([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
  });

  it('of a client: the masked "Hello" of RFC 6455 §5.7', () => {
    const { sink, batch } = setUp(true, () => 0x37fa213d);
    batch.addText(true, 1, 'Hello', undefined);
    expect([...sink.bytes]).toEqual([
      0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58,
    ]);
  });

  it('with a key of zeros: masked, and unchanged', () => {
    const { sink, batch } = setUp(true, () => 0);
    batch.add(true, 2, false, Uint8Array.of(1, 2), false, undefined);
    expect([...sink.bytes]).toEqual([0x82, 0x82, 0, 0, 0, 0, 1, 2]);
  });

  it('of frames that are made already: as they are', () => {
    const { sink, batch, endTick } = setUp();
    batch.addEncoded(Uint8Array.of(0x81, 0), undefined);
    const large = new Uint8Array(50_000).fill(3);
    batch.addEncoded(large, undefined);
    endTick();
    expect(sink.bytes.length).toBe(50_002);
    expect(sink.parts.some((part) => part === large)).toBe(true);
  });
});
