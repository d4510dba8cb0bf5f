/** What can be agreed on about permessage-deflate, and how it is written (RFC 7692 §7.1). */
import type { PerMessageDeflateOptions } from '@hybi/server';

/** What is agreed on for one direction. */
export interface Window {
  readonly bits: number;
  readonly takeover: boolean;
}

/** What is agreed on for both. */
export interface Agreement {
  readonly server: Window;
  readonly client: Window;
}

/** The parameters of an element of the header. */
export type Parameters = Readonly<Record<string, string | true>>;

export const allBits: readonly number[] = [8, 9, 10, 11, 12, 13, 14, 15];

const bools = [true, false] as const;

/** Every window of the one side with every window of the other, each with and without takeover. */
export const agreements: readonly Agreement[] = allBits.flatMap((serverBits) =>
  allBits.flatMap((clientBits) =>
    bools.flatMap((serverTakeover) =>
      bools.map((clientTakeover) => ({
        server: { bits: serverBits, takeover: serverTakeover },
        client: { bits: clientBits, takeover: clientTakeover },
      })),
    ),
  ),
);

/** As options of ours and of `ws` that lead to it. */
export function optionsOf({ server, client }: Agreement): PerMessageDeflateOptions {
  return {
    serverMaxWindowBits: server.bits,
    clientMaxWindowBits: client.bits,
    ...(server.takeover ? {} : { serverNoContextTakeover: true }),
    ...(client.takeover ? {} : { clientNoContextTakeover: true }),
  };
}

/** As it is written in an answer, or in an offer that asks for all of it. */
export function parametersOf({ server, client }: Agreement): Parameters {
  return {
    server_max_window_bits: String(server.bits),
    client_max_window_bits: String(client.bits),
    ...(server.takeover ? {} : { server_no_context_takeover: true }),
    ...(client.takeover ? {} : { client_no_context_takeover: true }),
  };
}

/** What an answer says, with what holds where it says nothing. */
export function agreementOf(answer: Parameters): Agreement {
  const side = (name: string): Window => ({
    bits: Number(answer[`${name}_max_window_bits`] ?? 15),
    takeover: answer[`${name}_no_context_takeover`] === undefined,
  });
  return { server: side('server'), client: side('client') };
}

/** In words. */
export function describeAgreement({ server, client }: Agreement): string {
  const side = (name: string, { bits, takeover }: Window): string =>
    `${name} ${bits} bits${takeover ? '' : ' anew'}`;
  return `${side('server', server)}, ${side('client', client)}`;
}

/**
 * Reads the value of a `Sec-WebSocket-Extensions` with one element of permessage-deflate.
 *
 * @returns undefined for an empty value
 * @throws {Error} on anything else
 */
export function readParameters(header: string): Parameters | undefined {
  if (header === '') return undefined;
  const [name, ...parameters] = header.split(';').map((part) => part.trim());
  if (name !== 'permessage-deflate' || header.includes(',')) {
    throw new Error(`Not one permessage-deflate: ${header}`);
  }
  return Object.fromEntries(
    parameters.map((parameter) => {
      const [key = '', value] = parameter.split('=');
      return [key, value?.replaceAll('"', '') ?? true];
    }),
  );
}
