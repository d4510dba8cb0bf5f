/** The process that `peer.mjs` runs in. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./peer.mjs', import.meta.url));

/** What the peer tells at the end. */
export interface TransferReport {
  readonly bytes: number;
  /** Of all bytes, SHA-256. */
  readonly digest: string;
  /** The largest resident memory of the peer. */
  readonly peakBytes: number;
  /** Receiving: how often it paused. */
  readonly pauses?: number;
  /** Sending: how often the kernel took no more. */
  readonly waits?: number;
}

/** What a sending peer tells on demand. */
export interface SenderStatus {
  /** The kernel's buffer is full, and the socket's `write` has returned false. */
  readonly isWaiting: boolean;
  readonly sentBytes: number;
  /** Of these, what the kernel has not taken. */
  readonly unsentBytes: number;
}

export class PeerProcess {
  private readonly child: ChildProcess;
  readonly url: string;

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.url = `ws://127.0.0.1:${port}`;
  }

  static async start(): Promise<PeerProcess> {
    // A process like any other: nothing of what the test runner sets.
    const child = fork(program, { execArgv: [], env: { ...process.env, NODE_OPTIONS: '' } });
    const { port } = await nextMessage<{ port: number }>(child);
    return new PeerProcess(child, port);
  }

  /** Asks a sending peer how far it is. */
  status(): Promise<SenderStatus> {
    const answer = nextMessage<SenderStatus>(this.child);
    this.child.send('status');
    return answer;
  }

  /** Lets a peer receive that holds still. */
  go(): void {
    this.child.send('go');
  }

  /** The report of the end; ask for it before the end comes. */
  report(): Promise<TransferReport> {
    return nextMessage<TransferReport>(this.child);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exits = once(this.child, 'exit');
    this.child.kill();
    await exits;
  }
}

async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const listening = new AbortController();
  const { signal } = listening;
  const message = once(child, 'message', { signal }) as Promise<[Message]>;
  const exit = once(child, 'exit', { signal }).then(([code, name]) => {
    throw new Error(`The peer ended with ${String(name ?? code)}`);
  });
  // The loser of the race is told to stop listening, which is no failure.
  exit.catch(() => {});
  try {
    return (await Promise.race([message, exit]))[0] as Message;
  } finally {
    listening.abort();
    message.catch(() => {});
  }
}
