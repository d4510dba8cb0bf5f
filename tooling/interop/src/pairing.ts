/** Brings our side and a peer together, over plain TCP or TLS. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientOptions } from '@hybi/client';
import type { WebSocket } from '@hybi/connection/node';
import type { PerMessageDeflateOptions, ServerOptions, WebSocketServer } from '@hybi/server';
import { selfSignedCertificate } from '@hybi/testkit';
import { chooseSubprotocol, connectionId } from '../peers/request.mjs';
import { LateError } from './inbox.js';
import { OurEnd } from './our-end.js';
import type { Peer, TheirEnd } from './peer.js';
import type { PeerDescription } from './peers.js';
import type { Compression, KeyPair } from './protocol.js';
import { Relay } from './relay.js';
import type { RelayOptions } from './relay.js';

/** Tests with one peer that may run out of time before the rest is given up. */
const patience = 3;

/** How a connection is made. */
export interface Link {
  secure: boolean;
  /** What our side offers or accepts. */
  ours: boolean | PerMessageDeflateOptions;
  /** Whether theirs offers or accepts compression, where that is a choice; or how. */
  theirs: Compression;
  subprotocols?: string[];
  /** Whether our server is strict. */
  strict?: boolean;
  /** Puts a relay in between; not over TLS. */
  relay?: RelayOptions;
}

/** An open connection. */
export interface Pair {
  readonly ours: OurEnd;
  readonly theirs: TheirEnd;
  /** There if the link has one. */
  readonly relay: Relay | undefined;
}

/** Our client, of whichever package. */
export type OurClient = new (
  url: string,
  subprotocols: string[],
  options: ClientOptions,
) => WebSocket;

/** Our server, of whichever package. */
export type OurServer = new (
  options: ServerOptions,
) => Pick<WebSocketServer, 'on' | 'options' | 'close'>;

/** One peer, and our side in the other role. */
export abstract class Pairing {
  abstract readonly theyServe: boolean;
  protected certificate!: KeyPair;
  protected peer!: Peer;
  private directory!: string;
  private opened = 0;
  private readonly late: LateError[] = [];

  constructor(private readonly description: PeerDescription) {}

  async start(): Promise<void> {
    this.directory = await mkdtemp(join(tmpdir(), 'hybi-interop-'));
    this.certificate = await selfSignedCertificate();
    const caFile = join(this.directory, 'ca.pem');
    await writeFile(caFile, this.certificate.cert);
    this.peer = await this.description.start(caFile);
  }

  /** Resolves when the peer is gone and nothing of ours is open any more. */
  async stop(): Promise<void> {
    await this.peer?.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Opens a connection, calls `use` with it, and closes it. */
  async connect(link: Link, use: (pair: Pair) => Promise<void>): Promise<void> {
    // Hundreds of tests that wait for nothing would take hours.
    if (this.late.length >= patience) throw new Error('Given up', { cause: this.late.at(-1) });
    try {
      await this.connectOnce(link, use);
    } catch (error) {
      if (error instanceof LateError) this.late.push(error);
      throw error;
    }
  }

  private async connectOnce(link: Link, use: (pair: Pair) => Promise<void>): Promise<void> {
    const id = String(++this.opened);
    const theirs = this.peer.end(id);
    const serverPort = await this.port(link);
    const relay = link.relay && (await Relay.start(serverPort, link.relay));
    const url = this.url(id, link.secure, relay?.port ?? serverPort);
    try {
      const [ours] = await Promise.all([this.dial(id, url, link), theirs.expectOpen()]);
      try {
        await use({ ours, theirs, relay });
        if (ours.websocket.readyState === ours.websocket.OPEN) await close({ ours, theirs });
      } finally {
        ours.terminate();
      }
    } finally {
      relay?.stop();
      this.peer.forget(id);
    }
  }

  /** Where the server listens, whosever it is. */
  protected abstract port(link: Link): number | Promise<number>;

  /** Resolves with our side, which is open. */
  protected abstract dial(id: string, url: string, link: Link): Promise<OurEnd>;

  private url(id: string, secure: boolean, port: number): string {
    return secure ? `wss://localhost:${port}/?id=${id}` : `ws://127.0.0.1:${port}/?id=${id}`;
  }
}

/** Nothing may have come that was not expected. */
async function close({ ours, theirs }: Pick<Pair, 'ours' | 'theirs'>): Promise<void> {
  ours.close(1000);
  await Promise.all([ours.expectClose(1000), theirs.expectClose(1000)]);
}

/** The peer is the client. */
export class OurServerPairing extends Pairing {
  readonly theyServe = false;
  private readonly listeners: OurListener[] = [];

