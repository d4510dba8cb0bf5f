/** Writes down what a Duplex does, so that two of them can be compared. */
import type { Duplex } from 'node:stream';

export class Transcript {
  readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(private readonly label = '') {}

  note(line: string): void {
    this.lines.push(this.label + line);
    for (const check of [...this.waiting]) check();
  }

  /** Waits until a line begins like this. */
  until(start: string): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!this.lines.some((line) => line.startsWith(start))) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }

  /** A callback that notes its error or success. */
  callback(name: string): (error?: Error | null) => void {
    return (error) => this.note(`${name}: ${error ? describe(error) : 'done'}`);
  }

  /** Notes every event of the stream and in what state it was. */
  watch(stream: Duplex): void {
    for (const name of ['end', 'finish', 'close', 'drain']) {
      stream.on(name, () => this.note(`${name} ${stateOf(stream)}`));
    }
    stream.on('error', (error) => this.note(`error ${describe(error)} ${stateOf(stream)}`));
  }

  /** Reads all, and notes every chunk. */
  read(stream: Duplex): void {
    stream.on('data', (chunk: unknown) => this.note(`data ${describeChunk(chunk)}`));
  }
}

function describe(error: Error & { code?: string }): string {
  return `${error.name} ${error.code ?? ''} ${error.message}`;
}

function describeChunk(chunk: unknown): string {
  return Buffer.isBuffer(chunk)
    ? `${chunk.length} bytes ${chunk.toString('hex', 0, 16)}`
    : `${typeof chunk} ${JSON.stringify(chunk)}`;
}

function stateOf(stream: Duplex): string {
  const flags = {
    destroyed: stream.destroyed,
    ended: stream.readableEnded,
    finished: stream.writableFinished,
    readable: stream.readable,
    writable: stream.writable,
    closed: stream.closed,
  };
  return `[${Object.entries(flags)
    .filter(([, isSet]) => isSet)
    .map(([name]) => name)
    .join(' ')}]`;
}
