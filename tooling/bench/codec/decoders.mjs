// @ts-check
/** The decoders that are measured: bytes from memory in, payloads out, nothing in between. */
import { FrameDecoder } from '@hybi/frame';
import { nodePlatform } from '@hybi/connection/node';
import * as ws from 'ws';

/**
 * @typedef Counter
 * @property {number} messages
 * @property {number} bytes - of payload
 *
 * @typedef {(chunk: Buffer) => void} Push
 */

// Its types do not tell of it.
const { Receiver } = /** @type {any} */ (ws);

/** @type {Record<string, (counter: Counter) => Push>} */
export const decoders = {
  hybi(counter) {
    const { allocate, masking } = nodePlatform();
    const decoder = new FrameDecoder(
      {
        onFrame(_fin, _opcode, _rsv1, payload) {
          counter.messages++;
          counter.bytes += payload.length;
        },
        onError(error) {
          throw error;
        },
      },
      { role: 'server', allocate, masking },
    );
    return (chunk) => decoder.push(chunk);
  },

  ws(counter) {
    const receiver = new Receiver({ isServer: true });
    receiver.on('message', (/** @type {Buffer} */ data) => {
      counter.messages++;
      counter.bytes += data.length;
    });
    receiver.on('error', (/** @type {Error} */ error) => {
      throw error;
    });
    return (chunk) => void receiver.write(chunk);
  },
};
