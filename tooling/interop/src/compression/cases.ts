/** How our side is set up, and who decides what is agreed on. */
import type { PerMessageDeflateOptions } from '@hybi/server';
import type { Compression } from '../protocol.js';
import type { Agreement, Parameters } from './agreements.js';
import { agreements, describeAgreement, optionsOf, parametersOf } from './agreements.js';

/** Whether everything is combined with everything. */
export const full: boolean = process.env['HYBI_INTEROP_FULL'] === '1';

/** How our side compresses, in ways that nobody has to agree on. */
export interface Tuning {
  readonly name: string;
  readonly options: PerMessageDeflateOptions;
  /** The largest window that it uses where contexts are taken over. */
  readonly maxWindowBits: number;
}

// Without takeover small messages would else not be compressed.
const threshold = 0;
const zlibDeflateOptions = { windowBits: 15, memLevel: 8 };

export const byDefault: Tuning = { name: 'by default', options: { threshold }, maxWindowBits: 13 };

export const inAllOfTheWindow: Tuning = {
  name: 'in all of the window',
  options: { threshold, zlibDeflateOptions },
  maxWindowBits: 15,
};

/** Nothing is compressed or inflated on the main thread. */
export const onThreads: Tuning = {
  name: 'on threads',
  options: { threshold, zlibDeflateOptions, maxSyncBytes: 0 },
  maxWindowBits: 15,
};

const tunings: readonly Tuning[] = [byDefault, inAllOfTheWindow, onThreads];

/** One connection. */
export interface Case {
  readonly name: string;
  readonly tuning: Tuning;
  readonly strict: boolean;
  readonly ours: PerMessageDeflateOptions;
  readonly theirs: Compression;
  /** What the client must offer; undefined: that is the peer's affair. */
  readonly offer: Parameters | undefined;
  /** What the server must answer; undefined: no extension. */
  readonly answer: Parameters | undefined;
}

/** What a client offers that has no wishes. */
export const plainOffer: Parameters = { client_max_window_bits: true };

type Side = 'client' | 'server';

interface Setting {
  readonly agreement: Agreement;
  readonly decidedBy: Side;
  readonly ourSide: Side;
  readonly tuning: Tuning;
  readonly strict: boolean;
}

function caseOf({ agreement, decidedBy, ourSide, tuning, strict }: Setting): Case {
  const wanted = optionsOf(agreement);
  const weDecide = decidedBy === ourSide;
  const name = [
    describeAgreement(agreement),
    `the ${decidedBy} decides`,
    `ours ${tuning.name}${strict ? ', strict' : ''}`,
  ];
  return {
    name: name.join('; '),
    tuning,
    strict,
    ours: weDecide ? { ...wanted, ...tuning.options } : tuning.options,
    theirs: weDecide ? { threshold } : { ...wanted, threshold },
    offer: decidedBy === 'client' ? parametersOf(agreement) : plainOffer,
    answer: parametersOf(agreement),
  };
}

/** All settings of ours, with those who may have wishes; the other side takes them. */
function settingsOf(ourSide: Side, deciders: readonly Side[]): Omit<Setting, 'agreement'>[] {
  const strictness = ourSide === 'server' ? [false, true] : [false];
  return tunings.flatMap((tuning) =>
    deciders.flatMap((decidedBy) =>
      strictness.map((strict) => ({ tuning, decidedBy, strict, ourSide })),
    ),
  );
}

/** A case per agreement, so that each window and each takeover meets all settings somewhere. */
export function casesOf(
  ourSide: Side,
  deciders: readonly Side[],
  chosen: readonly Agreement[],
): Case[] {
  const settings = settingsOf(ourSide, deciders);
  return chosen.map((agreement) => {
    const { server, client } = agreement;
    const turn =
      server.bits + 3 * client.bits + (server.takeover ? 1 : 0) + (client.takeover ? 5 : 0);
    return caseOf({ ...settings[turn % settings.length]!, agreement });
  });
}

/** Every n-th. */
export function everyNth<Item>(items: readonly Item[], n: number): Item[] {
  return items.filter((_, index) => index % n === 0);
}

/** Each window on each side, with each takeover: a large one meets a small one. */
const opposites = agreements.filter(({ server, client }) => server.bits + client.bits === 23);

/** What is tested with one peer, by the size of the messages. */
export interface Plan {
  readonly small: readonly Case[];
  readonly medium: readonly Case[];
  readonly large: readonly Case[];
  readonly huge: readonly Case[];
}

/** All agreements with small messages; the larger these are, the fewer, but in the full form. */
export function planOf(ourSide: Side, deciders: readonly Side[]): Plan {
  const cases = (chosen: readonly Agreement[]): Case[] => casesOf(ourSide, deciders, chosen);
  const settings = settingsOf(ourSide, deciders);
  return {
    small: full
      ? agreements.flatMap((agreement) =>
          settings.map((setting) => caseOf({ ...setting, agreement })),
        )
      : cases(agreements),
    medium: cases(full ? agreements : everyNth(opposites, 2)),
    large: cases(full ? agreements : everyNth(opposites, 5)),
    huge: cases(everyNth(opposites, full ? 3 : opposites.length)),
  };
}
