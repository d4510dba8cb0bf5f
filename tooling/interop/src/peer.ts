/** Somebody else's WebSocket in a program of its own, and the ends of its connections. */
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { End } from './end.js';
import { describeMessage, expected } from './expected.js';
import { Inbox } from './inbox.js';
import type { Command, Message, Report, Step } from './protocol.js';

/** How commands reach a peer; its reports are handed to `Peer.take`. */
export interface PeerDriver {
  command(command: Command): void;
  /** Resolves when the program is gone. */
  stop(): Promise<void>;
}

/** What not everybody can do. */
export type Ability =
  | 'send fragments'
  /** Leaves single messages as they are. */
  | 'send plain'
  /** Compresses also while only the first fragments of a compressed message have come. */
  | 'compress while receiving'
  /** And pongs; then it also tells of those that come. */
  | 'ping'
  | 'terminate'
  /** Answers a close frame with the reason, not only the code. */
  | 'echo the reason'
  /** Leaves U+FEFF at the start of a text where it is. */
  | 'keep a byte order mark'
  /** As a server, takes an offer with `server_max_window_bits`. */
  | 'limit its window';

/** What there is to know about a peer. */
export interface PeerFacts {
  readonly abilities: readonly Ability[];
  /** Whether it knows permessage-deflate: not at all, only to read it, or to write it too. */
  readonly compression: 'none' | 'reads' | 'reads and writes';
  /** Bytes from which on it writes a message compressed; default: 0. */
  readonly compressesFrom?: number;
  /** Whether that can be switched off. */
  readonly compressionIsOptional: boolean;
  /** What arrives when its `close` is called without a code. */
  readonly codeOfEmptyClose: 1000 | 1005;
  /** What it tells about a connection that was cut off. */
  readonly codeOfCutOff: 0 | 1006;
}

/** Sorts the reports of a peer by the connection that they are about. */
export class Peer {
  private readonly ends = new Map<string, TheirEnd>();
  private driver: PeerDriver | undefined;

  private constructor(
    readonly name: string,
    readonly facts: PeerFacts,
  ) {}

  /** @param start - starts the program; may reject */
  static async start(
    name: string,
    facts: PeerFacts,
    start: (report: (report: Report) => void, fail: (error: Error) => void) => Promise<PeerDriver>,
  ): Promise<Peer> {
    const peer = new Peer(name, facts);
    peer.driver = await start(
      (report) => peer.end(report.id).put(report),
      (error) => peer.ends.forEach((end) => end.fail(error)),
    );
    return peer;
  }

  command(command: Command): void {
    this.driver!.command(command);
  }

  /** What is known under this id, from now on or since its first report. */
  end(id: string): TheirEnd {
    let end = this.ends.get(id);
    if (end === undefined) this.ends.set(id, (end = new TheirEnd(this, id)));
    return end;
  }

  forget(id: string): void {
    this.ends.delete(id);
  }

  async stop(): Promise<void> {
    await this.driver!.stop();
  }
}

/** Their end of a connection, at the other end of a pipe. */
export class TheirEnd implements End {
  subprotocol = '';
  extensions: string | null = '';
  /** What their API told; tests of a connection that breaks expect it. */
  readonly errors: string[] = [];
  private readonly inbox: Inbox<Exclude<Report, { event: 'error' }>>;

  constructor(
    private readonly peer: Peer,
    private readonly id: string,
  ) {
    this.inbox = new Inbox(peer.name);
  }

  get facts(): PeerFacts {
    return this.peer.facts;
  }

  can(ability: Ability): boolean {
    return this.facts.abilities.includes(ability);
  }

  put(report: Report): void {
    if (report.event === 'error') this.errors.push(report.message);
    else this.inbox.put(report);
  }

  fail(error: Error): void {
    this.inbox.fail(error);
  }

  async expectOpen(): Promise<void> {
    const { subprotocol, extensions } = await this.take('open', 'the connection');
    Object.assign(this, { subprotocol, extensions });
  }

  async expectListening(): Promise<number> {
    return (await this.take('listening', 'the server')).port;
  }

  send(...messages: Message[]): void {
    this.peer.command({ do: 'send', id: this.id, messages });
  }

  sendFragments(message: Message, sizes: number[]): void {
    this.peer.command({ do: 'sendFragments', id: this.id, message, sizes });
  }

  play(steps: readonly Step[]): void {
    this.peer.command({ do: 'play', id: this.id, steps });
  }

  ping(payload: string): void {
    this.peer.command({ do: 'ping', id: this.id, payload });
  }

  pong(payload: string): void {
    this.peer.command({ do: 'pong', id: this.id, payload });
  }

  close(code?: number, reason?: string): void {
    this.peer.command({ do: 'close', id: this.id, code, reason });
  }

  terminate(): void {
    this.peer.command({ do: 'terminate', id: this.id });
  }

  async expectMessages(...messages: Message[]): Promise<void> {
    for (const message of messages) {
      const { bytes, sha256 } = expected(message);
      const received = await this.take('message', describeMessage(message));
      const same = received.kind === message.kind && received.sha256 === sha256;
      if (same && received.bytes === bytes.length) continue;
      expect.fail(`${this.peer.name} got ${inspect(received)}, not ${describeMessage(message)}`);
    }
  }

  async expectControl(event: 'ping' | 'pong', payload: string): Promise<void> {
    const received = await this.take(event, `the ${event} '${payload}'`);
    expect(received.payload, this.peer.name).toBe(payload);
  }

  async expectClose(code: number, reason = ''): Promise<void> {
    const received = await this.take('close', `the close ${code}`);
    expect({ code: received.code, reason: received.reason }, this.peer.name).toEqual({
      code,
      reason,
    });
    // A connection that breaks is an error to some, and only a code to others.
    if (code !== this.facts.codeOfCutOff)
      expect(this.errors, `errors of ${this.peer.name}`).toEqual([]);
    expect(this.inbox.rest, `after the close of ${this.peer.name}`).toEqual([]);
  }

  private async take<Event extends Report['event']>(
    event: Event,
    what: string,
  ): Promise<Extract<Report, { event: Event }>> {
    try {
      const received = await this.inbox.take(what);
      if (received.event !== event) {
        expect.fail(`${this.peer.name} got ${inspect(received)}, not ${what}`);
      }
      return received as Extract<Report, { event: Event }>;
    } catch (error) {
      (error as Error).message += `; its errors: ${this.errors.join(', ') || 'none'}`;
      throw error;
    }
  }
}
