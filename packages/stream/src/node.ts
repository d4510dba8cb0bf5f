/**
 * A WebSocket as a `Duplex` of `node:stream`: what is written becomes
 * messages, messages become chunks, and backpressure passes through in both
 * directions. It knows a WebSocket by its face only, and nothing of frames.
 *
 * The two sides end on their own:
 *
 *   reading: 'close' of the WebSocket → end of file → 'end'
 *   writing: end() → close() → the socket has written everything → 'finish'
 *   both ended, or destroy() → destroyed; the WebSocket's 'close' → 'close'
 */
import { addAbortSignal, Duplex } from 'node:stream';
import type { DuplexOptions, Writable } from 'node:stream';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as EventEmitter has it
type Listener = (...values: any[]) => void;

/** What a stream needs of a WebSocket; those of `hybi` and `ws` have it. */
export interface StreamableWebSocket {
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** Whether `pause` was called, and `resume` was not since. */
  readonly isPaused: boolean;
  /**
   * The socket below, null until the opening handshake is over.
   *
   * Where it is absent, the stream finishes when the WebSocket closes.
   */
  readonly _socket?: Writable | null;
  send(data: string | Buffer, callback: (error?: Error | null) => void): void;
  close(): void;
  terminate(): void;
  pause(): void;
  resume(): void;
  on(event: string, listener: Listener): unknown;
  removeListener(event: string, listener: Listener): unknown;
}

type Done = (error?: Error | null) => void;

const connecting = 0;
const closed = 3;
const abnormalClosure = 1006;

/**
 * Wraps a WebSocket in a Duplex.
 *
 * Create it before the first message can arrive, so in the same tick as the
 * WebSocket or in its `'open'` or `'connection'` listener. Binary messages must
 * come as Buffers: leave `binaryType` as it is. The memory of a chunk that was
 * written is borrowed until its callback.
 *
 * - Each chunk is sent as a binary message, strings too, because a Duplex turns
 *   them into Buffers; with `decodeStrings: false` strings are sent as text.
 * - Each message is a chunk. In byte mode boundaries are not kept and empty
 *   messages vanish; with `readableObjectMode: true` text comes as strings.
 * - `end()` starts the closing handshake, `destroy()` terminates the WebSocket,
 *   and the WebSocket's own error destroys the stream.
 *
 * @param websocket - in any state; from here on the stream pauses and closes it
 * @param options - as for `new Duplex()`, but `autoDestroy`, `emitClose`,
 *   `objectMode` and `writableObjectMode` are always off, and how to read,
 *   write, finish and destroy is given
 * @see RFC 6455 section 7.1 for how a connection ends
 */
export function createWebSocketStream(
  websocket: StreamableWebSocket,
  options?: DuplexOptions,
): Duplex {
  return new Bridge(websocket, options ?? {}).duplex;
}

class Bridge {
  readonly duplex: Duplex;
  private readonly websocket: StreamableWebSocket;
  /** The code of the WebSocket's `'close'`, once that was emitted. */
  private closeCode: number | undefined;
  /** The socket is gone before it had written everything. */
  private isCutOff = false;
  private terminatesOnDestroy = true;
  private afterOpening: (() => void) | undefined;
  private finalDone: Done | undefined;
  private destroyDone: Done | undefined;
  private destroyError: Error | null = null;
  private emitsClose = false;

  constructor(websocket: StreamableWebSocket, { signal, ...options }: DuplexOptions) {
    this.websocket = websocket;
    // As functions, not as methods of a subclass: programs take them off the
    // stream, wrap them and call them without a receiver.
    this.duplex = new Duplex({
      ...options,
      autoDestroy: false,
      emitClose: false,
      objectMode: false,
      writableObjectMode: false,
      read: () => this.read(),
      write: (chunk: string | Buffer, _encoding, done) => this.write(chunk, done),
      final: (done) => this.final(done),
      destroy: (error, done) => this.destroy(error, done),
    });
    this.duplex.on('end', this.onEnd);
    this.duplex.on('error', this.onStreamError);
    this.listen();
    // One that has fired already destroys the stream at once, so it comes last.
    if (signal) addAbortSignal(signal, this.duplex);
  }

  private listen(): void {
    if (this.websocket.readyState === closed) {
      this.closeCode = abnormalClosure;
      this.duplex.push(null);
      return;
    }
    this.websocket.on('message', this.onMessage);
    this.websocket.on('error', this.onError);
    this.websocket.on('close', this.onClose);
  }

  private release(): void {
    this.websocket.removeListener('open', this.onOpen);
    this.websocket.removeListener('message', this.onMessage);
    this.websocket.removeListener('error', this.onError);
    this.websocket.removeListener('close', this.onClose);
    this.websocket._socket?.removeListener('finish', this.onSocketFinish);
  }

