/** A client that dials again; typical of bots and SDKs. */
import { EventEmitter } from 'node:events';
import WebSocket from 'ws';
import type { ClientOptions, CloseEvent, ErrorEvent, MessageEvent } from 'ws';

export class Connection extends EventEmitter {
  private ws: WebSocket | null = null;
  private timer?: NodeJS.Timeout;
  private queue: Parameters<WebSocket['send']>[0][] = [];

  constructor(
    private readonly url: string,
    private readonly options: ClientOptions & { retry?: number } = {},
  ) {
    super();
  }

  connect(): void {
    const { retry, ...options } = this.options;
    const ws = (this.ws = new WebSocket(this.url, options));
    ws.onopen = this.onOpen.bind(this);
    ws.onmessage = this.onMessage.bind(this);
    ws.onerror = this.onError.bind(this);
    ws.onclose = this.onClose.bind(this);
    ws.on('unexpected-response', (_request, response) => {
      this.emit('debug', `${response.statusCode} ${retry}`);
    });
  }

  get status(): 'open' | 'closed' {
    return this.ws?.readyState === WebSocket.OPEN ? 'open' : 'closed';
  }

  send(data: unknown): void {
    if (this.ws === null || this.ws.readyState !== WebSocket.OPEN) {
      this.queue.push(JSON.stringify(data));
      return;
    }
    this.ws.send(JSON.stringify(data), (error) => {
      if (error) this.emit('error', error);
    });
  }

  private onOpen(): void {
    for (const data of this.queue.splice(0)) this.ws?.send(data);
  }

  private onMessage({ data }: MessageEvent): void {
    if (data instanceof ArrayBuffer) data = new Uint8Array(data) as Buffer;
    else if (Array.isArray(data)) data = Buffer.concat(data);
    this.emit('message', typeof data === 'string' ? JSON.parse(data) : data);
  }

  private onError(event: ErrorEvent | Error): void {
    this.emit('error', 'error' in event ? event.error : event);
  }

  private onClose(event: CloseEvent): void {
    this.emit('debug', `${event.code} ${event.reason} ${event.wasClean}`);
    this.timer = setTimeout(() => this.connect(), this.options.retry ?? 1000);
  }

  destroy(): void {
    clearTimeout(this.timer);
    if (!this.ws) return;
    this.ws.onopen = this.ws.onclose = this.ws.onerror = this.ws.onmessage = null;
    this.ws.close(1000);
    this.ws = null;
  }
}
