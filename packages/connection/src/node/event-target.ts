/**
 * `addEventListener` and the `onopen` family on top of an EventEmitter: each
 * listener is wrapped in a function that makes the event object, and the
 * wrapper remembers what it wraps.
 */
import type { MessageData } from './data.js';
import { CloseEvent, ErrorEvent, Event, MessageEvent, withTarget } from './events.js';
import { connectionOf } from './websocket.js';
import type { WebSocket } from './websocket.js';

/** The types of events that have event objects, and their classes. */
export interface EventMap {
  open: Event;
  message: MessageEvent;
  error: ErrorEvent;
  close: CloseEvent;
}

/** A function, or an object with a method `handleEvent`. */
export type EventListener<E> = ((event: E) => void) | { handleEvent(event: E): void };

const wrapped = Symbol('hybi.listener');
const isAttribute = Symbol('hybi.attribute');

type AnyListener = EventListener<never>;
type Wrapper = ((this: WebSocket, ...args: never[]) => void) & {
  [wrapped]?: AnyListener;
  [isAttribute]?: boolean;
};

/** Adds a listener; the same one again, or a type that has no event object, changes nothing. */
export function addListener(
  websocket: WebSocket,
  type: string,
  listener: AnyListener,
  once: boolean,
): void {
  if (find(websocket, type, (entry) => entry[wrapped] === listener && !entry[isAttribute])) return;
  const wrapper = wrap(type, listener);
  if (wrapper === undefined) return;
  if (once) websocket.once(type, wrapper as () => void);
  else websocket.on(type, wrapper as () => void);
}

/** Removes a listener that was added with {@link addListener}. */
export function removeListener(websocket: WebSocket, type: string, listener: AnyListener): void {
  const entry = find(websocket, type, (each) => each[wrapped] === listener && !each[isAttribute]);
  if (entry !== undefined) websocket.removeListener(type, entry as () => void);
}

/** The function that an attribute such as `onopen` holds, or null. */
export function getAttribute(websocket: WebSocket, type: keyof EventMap): AnyListener | null {
  return find(websocket, type, (entry) => entry[isAttribute] === true)?.[wrapped] ?? null;
}

/** Sets an attribute such as `onopen`; what is not a function empties it. */
export function setAttribute(websocket: WebSocket, type: keyof EventMap, value: unknown): void {
  const former = find(websocket, type, (entry) => entry[isAttribute] === true);
  if (former !== undefined) websocket.removeListener(type, former as () => void);
  if (typeof value !== 'function') return;
  const wrapper = wrap(type, value as AnyListener) as Wrapper;
  wrapper[isAttribute] = true;
  websocket.on(type, wrapper as () => void);
}

function find(
  websocket: WebSocket,
  type: string,
  matches: (entry: Wrapper) => boolean,
): Wrapper | undefined {
  // Not rawListeners: a wrapper that was added with `once` is found as well.
  return (websocket.listeners(type) as Wrapper[]).find(matches);
}

function wrap(type: string, listener: AnyListener): Wrapper | undefined {
  const wrapper = wrapperOf(type, listener as EventListener<Event>);
  if (wrapper !== undefined) wrapper[wrapped] = listener;
  return wrapper;
}

function wrapperOf(type: string, listener: EventListener<Event>): Wrapper | undefined {
  switch (type) {
    case 'open':
      return function onOpen() {
        call(listener, this, new Event('open'));
      };
    case 'message':
      return function onMessage(data: MessageData, isBinary: boolean) {
        const value = isBinary ? data : (data as Buffer).toString();
        call(listener, this, new MessageEvent('message', { data: value }));
      };
    case 'error':
      return function onError(error: Error) {
        call(listener, this, new ErrorEvent('error', { error, message: error.message }));
      };
    case 'close':
      return function onClose(code: number, reason: Buffer) {
        call(listener, this, closeEvent(this, code, reason));
      };
    default:
      return undefined;
  }
}

function closeEvent(websocket: WebSocket, code: number, reason: Buffer): CloseEvent {
  const connection = connectionOf(websocket);
  const wasClean = connection !== undefined && connection.closeReceived && connection.closeSent;
  return new CloseEvent('close', { code, reason: reason.toString(), wasClean });
}

function call(listener: EventListener<Event>, websocket: WebSocket, event: Event): void {
  withTarget(event, websocket);
  if (typeof listener === 'object') listener.handleEvent(event);
  else listener.call(websocket, event);
}
