import { describe, expect, it } from 'vitest';
import { checkAddress, isSameAuthority, locate, parseAddress } from '../src/address.js';
import { clients } from './support/clients.js';

const endpointOf = (address: string) => locate(parseAddress(address));

describe.each(clients)('an address that can not be dialed, %s', (_, WebSocket) => {
  it.each([
    ['', 'Invalid URL: '],
    ['example.com', 'Invalid URL: example.com'],
    ['ws://', 'Invalid URL: ws://'],
    ['ws://host:70000', 'Invalid URL: ws://host:70000'],
    [
      'ftp://host/',
      'The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"',
    ],
    [
      'javascript:alert(1)',
      'The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"',
    ],
    ['ws+unix:', "The URL's pathname is empty"],
    ['ws://host/#part', 'The URL contains a fragment identifier'],
    ['https://host/#part', 'The URL contains a fragment identifier'],
    ['ws+unix:/socket:/path#part', 'The URL contains a fragment identifier'],
  ])('%j throws', (address, message) => {
    const error = { name: 'SyntaxError', message };
    expect(() => new WebSocket(address)).toThrow(expect.objectContaining(error));
  });

  it('is turned into a string first', () => {
    for (const address of [undefined, 17, {}, true] as unknown[]) {
      const error = { name: 'SyntaxError', message: `Invalid URL: ${String(address)}` };
      expect(() => new WebSocket(address as string)).toThrow(expect.objectContaining(error));
    }
  });

  it('is told before anything is wrong with the subprotocols, and after the version', () => {
    expect(() => new WebSocket('nothing', ['a', 'a'])).toThrow('Invalid URL: nothing');
    expect(() => new WebSocket('nothing', { protocolVersion: 7 })).toThrow(
      'Unsupported protocol version: 7 (supported versions: 8, 13)',
    );
  });
});

describe('parseAddress', () => {
  it.each([
    ['http://host/a?b', 'ws://host/a?b'],
    ['https://host:8443', 'wss://host:8443/'],
    ['HTTPS://HOST', 'wss://host/'],
    ['ws://host/a#', 'ws://host/a#'],
    ['ws+unix:/a.sock:/b', 'ws+unix:/a.sock:/b'],
  ])('reads %j as %j', (address, href) => {
    expect(parseAddress(address).href).toBe(href);
  });

  it('leaves the URL that it was given alone', () => {
    const url = new URL('http://host/');
    expect(parseAddress(url)).not.toBe(url);
    expect(url.href).toBe('http://host/');
  });

  it('counts a relative address from its base', () => {
    const base = parseAddress('wss://host/a/b?c');
    expect(parseAddress('d?e', base).href).toBe('wss://host/a/d?e');
    expect(parseAddress('//other', base).href).toBe('wss://other/');
  });
});

describe('checkAddress', () => {
  it.each(['ws://host', 'wss://host', 'ws+unix:/a', 'ws+unix://host/a', 'ws://host/#'])(
    'takes %j',
    (address) => {
      expect(() => checkAddress(new URL(address))).not.toThrow();
    },
  );
});

describe('locate', () => {
  it.each([
    ['ws://host/a?b', { secure: false, host: 'host', port: 80, target: '/a?b' }],
    ['wss://host', { secure: true, host: 'host', port: 443, target: '/' }],
    ['wss://host:80', { secure: true, port: '80', defaultPort: 443 }],
    ['ws://host:80', { port: 80, defaultPort: 80 }],
    ['ws://[::1]:8080', { host: '::1', port: '8080', authority: '[::1]:8080' }],
    ['ws+unix:/a.sock', { socketPath: '/a.sock', target: '', secure: false, host: '' }],
    ['ws+unix:/a.sock:/b?c', { socketPath: '/a.sock', target: '/b?c', authority: '/a.sock' }],
    ['ws+unix:/a.sock:/b:c:d', { socketPath: '/a.sock', target: '/b:c:d' }],
    ['ws+unix://host/a.sock:/b', { socketPath: '/a.sock', target: '/b', host: 'host' }],
    ['ws://host', { credentials: undefined }],
    ['ws://u:p@host', { credentials: 'u:p' }],
    ['ws://u@host', { credentials: 'u:' }],
    ['ws://:p@host', { credentials: ':p' }],
    ['ws://u%3A%C3%A9:p%40@host', { credentials: 'u:é:p@' }],
    ['ws://100%:%zz@host', { credentials: '100%:%zz' }],
    ['ws://%ff:p@host', { credentials: '\ufffd:p' }],
    ['ws://a+b:c@host', { credentials: 'a+b:c' }],
  ])('knows where %j leads', (address, endpoint) => {
    expect(endpointOf(address)).toMatchObject(endpoint);
  });
});

describe('isSameAuthority', () => {
  it.each([
    ['ws://host', 'ws://host:80/a', true],
    ['ws://host', 'wss://host', true],
    ['ws://host:8080', 'ws://host:8081', false],
    ['ws://host', 'ws://sub.host', false],
    ['ws+unix:/a:/b', 'ws+unix:/a:/c', true],
    ['ws+unix:/a', 'ws+unix:/b', false],
    ['ws://host', 'ws+unix://host/a', false],
  ])('%j and %j: %j', (one, other, same) => {
    expect(isSameAuthority(endpointOf(one), endpointOf(other))).toBe(same);
    expect(isSameAuthority(endpointOf(other), endpointOf(one))).toBe(same);
  });
});
