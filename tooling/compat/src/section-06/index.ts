/** Section 6: redirects. */
import type { Section } from '../scenario.js';
import { credentialScenarios } from './credentials.js';
import { eventScenarios } from './event.js';
import { followingScenarios } from './following.js';
import { hostScenarios } from './hosts.js';

const statements = {
  '6.status': 'Any status from 300 to 399 with a Location is a redirect',
  '6.none': 'Without a Location, or with the option off, it is an unexpected response',
  '6.count': 'More redirects than maxRedirects are an error',
  '6.count.zero': 'With maxRedirects 0 the first one fails',
  '6.location': 'Location is resolved against the address of the request before',
  '6.location.mapped': 'http and https in a Location stand for ws and wss',
  '6.location.invalid': 'A Location that is no URL is a SyntaxError event that quotes it',
  '6.location.address':
    'A Location with a scheme or a fragment that the constructor refuses is an error event with its message',
  '6.again.options': 'A new request has the original options and headers, the names in lower case',
  '6.again.protocols': 'It asks for the same subprotocols',
  '6.again.key': 'It has a new key',
  '6.again.finish': 'finishRequest is called again',
  '6.again.url': 'url is updated',
  '6.event': 'redirect is emitted with the new url and the new request, before that is ended',
  '6.event.headers': 'A listener may change the headers of the request',
  '6.event.keeps': 'With a listener no header is removed',
  '6.host.tcp': 'The same host means the same host and port as in the first request',
  '6.host.unix': 'Or the same path, where both are Unix sockets',
  '6.host.mixed': 'A Unix socket and a TCP host are never the same',
  '6.drop.host':
    'To another host authorization, cookie, host, the option auth and userinfo are dropped',
  '6.drop.plain':
    'From wss to ws on the same host authorization, cookie and auth are dropped, host is kept',
  '6.drop.once': 'Dropping affects one request: back at the first host, everything is sent again',
  '6.credentials.first': 'The first credentials win over those of a redirect, and are reused',
  '6.credentials.redirect': 'Where there were none, those of a redirect are used and kept',
  '6.credentials.dropped': 'Unless that redirect falls under the dropping rules',
  '6.end': 'close and terminate in a listener of redirect give the error of closing early',
  '6.end.destroy': 'Destroying the request there gives its error',
} as const;

export const section06: Section = {
  number: 6,
  title: 'Redirects',
  statements,
  scenarios: [...followingScenarios, ...eventScenarios, ...hostScenarios, ...credentialScenarios],
};
