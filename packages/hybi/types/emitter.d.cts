/// <reference types="node" />
/** EventEmitter with typed events, for the classes of this package. */
import { EventEmitter } from 'node:events';

/** Events by name, each with the arguments of its listeners. */
type EventMap<Events> = { [Name in keyof Events]: any[] };

/**
 * EventEmitter, which knows the events. Nothing of this name is there at run
 * time: the classes extend EventEmitter itself.
 */
export declare class Emitter<Events extends EventMap<Events>> extends EventEmitter {
  on<K extends keyof Events>(event: K, listener: (this: this, ...args: Events[K]) => void): this;
  on(event: string | symbol, listener: (this: this, ...args: any[]) => void): this;

  once<K extends keyof Events>(event: K, listener: (this: this, ...args: Events[K]) => void): this;
  once(event: string | symbol, listener: (this: this, ...args: any[]) => void): this;

  off<K extends keyof Events>(event: K, listener: (this: this, ...args: Events[K]) => void): this;
  off(event: string | symbol, listener: (this: this, ...args: any[]) => void): this;

  // The methods below take functions for another `this` too, as they do in `@types/ws`.

  addListener<K extends keyof Events>(
    event: K,
    listener: (this: this, ...args: Events[K]) => void,
  ): this;
  addListener(event: string | symbol, listener: (this: any, ...args: any[]) => void): this;

  removeListener<K extends keyof Events>(
    event: K,
    listener: (this: this, ...args: Events[K]) => void,
  ): this;
  removeListener(event: string | symbol, listener: (this: any, ...args: any[]) => void): this;

  prependListener<K extends keyof Events>(
    event: K,
    listener: (this: this, ...args: Events[K]) => void,
  ): this;
  prependListener(event: string | symbol, listener: (this: any, ...args: any[]) => void): this;

  prependOnceListener<K extends keyof Events>(
    event: K,
    listener: (this: this, ...args: Events[K]) => void,
  ): this;
  prependOnceListener(event: string | symbol, listener: (this: any, ...args: any[]) => void): this;
}
