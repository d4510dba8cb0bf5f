/**
 * The same bytes for everything that receives: a server, a client, and the
 * class `Receiver` in both roles.
 */
import type { EventEmitter } from 'node:events';
import type { Receiver as ReceiverClass } from 'hybi';
import { allOnThreadPool } from '../compression.js';
import { masked, unmasked, zeroKey } from '../frames.js';
import type { World } from '../world.js';
import { plainRequest } from '../world.js';

/** Frames as a role has to send them. */
export interface Framing {
  frame(firstByte: number, payload?: string | Buffer): Buffer;
  /** A frame's first two bytes, whatever they say, and what follows them. */
  head(firstByte: number, length: number, ...rest: number[]): Buffer;
}

export const fromClient: Framing = {
  frame: masked,
  head: (firstByte, length, ...rest) => Buffer.from([firstByte, 0x80 | length, ...rest]),
};

export const fromServer: Framing = {
  frame: unmasked,
  head: (firstByte, length, ...rest) => Buffer.from([firstByte, length, ...rest]),
};

/** What a peer sends. */
export type Traffic = (framing: Framing) => Buffer | readonly Buffer[];

/** How what receives it is set up. */
export interface Setup {
  readonly options?: object;
  /** permessage-deflate was negotiated. */
  readonly deflate?: boolean;
  /** Options for that. */
  readonly deflateOptions?: object;
}

const extensionHeader = 'Sec-WebSocket-Extensions: permessage-deflate';
const events = ['message', 'ping', 'pong', 'conclude'];

/**
 * Sends the traffic to everything that receives, and notes what comes of it;
 * where messages are inflated, at once and on the thread pool.
 */
export async function receiveEverywhere(
  world: World,
  traffic: Traffic,
  setup: Setup = {},
): Promise<void> {
  for (const deflateOptions of setup.deflate === true ? [{}, allOnThreadPool] : [{}]) {
    await receiveAsServer(world, traffic, { deflateOptions, ...setup });
    await receiveAsClient(world, traffic, { deflateOptions, ...setup });
    await receiveByReceiver(world, traffic, { deflateOptions, ...setup });
  }
}

/** Sends the traffic to a server, over a socket. */
export async function receiveAsServer(
  world: World,
  traffic: Traffic,
  { options, deflate = false, deflateOptions = {} }: Setup = {},
): Promise<void> {
  const { websocket, peer } = await world.rawPeer({
    server: { perMessageDeflate: deflate && deflateOptions, ...options },
    request: deflate
      ? plainRequest.replace('\r\n\r\n', `\r\n${extensionHeader}\r\n\r\n`)
      : plainRequest,
  });
  await exchange(world, 'server', websocket, peer, traffic(fromClient));
}

/** Sends the traffic to a client, over a socket. */
export async function receiveAsClient(
  world: World,
  traffic: Traffic,
  { options, deflate = false, deflateOptions = {} }: Setup = {},
): Promise<void> {
  const { websocket, peer } = await world.rawServer({
    client: { generateMask: zeroKey, perMessageDeflate: deflateOptions, ...options },
    headers: deflate ? [extensionHeader] : [],
  });
  await exchange(world, 'client', websocket, peer, traffic(fromServer));
}

type Peer = Awaited<ReturnType<World['rawPeer']>>['peer'];

async function exchange(
  world: World,
  label: string,
  websocket: EventEmitter,
  peer: Peer,
  traffic: Buffer | readonly Buffer[],
): Promise<void> {
  watchReceiving(world, label, websocket);
  world.watch(websocket, label, ['close']);
  const closed = world.closeOf(websocket);
  peer.socket.setNoDelay();
  for (const bytes of [traffic].flat()) peer.write(bytes);
  await peer.readAll();
  peer.socket.end();
  await closed;
  world.note(`${label} sent`, peer.bytes);
}

/** Writes the traffic to a `Receiver` of each role, whole and byte by byte. */
export async function receiveByReceiver(
  world: World,
  traffic: Traffic,
  setup: Setup = {},
): Promise<void> {
  for (const isServer of [true, false]) {
    const bytes = Buffer.concat([traffic(isServer ? fromClient : fromServer)].flat());
    const label = `Receiver${isServer ? ' of a server' : ''}`;
    await writeAll(world, label, receiver(world, isServer, setup), [Buffer.from(bytes)]);
    // A limit on chunks is there to tell them apart.
    if (setup.options !== undefined && 'maxBufferedChunks' in setup.options) continue;
    const single = [...bytes].map((byte) => Buffer.from([byte]));
    await writeAll(world, `${label}, by bytes`, receiver(world, isServer, setup), single);
  }
}

/** A `Receiver` of the implementation. */
export function receiver(
  world: World,
  isServer: boolean,
  { options, deflate = false, deflateOptions = {} }: Setup = {},
): ReceiverClass {
  const { Receiver, PerMessageDeflate } = world.lib.module;
  const extensions: Record<string, unknown> = {};
  if (deflate) {
    const extension = new PerMessageDeflate({ isServer, ...options, ...deflateOptions });
    extension.accept([{}]);
    world.cleanUp(() => extension.cleanup());
    extensions['permessage-deflate'] = extension;
  }
  return new Receiver({ isServer, extensions, ...options });
}

/** Writes chunks, ends, and notes the events up to `close`. */
export async function writeAll(
  world: World,
  label: string,
  target: ReceiverClass,
  chunks: readonly Buffer[],
): Promise<void> {
  watchReceiving(world, label, target);
  const closed = world.closeOf(target);
  for (const chunk of chunks) target.write(chunk);
  if (!target.writableEnded) target.end();
  await closed;
  world.note(`${label} closed`, target.writableFinished, target.errored !== null);
}

function watchReceiving(world: World, label: string, emitter: EventEmitter): void {
  world.watch(emitter, label, events);
  emitter.on('error', (error) => {
    world.note(`${label} error`, error, ...propertiesOf(error));
  });
}

/** The names of an error's properties, and what is under its symbols. */
function propertiesOf(error: any): unknown[] {
  const symbols = Object.getOwnPropertySymbols(error).filter((symbol) => {
    return symbol.description === 'status-code';
  });
  const isEnumerable = symbols.map((symbol) => {
    return Object.getOwnPropertyDescriptor(error, symbol)?.enumerable;
  });
  return [Object.keys(error), symbols.map((symbol) => error[symbol]), isEnumerable];
}
