import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Connection, portablePlatform } from '../src/index.js';
import type { ConnectionOptions } from '../src/index.js';
import { FakeSink } from './support/fake-sink.js';
import { FakeTransform } from './support/fake-transform.js';
import { Recorder } from './support/recorder.js';

/** What a program may do. */
const action = fc.oneof(
  fc.record({ do: fc.constant('text' as const), value: fc.string({ unit: 'binary' }) }),
  fc.record({ do: fc.constant('binary' as const), value: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ do: fc.constant('large' as const), value: fc.nat({ max: 70_000 }) }),
  fc.record({ do: fc.constant('ping' as const), value: fc.uint8Array({ maxLength: 125 }) }),
  fc.record({
    do: fc.constant('fragments' as const),
    value: fc.array(fc.uint8Array({ maxLength: 50 }), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ do: fc.constant('tick' as const), value: fc.constant(0) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const latin1 = (value: string | Uint8Array): string => Buffer.from(value).toString('latin1');

/** Does it, and returns what the peer must be told. */
function perform(connection: Connection, { do: what, value }: Action): string[] {
  switch (what) {
    case 'text':
      connection.sendText(value);
      return [`text ${latin1(value)}`];
    case 'binary':
      connection.sendBinary(value);
      return [`binary ${latin1(value)}`];
    case 'large': {
      const bytes = new Uint8Array(value).fill(value & 0xff);
      connection.sendBinary(bytes);
      return [`binary ${latin1(bytes)}`];
    }
    case 'ping':
      connection.sendPing(value);
      return [`ping ${Buffer.from(value).toString()}`];
    case 'fragments':
      value.forEach((part, index) => {
        connection.send(2, part, index === value.length - 1);
      });
      return [`binary ${latin1(Buffer.concat(value))}`];
    case 'tick':
      return [];
  }
}

function side(role: 'client' | 'server', options: ConnectionOptions = {}) {
  const sink = new FakeSink();
  const handler = new Recorder();
  return { sink, handler, connection: new Connection(role, handler, sink, options) };
}

/** Cuts bytes at the given distances, again and again. */
function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? bytes.length;
    chunks.push(bytes.slice(at, at + length));
    at += length;
  }
  return chunks;
}

const chunkLengths = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 });
const role = fc.constantFrom('client' as const, 'server' as const);

describe('two connections', () => {
  it('tell each other everything, in order, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        role,
        fc.array(action, { maxLength: 30 }),
        chunkLengths,
        fc.boolean(),
        async (senderRole, actions, lengths, encodes) => {
          const options = (): ConnectionOptions => {
            if (!encodes) return {};
            const transform = new FakeTransform();
            transform.synchronous = true;
            return { transform };
          };
          const sender = side(senderRole, options());
          const receiver = side(senderRole === 'client' ? 'server' : 'client', options());
          const expected: string[] = [];
          for (const each of actions) {
            expected.push(...perform(sender.connection, each));
            if (each.do === 'tick') await Promise.resolve();
          }
          sender.connection.flush();
          for (const chunk of cut(sender.sink.bytes, lengths)) receiver.connection.receive(chunk);
          expect(receiver.handler.events).toEqual(expected);
          expect(sender.connection.bufferedBytes).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('random bytes', () => {
  // Frames that are nearly right get further than noise does.
  const frame = fc
    .tuple(
      fc.constantFrom(0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8a, 0x83, 0xc1, 0x91),
      fc.uint8Array({ maxLength: 130 }),
      fc.boolean(),
    )
    .map(([first, payload, masked]) => {
      const length = payload.length;
      const head = length < 126 ? [first, length] : [first, 126, length >> 8, length & 0xff];
      if (masked) head[1] = (head[1] as number) | 0x80;
      return Buffer.from([...head, ...(masked ? [0, 0, 0, 0] : []), ...payload]);
    });
  const bytes = fc.array(fc.oneof({ weight: 5, arbitrary: frame }, fc.uint8Array()), {
    maxLength: 12,
  });

  it('never throw, and nothing follows an error or a close', () => {
    fc.assert(
      fc.property(role, bytes, chunkLengths, (itsRole, parts, lengths) => {
        const { connection, handler } = side(itsRole);
        for (const chunk of cut(Buffer.concat(parts), lengths)) connection.receive(chunk);
        const last = handler.events.findIndex((event) => /^(error|close)/.test(event));
        if (last !== -1) expect(last).toBe(handler.events.length - 1);
        expect(connection.deaf).toBe(last !== -1);
      }),
      { numRuns: 1000 },
    );
  });

  it('are told in the same way however they are cut', () => {
    fc.assert(
      fc.property(role, bytes, chunkLengths, (itsRole, parts, lengths) => {
        const wire = Buffer.concat(parts);
        const whole = side(itsRole);
        whole.connection.receive(Buffer.from(wire));
        const pieces = side(itsRole);
        for (const chunk of cut(wire, lengths)) pieces.connection.receive(chunk);
        expect(pieces.handler.events).toEqual(whole.handler.events);
      }),
      { numRuns: 1000 },
    );
  });
});

it('the portable platform counts UTF-8 as TextEncoder does', () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(
      fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (text) => {
        expect(portablePlatform().utf8Length(text)).toBe(encoder.encode(text).length);
      },
    ),
  );
});
