/**
 * What may differ where hybi compresses and inflates small messages at once
 * and `ws` does not. All else is as in `ws`: the events with what they hold,
 * their order, the states between the steps, errors, callbacks, and what the
 * peer makes of the wire.
 */
import type { Program, Step } from './program.js';
import { unfinished } from './wire.js';
import type { Seen } from './run-program.js';

/** The names of events that wait in `ws` until a message is inflated. */
const received: ReadonlySet<unknown> = new Set(['message', 'ping', 'pong']);

/**
 * What was seen, without the state in an event that came in. Behind `close` or
 * `terminate` in the same tick `ws` is still inflating, so its events find the
 * state CLOSING where those of hybi came before.
 */
export function withoutMoments({ events, ...others }: Seen): Seen {
  const plain = events.map((event) => {
    const [name, , ...values] = event as unknown[];
    return received.has(name) ? [name, ...values] : event;
  });
  return { ...others, events: plain };
}

const late = 'WebSocket is not open';

/**
 * What was seen, with the callbacks of what was sent in time before those of
 * what was sent too late. Within a tick the latter come at their own moment:
 * hybi writes what follows the first frame of a tick when the tick ends.
 */
export function withLateCallbacksLast({ steps }: Program, seen: Seen): Seen {
  if (steps.every((group) => group.length === 1)) return seen;
  const isLate = (callback: unknown): boolean => JSON.stringify(callback).includes(late);
  const inTime = seen.callbacks.filter((each) => !isLate(each));
  return { ...seen, callbacks: [...inTime, ...seen.callbacks.filter(isLate)] };
}

/** Whether a message may be lost in `ws` because the connection ends in the tick in which it is sent. */
export function losesMessages({ steps }: Program): boolean {
  return steps.some(endsConnection);
}

/** The same for a message or a fragment that is empty, which hybi needs no thread for in any case. */
export function losesEmptyMessages({ steps }: Program): boolean {
  return steps.some((group) => endsConnection(group) && group.some(sendsNothing));
}

function endsConnection(group: readonly Step[]): boolean {
  const last = group.at(-1)?.do;
  return group.length > 1 && (last === 'terminate' || last === 'peer ends');
}

function sendsNothing(step: Step): boolean {
  if (step.do !== 'send') return false;
  const { data } = step;
  return data === null || data === undefined || (data as { length?: number }).length === 0;
}

const lost = 'The socket was closed while data was being compressed';

/**
 * What `ws` shows of such a program, had it sent what it lost: hybi has
 * written by then what it compressed at once.
 */
export function withLostMessages(theirs: Seen, ours: Seen): Seen {
  const callbacks = theirs.callbacks.map((each, index) => {
    const [group, place, outcome] = ours.callbacks[index] as unknown[];
    return JSON.stringify(each).includes(lost) && outcome === null ? [group, place, null] : each;
  });
  const written = theirs.wire.filter((each) => each !== unfinished);
  const wire = [...written, ...ours.wire.slice(written.length)];
  return { ...withoutLostBytes(theirs, ours), callbacks, wire };
}

/**
 * What `ws` shows of such a program, did it not count in `bufferedAmount` for
 * ever what was lost in the compression.
 */
export function withoutLostBytes(theirs: Seen, ours: Seen): Seen {
  const isAmount = (event: unknown): boolean => (event as unknown[])[0] === 'buffered';
  const own = ours.events.find(isAmount);
  return { ...theirs, events: theirs.events.map((event) => (isAmount(event) ? own : event)) };
}
