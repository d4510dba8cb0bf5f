/** The arguments of `send`, `ping` and `pong`, which may stand in several places. */
import type { WriteDone } from '@hybi/connection';

/** How a message is sent. */
export interface SendOptions {
  /** Binary or text; default: text if the data is a string or a number. */
  binary?: boolean | undefined;
  /** Whether it may be compressed, where that was negotiated; default: true. */
  compress?: boolean | undefined;
  /** Whether this ends the message; default: true. */
  fin?: boolean | undefined;
  /** Whether the frame is masked; default: what the role demands. */
  mask?: boolean | undefined;
}

/** Called once the data was written out, or with the error that prevented it. */
export type SendCallback = (error?: Error) => void;

/** What was given as a callback, if it can be called. */
export function callbackOf(value: unknown): WriteDone | undefined {
  return typeof value === 'function' ? (value as WriteDone) : undefined;
}

/**
 * An option's value as truth; the default where the options do not have it of
 * their own. One that is there and undefined is false.
 */
export function optionOf(
  options: SendOptions,
  name: keyof SendOptions,
  otherwise: boolean,
): boolean {
  return Object.hasOwn(options, name) ? Boolean(options[name]) : otherwise;
}
