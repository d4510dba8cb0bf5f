/** Redirects that take the encryption away, or lead into the machine. */
import { selfSignedCertificate } from '@hybi/testkit';
import { follow, hops, noteRedirectedSecrets } from '../redirecting.js';
import type { Scenario } from '../scenario.js';

const because = 'A server must not reach what only this machine can reach, nor end the encryption';

const upgraded = ['upgrade', 0, 101];
const closed = ['close', 3, 1006, ['Buffer', '']];
const opened = [upgraded, ['open', 1, '', ''], closed];

/** The record of a redirect that is refused. */
function refused(from: string, to: string): unknown[] {
  const message =
    `Unsafe redirect: from "${from}" to "${to}" ` + '(the option "allowUnsafeRedirects" allows it)';
  const code = 'WS_ERR_UNSAFE_REDIRECT';
  return [['error', 2, { class: 'Error', message, code }, ['code']], closed];
}

export const redirectScenarios: readonly Scenario[] = [
  {
    title: 'from ws to a Unix socket',
    covers: ['0.redirect.unix'],
    because,
    async run(world) {
      const other = await hops(world, [], { unix: true, name: 'OTHER' });
      const server = await hops(world, [`${other.url}:/there`]);
      await follow(world, server.url);
      world.note('requests', other.exchanges.length);
    },
    expected: {
      ws: [...opened, ['url', 'ws+unix:OTHER:/there'], ['requests', 1]],
      hybi: [...refused('ws:', 'ws+unix:'), ['url', 'ws+unix:OTHER:/there'], ['requests', 0]],
    },
  },
  {
    title: 'from ws to a Unix socket, with a listener of redirect',
    covers: ['0.redirect.unix'],
    because,
    async run(world) {
      const other = await hops(world, [], { unix: true, name: 'OTHER' });
      const server = await hops(world, [`${other.url}:/there`]);
      await follow(world, server.url, {}, (client) => {
        client.on('redirect', (url) => world.note('redirect', url));
      });
    },
    expected: {
      ws: [['redirect', 'ws+unix:OTHER:/there'], ...opened, ['url', 'ws+unix:OTHER:/there']],
      hybi: [...refused('ws:', 'ws+unix:'), ['url', 'ws+unix:OTHER:/there']],
    },
  },
  {
    title: 'from wss to ws, by the name of ws and of http',
    covers: ['0.redirect.plain'],
    because,
    async run(world) {
      const { key, cert } = await selfSignedCertificate();
      const plain = await hops(world, [], { name: 'PLAIN' });
      for (const url of [plain.url, plain.url.replace('ws:', 'http:')]) {
        const server = await hops(world, [url], { tls: { key, cert } });
        await follow(world, server.url, { ca: cert });
      }
      world.note('requests', plain.exchanges.length);
    },
    expected: {
      ws: [
        ...opened,
        ['url', 'ws://127.0.0.1:PLAIN/'],
        ...opened,
        ['url', 'ws://127.0.0.1:PLAIN/'],
        ['requests', 2],
      ],
      hybi: [
        ...refused('wss:', 'ws:'),
        ['url', 'ws://127.0.0.1:PLAIN/'],
        ...refused('wss:', 'ws:'),
        ['url', 'ws://127.0.0.1:PLAIN/'],
        ['requests', 0],
      ],
    },
  },
  {
    title: 'both, allowed',
    covers: ['0.redirect.allowed'],
    async run(world) {
      const { key, cert } = await selfSignedCertificate();
      const unix = await hops(world, [], { unix: true, name: 'UNIX' });
      const plain = await hops(world, [`${unix.url}:/there`], { name: 'PLAIN' });
      const server = await hops(world, [plain.url], { tls: { key, cert } });
      await follow(world, server.url, { ca: cert, allowUnsafeRedirects: true });
      world.note('requests', plain.exchanges.length, unix.exchanges.length);
    },
  },
  {
    title: 'redirects that are safe',
    covers: ['0.redirect.unix', '0.redirect.plain'],
    async run(world) {
      const { key, cert } = await selfSignedCertificate();
      const second = await hops(world, [], { tls: { key, cert }, name: 'SECOND' });
      const first = await hops(world, [second.url], { tls: { key, cert }, name: 'FIRST' });
      const plain = await hops(world, [first.url], { name: 'PLAIN' });
      const unix = await hops(world, [plain.url], { unix: true, name: 'UNIX' });
      const client = await follow(world, `${unix.url}:/`, { ca: cert });
      world.note('url', client.url);
    },
  },
  {
    title: 'Proxy-Authorization and another host',
    covers: ['0.redirect.proxy'],
    because: 'It is as secret as Authorization, which ws drops',
    async run(world) {
      const other = await hops(world, [], { name: 'OTHER' });
      const server = await hops(world, ['/same', other.url]);
      await follow(world, server.url, { headers: { 'Proxy-Authorization': 'secret', A: 'b' } });
      noteRedirectedSecrets(world, server, other);
    },
    expected: {
      ws: [
        ...opened,
        ['url', 'ws://127.0.0.1:OTHER/'],
        ['sent', '/', 'secret', 'b'],
        ['sent', '/same', 'secret', 'b'],
        ['sent', '/', 'secret', 'b'],
      ],
      hybi: [
        ...opened,
        ['url', 'ws://127.0.0.1:OTHER/'],
        ['sent', '/', 'secret', 'b'],
        ['sent', '/same', 'secret', 'b'],
        ['sent', '/', undefined, 'b'],
      ],
    },
  },
  {
    title: 'Proxy-Authorization and a listener of redirect, and back at the first host',
    covers: ['0.redirect.proxy'],
    async run(world) {
      const other = await hops(world, [], { name: 'OTHER' });
      const server = await hops(world, [other.url]);
      const headers = { 'Proxy-Authorization': 'secret', A: 'b' };
      await follow(world, server.url, { headers }, (client) => {
        client.on('redirect', () => {});
      });
      noteRedirectedSecrets(world, server, other);
    },
  },
];
