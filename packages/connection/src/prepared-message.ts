/**
 * A message that is made once and sent on many connections.
 *
 * It holds its bytes and what transforms made of them. It knows no connection,
 * and nothing but its owner holds it: with it goes all that it keeps.
 */
import { Opcode } from '@hybi/frame';
import type { DataOpcode } from '@hybi/frame';
import { SharedEncoding } from './shared-encoding.js';
import type { ApartTransform } from './transform.js';

/** How a message is prepared. */
export interface PreparedMessageOptions {
  /** Binary or text; default: text if the data is a string. A text's bytes must be UTF-8. */
  binary?: boolean | undefined;
}

/**
 * A message to be sent any number of times, on any connections.
 *
 * Text is turned into UTF-8 once, and an extension encodes the message once for
 * all connections with the same parameters, when the first of them sends it.
 * For that it must do without what was sent before on a connection, so messages
 * that go to one connection only are smaller if they are not prepared.
 */
export class PreparedMessage {
  /** 1 for text, 2 for binary. */
  readonly opcode: DataOpcode;
  /** The payload: borrowed for as long as the message is in use, and not to be changed. */
  readonly payload: Uint8Array;
  /** By `sharingKey`. Keys are settings of servers, whose life is not this message's matter. */
  #encodings: WeakMap<object, SharedEncoding> | undefined;

  /**
   * @param data - a text, or bytes, which are not copied
   * @throws {TypeError} when the data is neither
   */
  constructor(data: string | Uint8Array, options: PreparedMessageOptions = {}) {
    if (typeof data !== 'string' && !(data instanceof Uint8Array)) {
      throw new TypeError('The data of a prepared message must be a string or a Uint8Array');
    }
    const binary = options.binary ?? typeof data !== 'string';
    this.opcode = binary ? Opcode.Binary : Opcode.Text;
    this.payload = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  }

  /**
   * What the transform, or one with the same `sharingKey`, makes of the message.
   *
   * What failed is forgotten: who sends the message next tries anew.
   *
   * @param schedule - runs a task once the running piece of the program is over
   * @throws what the transform throws
   * @internal
   */
  encodedBy(transform: ApartTransform, schedule: (task: () => void) => void): SharedEncoding {
    const key = transform.sharingKey;
    const known = this.#encodings?.get(key);
    if (known !== undefined) return known;
    const encodings = (this.#encodings ??= new WeakMap());
    const encoding = new SharedEncoding(schedule);
    encoding.start(transform, this.payload, () => encodings.delete(key));
    encodings.set(key, encoding);
    return encoding;
  }
}
