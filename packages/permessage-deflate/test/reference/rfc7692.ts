/**
 * What RFC 7692 §7.1 asks of offers and responses, stated from its text alone.
 *
 * Takes parsed elements with every value of a parameter, and names each rule that is broken.
 */
export type Values = Readonly<Record<string, readonly (string | true)[]>>;

const takeover = ['server_no_context_takeover', 'client_no_context_takeover'];
const windows = ['server_max_window_bits', 'client_max_window_bits'];

const decimal = /^([89]|1[0-5])$/;

type Rule = [holds: boolean, rule: string];

const broken = (rules: readonly Rule[]): string[] =>
  rules.filter(([holds]) => !holds).map(([, rule]) => rule);

/** What holds for offers and responses alike (§7 and §7.1). */
function elementRules(element: Values): Rule[] {
  return [
    [
      Object.keys(element).every((name) => takeover.includes(name) || windows.includes(name)),
      '§7: only defined parameters',
    ],
    [
      Object.values(element).every((values) => values.length === 1),
      '§7: no parameter stands twice',
    ],
    [
      takeover.every((name) => (element[name] ?? []).every((value) => value === true)),
      '§7.1.1: a takeover parameter has no value',
    ],
  ];
}

/** What makes a server decline an offer, whatever it would like. */
export function brokenByOffer(offer: Values): string[] {
  const isNumber = (value: string | true): boolean => value !== true && decimal.test(value);
  return broken([
    ...elementRules(offer),
    [
      (offer['server_max_window_bits'] ?? []).every(isNumber),
      '§7.1.2.1: server_max_window_bits has a value of 8 to 15 without leading zeros',
    ],
    [
      (offer['client_max_window_bits'] ?? []).every((value) => value === true || isNumber(value)),
      '§7.1.2.2: client_max_window_bits has no value or one of 8 to 15 without leading zeros',
    ],
  ]);
}

/** Rules about the response to this offer. */
export const repeatNoTakeover = '§7.1.1.1: accepting server_no_context_takeover means to repeat it';
export const boundServerWindow =
  '§7.1.2.1: accepting server_max_window_bits means the same or a smaller value';

export function brokenByResponse(offer: Values, response: Values): string[] {
  const valueOf = (element: Values, name: string): string | true | undefined => element[name]?.[0];
  const [server, client] = windows as [string, string];
  return broken([
    ...elementRules(response),
    [
      windows.every((name) =>
        (response[name] ?? []).every((value) => value !== true && decimal.test(value)),
      ),
      '§7.1.2: a window of a response is 8 to 15 without leading zeros',
    ],
    [
      !('server_no_context_takeover' in offer) || 'server_no_context_takeover' in response,
      repeatNoTakeover,
    ],
    [
      !(server in offer) || Number(valueOf(response, server)) <= Number(valueOf(offer, server)),
      boundServerWindow,
    ],
    [
      !(client in response) || client in offer,
      '§7.1.2.2: client_max_window_bits only for a client that announced it',
    ],
    [
      !(client in response) ||
        typeof valueOf(offer, client) !== 'string' ||
        Number(valueOf(response, client)) <= Number(valueOf(offer, client)),
      '§7.1.2.2: client_max_window_bits is the same as the hint or smaller',
    ],
    // Nothing binds the server to the hint client_no_context_takeover (§7.1.1.2), and it may state
    // either server_* parameter unasked (§7.1.1.1, §7.1.2.1).
  ]);
}
