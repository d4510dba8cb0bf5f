/**
 * The event objects that EventTarget listeners get. They have the names and
 * accessors of the DOM's, but not the DOM's classes: those cost several times
 * as much and know more than a WebSocket needs.
 */
import type { MessageData } from './data.js';
import type { WebSocket } from './websocket.js';

const init = Symbol('hybi.event');

/** What happened; the `'open'` event is of this class. */
export class Event {
  readonly #type: string;
  #target: WebSocket | null = null;

  constructor(type: string) {
    this.#type = type;
  }

  /** The WebSocket that it happened to. */
  get target(): WebSocket {
    return this.#target as WebSocket;
  }

  get type(): string {
    return this.#type;
  }

  /** @internal */
  [init](target: WebSocket): this {
    this.#target = target;
    return this;
  }
}

/** The end of a connection. */
export class CloseEvent extends Event {
  readonly #code: number;
  readonly #reason: string;
  readonly #wasClean: boolean;

  constructor(
    type: string,
    {
      code = 0,
      reason = '',
      wasClean = false,
    }: { code?: number; reason?: string; wasClean?: boolean } = {},
  ) {
    super(type);
    this.#code = code;
    this.#reason = reason;
    this.#wasClean = wasClean;
  }

  get code(): number {
    return this.#code;
  }

  get reason(): string {
    return this.#reason;
  }

  /** Whether a close frame was sent and one was received. */
  get wasClean(): boolean {
    return this.#wasClean;
  }
}

/** An error; the connection ends. */
export class ErrorEvent extends Event {
  readonly #error: unknown;
  readonly #message: string;

  constructor(
    type: string,
    { error = null, message = '' }: { error?: unknown; message?: string } = {},
  ) {
    super(type);
    this.#error = error;
    this.#message = message;
  }

  get error(): unknown {
    return this.#error;
  }

  get message(): string {
    return this.#message;
  }
}

/** A message: a string for text, else what `binaryType` asks for. */
export class MessageEvent extends Event {
  readonly #data: string | MessageData;

  constructor(type: string, options: { data?: string | MessageData } = {}) {
    super(type);
    this.#data = options.data ?? (null as unknown as string);
  }

  get data(): string | MessageData {
    return this.#data;
  }
}

/** Gives the event its target and returns it. */
export function withTarget<E extends Event>(event: E, target: WebSocket): E {
  return event[init](target);
}

function makeEnumerable(prototype: object, names: readonly string[]): void {
  for (const name of names) Object.defineProperty(prototype, name, { enumerable: true });
}

makeEnumerable(Event.prototype, ['type', 'target']);
makeEnumerable(CloseEvent.prototype, ['code', 'reason', 'wasClean']);
makeEnumerable(ErrorEvent.prototype, ['error', 'message']);
makeEnumerable(MessageEvent.prototype, ['data']);
