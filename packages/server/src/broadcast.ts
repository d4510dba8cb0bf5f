/**
 * One message to many clients: prepared once, sent by each client itself. It
 * knows no server.
 */
import { PreparedMessage, ReadyState, toPayload } from '@hybi/connection/node';
import type { SendData, SendOptions, WebSocket } from '@hybi/connection/node';

/** What can be sent to many: all that can be sent, but a `Blob`, which would have to be read first. */
export type BroadcastData = Exclude<SendData, Blob>;

/** How a message is sent to many. */
export interface BroadcastOptions<Client = WebSocket> {
  /** Binary or text; default: text if the data is a string or a number, or as it was prepared. */
  binary?: boolean | undefined;
  /** Whether it may be compressed, where that was negotiated; default: true. */
  compress?: boolean | undefined;
  /** A client that is left out, or several. */
  except?: Client | Iterable<Client> | undefined;
}

/**
 * Sends one message to all of the clients that are open, such as those of a server or a room. It is
 * compressed once for all that agreed to the same parameters.
 *
 * @param data - as of `send`, but no `Blob`. Memory is borrowed until it has left for all clients,
 *   which nobody is told: do not change it
 * @returns the number of clients that it was sent to
 * @throws {TypeError} when the data has no bytes, or not yet, or `except` is nothing that could be
 *   left out
 */
export function broadcast<Client extends WebSocket>(
  clients: Iterable<Client>,
  data: BroadcastData,
  { binary, compress, except }: BroadcastOptions<Client> = {},
): number {
  const message = prepare(data, binary);
  const isLeftOut = leftOut(except);
  // What was prepared here knows its type already.
  const options = sendOptions(message === data ? binary : undefined, compress);
  let sent = 0;
  for (const client of clients) {
    if (client.readyState !== ReadyState.Open || isLeftOut?.has(client)) continue;
    // By the public method, so that a subclass sees every message.
    client.send(message, options);
    sent++;
  }
  return sent;
}

function prepare(data: BroadcastData, binary: boolean | undefined): PreparedMessage {
  if (data instanceof PreparedMessage) return data;
  const payload = toPayload(data);
  if (typeof payload === 'string' || payload instanceof Uint8Array) {
    return new PreparedMessage(payload, { binary });
  }
  throw new TypeError('A Blob can not be broadcast: read it first');
}

/** Nothing where nothing was asked for, which is quicker to send by. */
function sendOptions(
  binary: boolean | undefined,
  compress: boolean | undefined,
): SendOptions | undefined {
  if (binary === undefined && compress === undefined) return undefined;
  return {
    ...(binary === undefined ? {} : { binary }),
    ...(compress === undefined ? {} : { compress }),
  };
}

function leftOut<Client>(
  except: Client | Iterable<Client> | undefined,
): ReadonlySet<Client> | undefined {
  if (except === undefined) return undefined;
  if (typeof except !== 'object' || except === null) {
    throw new TypeError(`"except" must be a WebSocket or several, got ${String(except)}`);
  }
  return new Set(Symbol.iterator in except ? (except as Iterable<Client>) : [except]);
}
