/**
 * The life of a server, from its first connection to its `'close'` event.
 *
 * | state   | event                                         | next    | what happens                        |
 * | ------- | --------------------------------------------- | ------- | ----------------------------------- |
 * | running | `close()`                                     | closing | no more upgrades; 503 for late ones |
 * | closing | our own HTTP server has closed                | closed  | `'close'`                           |
 * | closing | without one: there is no client, or no longer | closed  | `'close'`, one tick later           |
 * | closed  | `close()`                                     | closed  | `'close'` again, one tick later     |
 *
 * Connections that stand are left alone.
 */
import type { EventEmitter } from 'node:events';
import type { HttpServerLink } from './http-server.js';

type State = 'running' | 'closing' | 'closed';

export class ServerLife {
  #state: State = 'running';
  #closesWithLastClient = false;
  /** Until the server closes; none where upgrades are handed over. */
  #http: HttpServerLink | undefined;
  readonly #server: Pick<EventEmitter, 'emit'>;
  readonly #clients: { readonly size: number } | undefined;

  /**
   * @param server - emits `'close'`
   * @param clients - those to wait for; undefined: nobody is waited for
   */
  constructor(
    server: Pick<EventEmitter, 'emit'>,
    http: HttpServerLink | undefined,
    clients: { readonly size: number } | undefined,
  ) {
    this.#server = server;
    this.#http = http;
    this.#clients = clients;
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** The HTTP server while it is listened to. */
  get http(): HttpServerLink | undefined {
    return this.#http;
  }

  close(): void {
    if (this.#state === 'closing') return;
    if (this.#state === 'closed') {
      this.#endLater();
      return;
    }
    this.#state = 'closing';
    const http = this.#http;
    this.#http = undefined;
    if (http?.release(() => this.#end())) return;
    if (this.#hasClients()) this.#closesWithLastClient = true;
    else this.#endLater();
  }

  /** A client is gone, and no longer among the clients. */
  clientClosed(): void {
    if (this.#closesWithLastClient && !this.#hasClients()) this.#endLater();
  }

  #hasClients(): boolean {
    return this.#clients !== undefined && this.#clients.size > 0;
  }

  #endLater(): void {
    process.nextTick(() => this.#end());
  }

  #end(): void {
    this.#state = 'closed';
    this.#server.emit('close');
  }
}
