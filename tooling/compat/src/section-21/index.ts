/** Section 21: what else is pinned down. */
import type { Section } from '../scenario.js';
import { listenerScenarios } from './listeners.js';
import { processScenarios } from './process.js';
import { requestScenarios } from './requests.js';
import { serverScenarios } from './servers.js';

const statements = {
  '21.request.agent':
    'An agent whose addRequest is overridden gets an http.ClientRequest before the constructor returns',
  '21.request.options': 'The options that it gets have host, port and lookup',
  '21.request.errors': 'Errors of the HTTP parser come with the codes of Node',
  '21.tls': 'tls.connect is looked up on its module when it is called',
  '21.accessors': 'The accessors live on WebSocket.prototype, the constants there and on the class',
  '21.listeners': 'A WebSocket has no listeners but those that were added to it',
  '21.listeners.close':
    'A WebSocket of a server that tracks its clients has one close listener more',
  '21.process': 'No listeners are added to the process',
  '21.options.port': 'wss.options.port can be read',
  '21.bind': 'A server without a host listens on ::',
  '21.external': 'The listeners of an external server are as before after close',
  '21.duplex': 'handleUpgrade works on a Duplex without setTimeout and setNoDelay',
  '21.duplex.called': 'The socket gets setTimeout(0) and setNoDelay() if it has them',
  '21.empty': 'Empty messages and reasons are Buffers of length 0',
  '21.deprecation': 'It runs clean under --throw-deprecation',
} as const;

export const section21: Section = {
  number: 21,
  title: 'What else is pinned down',
  statements,
  scenarios: [...requestScenarios, ...listenerScenarios, ...serverScenarios, ...processScenarios],
};