  // What the stream asks for

  private read(): void {
    if (this.websocket.isPaused) this.websocket.resume();
  }

  private write(chunk: string | Buffer, done: Done): void {
    if (this.websocket.readyState === connecting) this.onceOpen(() => this.write(chunk, done));
    else this.websocket.send(chunk, done);
  }

  private final(done: Done): void {
    const socket = this.websocket._socket;
    if (this.websocket.readyState === connecting) this.onceOpen(() => this.final(done));
    else if (socket?.writableFinished) this.finish(done);
    else if (this.closeCode !== undefined) {
      this.finishClosed(done, this.closeCode);
      this.endIfCutOff();
    } else {
      this.finalDone = done;
      socket?.on('finish', this.onSocketFinish);
      this.websocket.close();
    }
  }

  private destroy(error: Error | null, done: Done): void {
    this.websocket.removeListener('message', this.onMessage);
    if (this.websocket.readyState === closed) {
      this.release();
      done(error);
      process.nextTick(emitClose, this.duplex);
      return;
    }
    this.destroyDone = done;
    this.destroyError = error;
    this.emitsClose = true;
    if (this.terminatesOnDestroy) this.websocket.terminate();
  }

  /** The stream does one thing at a time, so one place to wait is enough. */
  private onceOpen(action: () => void): void {
    this.afterOpening = action;
    this.websocket.on('open', this.onOpen);
  }

  /** The writing side is over; after the reading side, so is the stream. */
  private finish(done: Done): void {
    done();
    if (this.duplex.readableEnded) this.duplex.destroy();
  }

  /** The socket can not finish any more: it has, or it never will. */
  private finishClosed(done: Done, code: number): void {
    const isFinished = this.websocket._socket === undefined && code !== abnormalClosure;
    if (isFinished) {
      this.finish(done);
      return;
    }
    this.isCutOff = true;
    if (this.duplex.readableEnded) this.duplex.destroy();
  }

  /** Lets 'end' come when there is nothing to read, even if nobody reads. */
  private endIfCutOff(): void {
    if (this.isCutOff) this.duplex.read(0);
  }

  // What happens to the WebSocket

  private readonly onOpen = (): void => {
    this.websocket.removeListener('open', this.onOpen);
    this.runAfterOpening();
  };

  private readonly onMessage = (data: Buffer, isBinary: boolean): void => {
    const { duplex } = this;
    const chunk = !isBinary && duplex.readableObjectMode ? data.toString() : data;
    if (!duplex.push(chunk)) this.websocket.pause();
  };

  private readonly onError = (error: Error): void => {
    if (this.duplex.destroyed) {
      this.settleDestroy(error);
      return;
    }
    // It closes itself: to terminate it could cut its close frame off.
    this.terminatesOnDestroy = false;
    this.duplex.destroy(error);
  };

  private readonly onClose = (code: number): void => {
    const { duplex, finalDone } = this;
    this.release();
    this.closeCode = code;
    this.finalDone = undefined;
    if (duplex.destroyed) this.settleClose();
    else {
      // 'finish' comes before 'end', also where only the close tells of it.
      if (finalDone) this.finishClosed(finalDone, code);
      duplex.push(null);
      this.endIfCutOff();
    }
    // A write that waited for a connection learns that there will be none.
    this.runAfterOpening();
  };

  private readonly onSocketFinish = (): void => {
    const { finalDone } = this;
    this.finalDone = undefined;
    // Not destroyed here: 'end' comes with the WebSocket's 'close'.
    finalDone?.();
  };

  private runAfterOpening(): void {
    const action = this.afterOpening;
    this.afterOpening = undefined;
    action?.();
  }

  private settleDestroy(error: Error | null): void {
    const done = this.destroyDone;
    this.destroyDone = undefined;
    done?.(error);
  }

  private settleClose(): void {
    this.settleDestroy(this.destroyError);
    if (this.emitsClose) process.nextTick(emitClose, this.duplex);
    this.emitsClose = false;
  }

  // What happens to the stream

  private readonly onEnd = (): void => {
    const isWritten = this.duplex.writableFinished || this.isCutOff;
    if (isWritten && !this.duplex.destroyed) this.duplex.destroy();
  };

  private readonly onStreamError = (error: Error): void => {
    const { duplex } = this;
    duplex.removeListener('error', this.onStreamError);
    duplex.destroy();
    // Nobody but this listener was there: it must not hide the error.
    if (duplex.listenerCount('error') === 0) duplex.emit('error', error);
  };
}

function emitClose(duplex: Duplex): void {
  duplex.emit('close');
}
