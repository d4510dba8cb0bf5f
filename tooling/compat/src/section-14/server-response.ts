/** What a server makes of offers. */
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { plainRequest } from '../world.js';

/** Notes the answers to offers: status, extensions, and the body of a rejection. */
async function noteAnswers(
  world: World,
  perMessageDeflate: unknown,
  offers: readonly string[],
): Promise<void> {
  const server = await world.server({ perMessageDeflate });
  for (const offer of offers) {
    const header = `\r\nSec-WebSocket-Extensions: ${offer}\r\n\r\n`;
    const peer = await world.tcp(server.port, plainRequest.replace('\r\n\r\n', header));
    const bytes = await peer.read((all, { ended }) => ended || all.includes('101 Switching'));
    await peer.read((all) => all.includes('\r\n\r\n'));
    const [head = '', body] = (bytes.includes('101') ? peer.bytes : await peer.readAll())
      .toString()
      .split('\r\n\r\n');
    const [status, ...headers] = head.split('\r\n');
    const extensions = headers.filter((line) => line.startsWith('Sec-WebSocket-Extensions'));
    world.note(offer, status, extensions, body);
  }
}

function answers(title: string, covers: string[], options: unknown, offers: string[]): Scenario {
  return {
    title,
    covers,
    run: (world) => noteAnswers(world, options, offers),
  };
}

const p = 'permessage-deflate';
const usual = `${p}; client_max_window_bits`;
const ofEachKind = [
  p,
  usual,
  `${p}; client_max_window_bits=8`,
  `${p}; client_max_window_bits=12`,
  `${p}; server_max_window_bits=8`,
  `${p}; server_max_window_bits=12; client_max_window_bits`,
  `${p}; server_no_context_takeover`,
  `${p}; client_no_context_takeover`,
  `${p}; client_max_window_bits=15; server_max_window_bits=15; client_no_context_takeover; server_no_context_takeover`,
];

export const serverScenarios: readonly Scenario[] = [
  answers('offers to a server without wishes', ['14.response.echo', '14.response.bare'], true, [
    ...ofEachKind,
    `${p};client_max_window_bits="10" ; server_max_window_bits=010`,
    `${p}; server_max_window_bits=1e1`,
    `${p}; server_max_window_bits=0x0a`,
  ]),
  answers(
    'offers to a server that keeps no context',
    ['14.server-takeover.server', '14.client-takeover.server'],
    { serverNoContextTakeover: true, clientNoContextTakeover: true },
    ofEachKind,
  ),
  answers(
    'offers to a server that keeps its context',
    ['14.server-takeover.false', '14.bad-offer'],
    { serverNoContextTakeover: false, clientNoContextTakeover: false },
    ofEachKind,
  ),
  answers(
    'offers to a server with a window',
    ['14.server-window.server', '14.select.server-window'],
    { serverMaxWindowBits: 10 },
    [...ofEachKind, `${p}; server_max_window_bits=10`, `${p}; server_max_window_bits=9`],
  ),
  answers(
    'offers to a server that takes no window',
    ['14.server-window.false'],
    { serverMaxWindowBits: false },
    ofEachKind,
  ),
  answers(
    'offers to a server that wants a window of the client',
    ['14.client-window.server', '14.select.client-window'],
    { clientMaxWindowBits: 10 },
    [...ofEachKind, `${p}; client_max_window_bits=10`, `${p}; client_max_window_bits=9`],
  ),
  answers(
    'offers to a server that wants none',
    ['14.client-window.false', '14.response.bare'],
    { clientMaxWindowBits: false },
    ofEachKind,
  ),
  answers(
    'offers to a server with options that are true',
    ['14.server-window.server', '14.client-window.server'],
    { clientMaxWindowBits: true, serverMaxWindowBits: true },
    ofEachKind,
  ),
  answers(
    'several offers',
    ['14.select.first', '14.select.none', '14.bad-offer'],
    { serverNoContextTakeover: false, clientMaxWindowBits: 12 },
    [
      `${p}; server_no_context_takeover, ${p}, ${usual}, ${p}; client_max_window_bits=15`,
      `${p}; client_max_window_bits=11, ${p}; client_max_window_bits=13`,
      `${p}, ${p}; server_no_context_takeover; client_max_window_bits`,
    ],
  ),
  answers(
    'offers that are invalid',
    [
      '14.bad-offer',
      '14.validate.repeated',
      '14.validate.window',
      '14.validate.takeover',
      '14.validate.unknown',
      '14.validate.every',
    ],
    true,
    [
      `${p}; server_no_context_takeover; server_no_context_takeover`,
      `${p}; client_max_window_bits=7`,
      `${p}; client_max_window_bits=16`,
      `${p}; server_max_window_bits=8.5`,
      `${p}; server_max_window_bits`,
      `${p}; client_no_context_takeover=1`,
      `${p}; unknown=1`,
      `${p}; __proto__`,
      `${usual}, ${p}; unknown`,
      `${usual},`,
    ],
  ),
  answers('other extensions', ['14.other-extensions'], true, [
    'x-webkit-deflate-frame',
    `x-other; some=thing; some=other, ${usual}`,
    `${p}-2`,
    `constructor, ${p}`,
  ]),
  answers('the option is off', ['14.off'], false, [usual, `${p}; unknown`, ',;not parsed"']),
];
