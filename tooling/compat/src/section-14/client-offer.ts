/** What a client offers, and what it takes for an answer. */
import { answer, dialManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const offerHeader = /^Sec-WebSocket-Extensions: .*$/im;

/** Notes what a client with these options offers. */
async function noteOffer(world: World, perMessageDeflate: unknown): Promise<void> {
  const { socket } = dialManually(world, { perMessageDeflate });
  await turn();
  const [header = 'no header'] = offerHeader.exec(socket.take().toString()) ?? [];
  world.note('offer', perMessageDeflate, header.toLowerCase());
}

/** Notes what becomes of a response. */
async function noteResponse(world: World, options: unknown, response: string): Promise<void> {
  const { websocket, socket } = dialManually(world, { perMessageDeflate: options });
  websocket.on('open', () => world.note('open', response, websocket.extensions));
  world.watch(websocket, response, ['error', 'close']);
  await turn();
  await answer(socket, [`Sec-WebSocket-Extensions: ${response}`]);
  await turn();
}

function offers(title: string, covers: string[], ...all: unknown[]): Scenario {
  return {
    title,
    covers,
    async run(world) {
      for (const options of all) await noteOffer(world, options);
    },
  };
}

function responses(title: string, covers: string[], options: unknown, all: string[]): Scenario {
  return {
    title,
    covers,
    async run(world) {
      for (const response of all) await noteResponse(world, options, response);
    },
  };
}

export const clientScenarios: readonly Scenario[] = [
  offers('the default offer', ['14.offer.default'], undefined, true, {}, 1, 'yes'),
  offers('no offer', ['14.offer.default'], false, null, 0, ''),
  offers(
    'offers about the takeover',
    ['14.server-takeover.client', '14.client-takeover.client'],
    { serverNoContextTakeover: true },
    { clientNoContextTakeover: true },
    { serverNoContextTakeover: false, clientNoContextTakeover: false },
  ),
  offers(
    'offers about the window of the server',
    ['14.server-window.client'],
    { serverMaxWindowBits: 8 },
    { serverMaxWindowBits: 15 },
    { serverMaxWindowBits: true },
    { serverMaxWindowBits: false },
  ),
  offers(
    'offers about the window of the client',
    ['14.client-window.client'],
    { clientMaxWindowBits: 8 },
    { clientMaxWindowBits: 15 },
    { clientMaxWindowBits: true },
    { clientMaxWindowBits: undefined },
    { clientMaxWindowBits: null },
    { clientMaxWindowBits: false },
  ),
  offers('an offer of everything', ['14.offer.order'], {
    clientMaxWindowBits: 10,
    serverMaxWindowBits: 9,
    clientNoContextTakeover: true,
    serverNoContextTakeover: true,
    threshold: 5,
  }),
  responses(
    'responses to the default offer',
    [
      '14.accept.server-parameters',
      '14.validate.repeated',
      '14.validate.window',
      '14.validate.takeover',
      '14.validate.bare',
      '14.validate.unknown',
    ],
    true,
    [
      'permessage-deflate',
      'permessage-deflate; client_max_window_bits=10',
      'permessage-deflate; server_max_window_bits=8; server_no_context_takeover',
      'permessage-deflate; client_no_context_takeover',
      'permessage-deflate; client_max_window_bits',
      'permessage-deflate; server_max_window_bits',
      'permessage-deflate; server_max_window_bits=7',
      'permessage-deflate; server_no_context_takeover=true',
      'permessage-deflate; server_max_window_bits=9; server_max_window_bits=9',
      'permessage-deflate; unknown',
      'permessage-deflate, permessage-deflate; unknown',
      'permessage-deflate, permessage-deflate; client_no_context_takeover',
    ],
  ),
  responses(
    'responses that a client does not want',
    ['14.client-takeover.false', '14.accept.client-takeover', '14.accept.client-window'],
    { clientNoContextTakeover: false, clientMaxWindowBits: false },
    [
      'permessage-deflate',
      'permessage-deflate; client_no_context_takeover',
      'permessage-deflate; client_max_window_bits=15',
      'permessage-deflate; server_no_context_takeover; server_max_window_bits=8',
    ],
  ),
  responses(
    'responses to an offer with a window',
    ['14.accept.client-window', '14.accept.assumed'],
    { clientMaxWindowBits: 10 },
    [
      'permessage-deflate',
      'permessage-deflate; client_max_window_bits=8',
      'permessage-deflate; client_max_window_bits=10',
      'permessage-deflate; client_max_window_bits=11',
      'permessage-deflate; client_max_window_bits="9"',
    ],
  ),
];
