/** The class `Sender`. */
import type { Scenario } from '../scenario.js';
import { turn } from '../manual-socket.js';
import { called, countingKey, senderOn } from './wire.js';

const all = { binary: true, compress: false, fin: true, mask: false };

export const senderScenarios: readonly Scenario[] = [
  {
    title: 'what is left out of the options is false',
    covers: ['18.sender.send', '18.sender.socket'],
    async run(world) {
      for (const options of [
        {},
        { fin: true },
        { fin: true, binary: true },
        { fin: true, mask: true },
        { fin: 1, mask: 1, binary: 'yes' },
        { fin: true, compress: false, unknown: true },
        all,
      ]) {
        const { sender, wire } = senderOn(world, {}, countingKey);
        world.note('callback', await called(sender, 'send', 'data', options));
        world.note('sent', options, ...wire.take());
        world.note('callback', await called(sender, 'send', Buffer.from('data'), options));
        world.note('sent', options, ...wire.take());
      }
      const { sender } = senderOn(world);
      world.attempt('no options', () => sender.send('data'));
    },
  },
  {
    title: 'fragments, with control frames between them',
    covers: ['18.sender.send', '18.sender.control'],
    run(world) {
      const { sender, wire } = senderOn(world);
      sender.send('a', { binary: true });
      sender.ping('', false);
      sender.send('b', { binary: false });
      sender.send('c', { fin: true });
      sender.send('d', { fin: true, binary: true });
      world.note('sent', ...wire.take());
    },
  },
  {
    title: 'pings, pongs and close frames',
    covers: ['18.sender.control'],
    async run(world) {
      for (const mask of [false, true, undefined, 1]) {
        const { sender, wire } = senderOn(world, {}, countingKey);
        for (const method of ['ping', 'pong']) {
          world.note(method, await called(sender, method, 'data', mask), ...wire.take());
          world.note(method, await called(sender, method, Buffer.from('data'), mask));
          world.note(method, await called(sender, method, Buffer.alloc(0), mask), ...wire.take());
          world.attempt('too long', () => sender[method]('x'.repeat(126), mask));
        }
        world.note('close', await called(sender, 'close', 1000, 'reason', mask), ...wire.take());
        world.note('close', await called(sender, 'close', 1000, Buffer.from('reason'), mask));
        world.note('close', await called(sender, 'close', 3000, undefined, mask), ...wire.take());
        world.note('close', await called(sender, 'close', undefined, 'x', mask), ...wire.take());
      }
    },
  },
  {
    title: 'arguments of close that are refused',
    covers: ['18.sender.control'],
    run(world) {
      const { sender, wire } = senderOn(world);
      for (const code of [0, 1004, 1005, 1015, 2999, 5000, '1000', null, NaN]) {
        world.attempt(`close ${String(code)}`, () => sender.close(code));
      }
      for (const reason of ['x'.repeat(124), new Uint16Array(2), [1], null, 5, {}]) {
        world.attempt('close', () => sender.close(1000, reason));
      }
      world.note('sent', ...wire.take());
    },
  },
  {
    title: 'data of many kinds',
    covers: ['18.sender.data'],
    async run(world) {
      const { sender, wire } = senderOn(world, {}, countingKey);
      const values = [
        ['ä', Buffer.from('ä'), new Uint8Array(2), new DataView(new ArrayBuffer(3), 1), ''],
        [new ArrayBuffer(2), [1, 2], { length: 1, 0: 7 }, new Date(0)],
        [5, 0, undefined, false, true, {}, 5n, Symbol('x'), () => {}],
      ].flat();
      for (const value of values) {
        for (const [method, second] of [
          ['send', all],
          ['send', { fin: true, mask: true }],
          ['ping', false],
          ['pong', true],
        ] as const) {
          world.attempt(method, () => sender[method](value, second));
          world.note('sent', ...wire.take());
        }
      }
      await called(sender, 'send', new Blob(['blob']), all);
      await called(sender, 'ping', new Blob(['blob']), true);
      world.note('sent', ...wire.take());
    },
  },
  {
    title: 'messages that are compressed',
    covers: ['18.sender.extensions'],
    async run(world) {
      const { PerMessageDeflate } = world.lib.module;
      for (const parameters of [{}, { client_no_context_takeover: [true] }]) {
        const extension = new PerMessageDeflate({ threshold: 3 });
        extension.accept([parameters as any]);
        world.cleanUp(() => extension.cleanup());
        const { sender, wire } = senderOn(world, { 'permessage-deflate': extension });
        for (const [data, options] of [
          ['Hello', { ...all, compress: true }],
          ['Hi', { ...all, compress: true }],
          ['Hello', all],
          ['begin', { compress: true }],
          ['end', { fin: true }],
        ] as const) {
          await called(sender, 'send', data, options);
          world.note('sent', ...wire.take());
        }
      }
    },
  },
  {
    title: 'the socket is destroyed during a compression',
    covers: ['18.sender.extensions', '18.sender.socket'],
    async run(world) {
      const extension = new world.lib.module.PerMessageDeflate();
      extension.accept([{}]);
      world.cleanUp(() => extension.cleanup());
      const { sender, wire } = senderOn(world, { 'permessage-deflate': extension });
      const first = called(sender, 'send', 'Hello', { ...all, compress: true });
      const second = called(sender, 'ping', 'ping', false);
      wire.destroyed = true;
      world.note('callbacks', await first, await second);
      world.note('sent', ...wire.take());
    },
  },
  {
    title: 'extensions that are none, and no generateMask',
    covers: ['18.sender.extensions', '18.sender.mask'],
    async run(world) {
      for (const extensions of [undefined, null, {}]) {
        const { sender, wire } = senderOn(world, extensions);
        await called(sender, 'send', 'data', { fin: true, mask: true });
        const [bytes] = wire.take();
        const key = bytes.subarray(2, 6);
        const data = bytes.subarray(6).map((byte, index) => byte ^ (key[index] ?? 0));
        world.note('sent', bytes.subarray(0, 2), Buffer.from(data));
      }
    },
  },
  {
    title: 'the Buffer that generateMask gets',
    covers: ['18.sender.mask'],
    run(world) {
      const keys: Buffer[] = [];
      const { sender, wire } = senderOn(world, {}, (key: Buffer) => {
        keys.push(key);
        key.fill(keys.length);
      });
      sender.send('a', { fin: true, mask: true });
      sender.ping('b', true);
      sender.send('c', { fin: true });
      sender.close(1000, '', true);
      world.note('keys', keys.length, new Set(keys).size, keys[0]?.length, ...wire.take());
    },
  },
  {
    title: 'sendFrame with one chunk, with two, and with what frame makes',
    covers: ['18.sender.frames'],
    async run(world) {
      const { Sender } = world.lib.module;
      const { sender, wire } = senderOn(world);
      const one = [Buffer.from('8100', 'hex')];
      const two = [Buffer.from('8105', 'hex'), Buffer.from('Hello')];
      world.note('callback', await called(sender, 'sendFrame', one), ...wire.take());
      world.note('callback', await called(sender, 'sendFrame', two), ...wire.take());
      sender.sendFrame(two);
      const long = Sender.frame(Buffer.alloc(70_000), { fin: true, opcode: 2 });
      world.note('callback', await called(sender, 'sendFrame', long), ...wire.take());
    },
  },
  {
    title: 'a Blob that can not be read',
    covers: ['18.sender.onerror'],
    async run(world) {
      const unreadable = (): Blob =>
        Object.assign(new Blob(['x']), {
          arrayBuffer: () => Promise.reject(new Error('unreadable')),
        });
      const { sender, wire } = senderOn(world);
      world.note('onerror', typeof sender.onerror);
      sender.onerror = (error: unknown) => world.note('onerror', error);
      const callback = (error: unknown): void => world.note('callback', error);
      sender.send(unreadable(), all, callback);
      sender.ping('behind', false, callback);
      await turn();
      await turn();
      world.note('sent', ...wire.take());
      const silent = senderOn(world);
      silent.sender.send(unreadable(), all, callback);
      await turn();
      await turn();
    },
  },
];