  constructor(
    private readonly WebSocketServer: OurServer,
    description: PeerDescription,
  ) {
    super(description);
  }

  override async start(): Promise<void> {
    await super.start();
    for (const tls of [undefined, this.certificate]) {
      this.listeners.push(await OurListener.start(this.WebSocketServer, tls));
    }
  }

  override async stop(): Promise<void> {
    await super.stop();
    for (const listener of this.listeners) await listener.close();
  }

  protected override port({ secure }: Link): number {
    return this.listener(secure).port;
  }

  protected override dial(id: string, url: string, link: Link): Promise<OurEnd> {
    const { secure, theirs, subprotocols = [] } = link;
    const accepted = this.listener(secure).accept(id, link);
    this.peer.command({ do: 'open', id, url, subprotocols, compression: theirs });
    return accepted;
  }

  private listener(secure: boolean): OurListener {
    return this.listeners[secure ? 1 : 0]!;
  }
}

/** A server of ours. */
class OurListener {
  private readonly waiting = new Map<string, (end: OurEnd) => void>();

  private constructor(
    private readonly httpServer: ReturnType<typeof createServer>,
    private readonly server: InstanceType<OurServer>,
  ) {
    server.on('connection', (websocket, { url }) => {
      const id = connectionId(url);
      this.waiting.get(id)?.(new OurEnd(websocket));
      this.waiting.delete(id);
    });
  }

  static async start(WebSocketServer: OurServer, tls: KeyPair | undefined): Promise<OurListener> {
    const httpServer = tls ? createSecureServer(tls) : createServer();
    const server = new WebSocketServer({
      server: httpServer,
      handleProtocols: (offered) => chooseSubprotocol([...offered]) ?? false,
    });
    httpServer.listen(0, '127.0.0.1');
    await once(httpServer, 'listening');
    return new OurListener(httpServer, server);
  }

  get port(): number {
    return (this.httpServer.address() as AddressInfo).port;
  }

  accept(id: string, { ours, strict = false }: Link): Promise<OurEnd> {
    // Read anew at every upgrade; only the constructor knows `true`.
    this.server.options.perMessageDeflate = ours === true ? {} : ours;
    this.server.options.strict = strict;
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    await new Promise((resolve) => this.httpServer.close(resolve));
  }
}

/** The peer is the server. */
export class OurClientPairing extends Pairing {
  readonly theyServe = true;
  private readonly ports = new Map<string, number>();

  constructor(
    private readonly WebSocket: OurClient,
    description: PeerDescription,
  ) {
    super(description);
  }

  protected override async dial(_id: string, url: string, link: Link): Promise<OurEnd> {
    const websocket = new this.WebSocket(url, link.subprotocols ?? [], {
      perMessageDeflate: link.ours,
      ca: this.certificate.cert,
    });
    const end = new OurEnd(websocket);
    await once(websocket, 'open');
    return end;
  }

  /** Where the peer listens in this manner; it is asked to once. */
  protected override async port({ secure, theirs }: Link): Promise<number> {
    const id = `listener ${secure} ${JSON.stringify(theirs)}`;
    const known = this.ports.get(id);
    if (known !== undefined) return known;
    this.peer.command({
      do: 'listen',
      id,
      tls: secure ? this.certificate : undefined,
      compression: theirs,
    });
    const port = await this.peer.end(id).expectListening();
    this.ports.set(id, port);
    return port;
  }
}
