import type { WebSocket } from '../../src/index.js';

/** What a WebSocket told, in order: `[event, readyState, ...details]`. */
export interface Recording {
  readonly events: unknown[][];
  /** Resolves in the first turn after `'close'`. */
  readonly closed: Promise<unknown[][]>;
}

/** Records the events whose listeners change nothing. */
export function record(websocket: WebSocket): Recording {
  const events: unknown[][] = [];
  const note = (name: string, ...details: unknown[]): void => {
    events.push([name, websocket.readyState, ...details]);
  };
  websocket.on('upgrade', () => note('upgrade'));
  websocket.on('open', () => note('open'));
  websocket.on('message', (data, isBinary) =>
    note('message', (data as Buffer).toString('latin1'), isBinary),
  );
  websocket.on('error', (error) => note('error', error.message));
  const closed = new Promise<unknown[][]>((resolve) => {
    websocket.on('close', (code, reason) => {
      note('close', code, reason.toString());
      setImmediate(resolve, events);
    });
  });
  return { events, closed };
}

/** What is recorded of an opening handshake that failed before there was an answer. */
export function failure(message: string): unknown[][] {
  return [
    ['error', 2, message],
    ['close', 3, 1006, ''],
  ];
}

/** What is recorded of an opening handshake whose answer was refused. */
export function refusal(message: string): unknown[][] {
  return [['upgrade', 0], ...failure(message)];
}
