/** What Bun's server makes of its settings and of our client's wishes. */
import type { PerMessageDeflateOptions } from '@hybi/server';
import { allBits, describeAgreement, optionsOf, parametersOf } from './agreements.js';
import type { Agreement, Parameters } from './agreements.js';
import { byDefault, full, inAllOfTheWindow, onThreads } from './cases.js';
import type { Case } from './cases.js';

/** The window in which it compresses; undefined: 15 bits, of which it says nothing. */
const compressors = {
  dedicated: undefined,
  '3KB': 9,
  '4KB': 9,
  '8KB': 10,
  '16KB': 11,
  '32KB': 12,
  '64KB': 13,
  '128KB': 14,
  '256KB': undefined,
} as const;

/** The largest window that it lets the client use. */
const decompressors = {
  dedicated: undefined,
  '3KB': 11,
  '4KB': 12,
  '8KB': 13,
  '16KB': 14,
  '32KB': undefined,
  '64KB': undefined,
  '128KB': undefined,
  '256KB': undefined,
} as const;

/** One for all connections, so nothing is taken over. */
const shared = ['shared', true] as const;

type Compressor = keyof typeof compressors | (typeof shared)[number];

const settings = [...shared, ...Object.keys(compressors)] as Compressor[];

const isShared = (setting: Compressor): setting is (typeof shared)[number] =>
  setting === true || setting === 'shared';

interface Settings {
  readonly compress: Compressor;
  readonly decompress: Compressor;
}

function answerOf({ compress, decompress }: Settings, { server, client }: Agreement): Parameters {
  const answer: Record<string, string | true> = {};
  if (isShared(compress) || !server.takeover) answer.server_no_context_takeover = true;
  else if (compressors[compress]) answer.server_max_window_bits = String(compressors[compress]);
  if (isShared(decompress) || !client.takeover) answer.client_no_context_takeover = true;
  else {
    const bits = Math.min(client.bits, decompressors[decompress] ?? 15);
    if (bits < 15) answer.client_max_window_bits = String(bits);
  }
  return answer;
}

const tunings = [byDefault, inAllOfTheWindow, onThreads] as const;

/** It declines an offer with a window for its own side, so there is none among the wishes. */
function caseOf(both: Settings, agreement: Agreement, index: number): Case {
  const wishes: PerMessageDeflateOptions = { ...optionsOf(agreement) };
  delete wishes.serverMaxWindowBits;
  const offer = { ...parametersOf(agreement) };
  delete offer.server_max_window_bits;
  const tuning = tunings[index % tunings.length]!;
  const { compress, decompress } = both;
  return {
    name: `${describeAgreement(agreement)}; compress ${compress}, decompress ${decompress}; ours ${tuning.name}`,
    tuning,
    strict: false,
    ours: { ...wishes, ...tuning.options },
    theirs: { ...both },
    offer,
    answer: answerOf(both, agreement),
  };
}

const bools = [true, false] as const;

/** Takeover as the client wishes it, and its window. */
const wishes: readonly Agreement[] = allBits.flatMap((bits) =>
  bools.flatMap((serverTakeover) =>
    bools.map((clientTakeover) => ({
      server: { bits: 15, takeover: serverTakeover },
      client: { bits, takeover: clientTakeover },
    })),
  ),
);

/** Each setting for compression and each for decompression, with all wishes; in the full form, both. */
export const bunCases: readonly Case[] = settings.flatMap((compress, row) =>
  wishes.flatMap((agreement, column) => {
    const turned = settings[(3 * row + column) % settings.length]!;
    return (full ? settings : [turned]).map((decompress, index) =>
      caseOf({ compress, decompress }, agreement, row + column + index),
    );
  }),
);

/** It answers no offer where it is told not to compress. */
export const bunCasesWithout: readonly Case[] = (['disable', false] as const).map((setting) => ({
  ...caseOf({ compress: 'shared', decompress: 'shared' }, wishes[0]!, 0),
  name: `compress ${setting}`,
  theirs: { compress: setting, decompress: setting },
  answer: undefined,
}));
