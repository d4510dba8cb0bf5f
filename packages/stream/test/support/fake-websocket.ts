/** WebSockets without a socket, driven by hand, for the moments that no network can time. */
import { EventEmitter } from 'node:events';
import type { SendDone } from '../../src/web.js';

/** The face that `createWebSocketStream` needs, without the socket below. */
export class FakeEmitter extends EventEmitter {
  readyState = 1;
  isPaused = false;
  readonly calls: string[] = [];
  readonly sent: { data: unknown; done: SendDone }[] = [];

  send(data: unknown, done: SendDone): void {
    if (this.readyState === 1) this.sent.push({ data, done });
    else process.nextTick(done, new Error(`not open: ${this.readyState}`));
  }

  close(): void {
    this.calls.push('close');
    this.readyState = Math.max(this.readyState, 2);
  }

  terminate(): void {
    this.calls.push('terminate');
    this.readyState = Math.max(this.readyState, 2);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  open(): void {
    this.readyState = 1;
    this.emit('open');
  }

  closed(code: number): void {
    this.readyState = 3;
    this.emit('close', code, Buffer.alloc(0));
  }
}

/** The face that `createWebSocketStreams` needs; without callbacks and pauses, as in a browser. */
export class FakeWebSocket {
  readyState = 1;
  bufferedAmount = 0;
  binaryType = 'blob';
  protocol = 'chat';
  extensions = '';
  readonly sent: unknown[] = [];
  readonly closes: unknown[][] = [];
  private readonly listeners = new Map<string, Set<(event: never) => void>>();

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(...values: unknown[]): void {
    const [code = 1000, reason = ''] = values as [number?, string?];
    if (code !== 1000 && !(code >= 3000 && code <= 4999)) throw new RangeError('code');
    if (reason.length > 123) throw new SyntaxError('reason');
    this.closes.push(values);
    this.readyState = Math.max(this.readyState, 2);
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.get(type)?.delete(listener);
  }

  get listenerCount(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0);
  }

  dispatch(type: string, event: object = {}): void {
    for (const listener of this.listeners.get(type) ?? []) listener(event as never);
  }

  open(): void {
    this.readyState = 1;
    this.dispatch('open');
  }

  message(data: unknown): void {
    this.dispatch('message', { data });
  }

  closed(code: number, reason = ''): void {
    this.readyState = 3;
    this.dispatch('close', { code, reason });
  }
}

/** One that can be paused and calls back, as those of Node.js libraries. */
export class FakePausableWebSocket extends FakeWebSocket {
  isPaused = false;
  readonly callbacks: SendDone[] = [];

  override send(data: unknown, done?: SendDone): void {
    super.send(data);
    if (done) this.callbacks.push(done);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }
}
