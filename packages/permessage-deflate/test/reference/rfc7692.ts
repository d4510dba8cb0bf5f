/**
 * What RFC 7692 §7.1 asks of a response, stated from its text alone.
 *
 * Takes parsed offers and the response's parameters, and names each rule that is broken.
 */
type Values = Readonly<Record<string, string | number | true>>;

const takeover = ['server_no_context_takeover', 'client_no_context_takeover'];
const windows = ['server_max_window_bits', 'client_max_window_bits'];

export function brokenRules(offer: Values, response: Values): string[] {
  const rules: [holds: boolean, rule: string][] = [
    [
      Object.keys(response).every((name) => takeover.includes(name) || windows.includes(name)),
      '§7: only defined parameters',
    ],
    [
      takeover.every((name) => !(name in response) || response[name] === true),
      '§7.1.1: a takeover parameter has no value',
    ],
    [
      windows.every((name) => !(name in response) || /^([89]|1[0-5])$/.test(`${response[name]}`)),
      '§7.1.2: a window is 8 to 15',
    ],
    [
      !('server_no_context_takeover' in offer) || 'server_no_context_takeover' in response,
      '§7.1.1.1: accepting server_no_context_takeover means to repeat it',
    ],
    [
      !('server_max_window_bits' in offer) ||
        Number(response['server_max_window_bits']) <= Number(offer['server_max_window_bits']),
      '§7.1.2.1: accepting server_max_window_bits means the same or a smaller value',
    ],
    [
      !('client_max_window_bits' in response) || 'client_max_window_bits' in offer,
      '§7.1.2.2: client_max_window_bits only for a client that announced it',
    ],
  ];
  return rules.filter(([holds]) => !holds).map(([, rule]) => rule);
}
