/**
 * EventEmitter with typed events. It has no code of its own: the methods are
 * EventEmitter's.
 */
import { EventEmitter } from 'node:events';

/* eslint-disable @typescript-eslint/no-explicit-any --
   events that a program invents have arguments that only it knows */

/** A listener for the arguments of one event. */
export type Listener<Self, Arguments> = Arguments extends unknown[]
  ? (this: Self, ...args: Arguments) => void
  : never;

/** A listener for an event that a program invented. */
export type AnyListener<Self> = (this: Self, ...args: any[]) => void;

/**
 * EventEmitter's methods for adding and removing listeners.
 *
 * @typeParam Events - the events' names and arguments
 */
export interface EventMethods<Events> {
  on<K extends keyof Events>(event: K, listener: Listener<this, Events[K]>): this;
  on(event: string | symbol, listener: AnyListener<this>): this;
  once<K extends keyof Events>(event: K, listener: Listener<this, Events[K]>): this;
  once(event: string | symbol, listener: AnyListener<this>): this;
  off<K extends keyof Events>(event: K, listener: Listener<this, Events[K]>): this;
  off(event: string | symbol, listener: AnyListener<this>): this;
  addListener<K extends keyof Events>(event: K, listener: Listener<this, Events[K]>): this;
  addListener(event: string | symbol, listener: AnyListener<this>): this;
  removeListener<K extends keyof Events>(event: K, listener: Listener<this, Events[K]>): this;
  removeListener(event: string | symbol, listener: AnyListener<this>): this;
  prependListener<K extends keyof Events>(event: K, listener: Listener<this, Events[K]>): this;
  prependListener(event: string | symbol, listener: AnyListener<this>): this;
  prependOnceListener<K extends keyof Events>(event: K, listener: Listener<this, Events[K]>): this;
  prependOnceListener(event: string | symbol, listener: AnyListener<this>): this;
}

/** An EventEmitter whose events are known. */
export type TypedEmitter<Events> = Omit<EventEmitter, keyof EventMethods<Events>> &
  EventMethods<Events>;

/** EventEmitter itself, under the type that knows the events. */
export function typedEmitter<Events>(): new () => TypedEmitter<Events> {
  return EventEmitter as unknown as new () => TypedEmitter<Events>;
}
