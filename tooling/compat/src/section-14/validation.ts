/** The errors of the negotiation, as `PerMessageDeflate` throws them. */
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

type Configuration = Record<string, (string | true)[]>;

const sides = [true, false];

function noteAccepted(world: World, options: object, configurations: () => Configuration[]): void {
  const text = JSON.stringify([options, configurations()]);
  const extension = new world.lib.module.PerMessageDeflate(options);
  world.attempt(text, () => {
    const accepted = extension.accept(configurations());
    return Object.entries(accepted);
  });
  world.note('params', extension.params && Object.entries(extension.params));
  try {
    extension.accept(configurations());
  } catch (error) {
    world.note('own properties', Object.keys(error as Error));
  }
}

/** Each configuration on both sides. */
function validation(title: string, covers: string[], ...configurations: Configuration[]): Scenario {
  return {
    title,
    covers,
    run(world) {
      for (const isServer of sides) {
        for (const configuration of configurations) {
          noteAccepted(world, { isServer }, () => [structuredClone(configuration)]);
        }
      }
    },
  };
}

function windowBits(name: string): Configuration[] {
  const values = ['7', '16', '8.5', 'x', '-9', '1e9', '08', ' 9', '0xf', true as const];
  return values.map((value) => ({ [name]: [value] }));
}

export const validationScenarios: readonly Scenario[] = [
  validation(
    'repeated parameters',
    ['14.validate.repeated'],
    { server_no_context_takeover: [true, true] },
    { client_max_window_bits: ['9', '9'] },
    { unknown: [true, true] },
  ),
  validation(
    'window bits that are none',
    ['14.validate.window', '14.validate.bare'],
    ...windowBits('client_max_window_bits'),
    ...windowBits('server_max_window_bits'),
  ),
  validation(
    'takeover parameters with a value',
    ['14.validate.takeover'],
    { server_no_context_takeover: ['true'] },
    { client_no_context_takeover: ['1'] },
  ),
  validation(
    'unknown parameters',
    ['14.validate.unknown'],
    { unknown: [true] },
    { constructor: ['1'] },
    { Server_No_Context_Takeover: [true] },
  ),
  {
    title: 'a bad parameter behind an offer that passes',
    covers: ['14.validate.every'],
    run(world) {
      for (const isServer of sides) {
        noteAccepted(world, { isServer }, () => [{}, { unknown: [true] }]);
        noteAccepted(world, { isServer }, () => [{}, { server_max_window_bits: ['7'] }]);
      }
    },
  },
  {
    title: 'a server that can take none',
    covers: ['14.select.none', '14.select.client-window', '14.select.server-window'],
    run(world) {
      const options = { isServer: true, clientMaxWindowBits: 10, serverMaxWindowBits: 10 };
      noteAccepted(world, options, () => [{}]);
      noteAccepted(world, options, () => [{ client_max_window_bits: ['9'] }]);
      noteAccepted(world, options, () => [
        { client_max_window_bits: [true], server_max_window_bits: ['9'] },
      ]);
      noteAccepted(world, { isServer: true }, () => []);
    },
  },
  {
    title: 'a client that does not take it',
    covers: ['14.accept.client-takeover', '14.accept.client-window', '14.accept.assumed'],
    run(world) {
      const noTakeover = (): Configuration[] => [{ client_no_context_takeover: [true] }];
      const window = (): Configuration[] => [{ client_max_window_bits: ['11'] }];
      noteAccepted(world, { clientNoContextTakeover: false }, noTakeover);
      noteAccepted(world, { clientNoContextTakeover: undefined }, noTakeover);
      for (const clientMaxWindowBits of [false, 10, 11, true, null]) {
        noteAccepted(world, { clientMaxWindowBits }, window);
        noteAccepted(world, { clientMaxWindowBits }, () => [{}]);
      }
    },
  },
];
