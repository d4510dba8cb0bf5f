// @ts-check
/** The framing of a client that is measured: messages in, masked frames into a sink that counts. */
import { Connection } from '@hybi/connection';
import { nodePlatform } from '@hybi/connection/node';
import * as ws from 'ws';

/**
 * @typedef Sink
 * @property {number} bytes
 *
 * @typedef {(payload: Buffer) => void} Send
 */

// Its types do not tell of it.
const { Sender } = /** @type {any} */ (ws);

const refuse = () => {
  throw new Error('Nothing is read here');
};

/** @type {Record<string, (sink: Sink) => Send>} */
export const framers = {
  hybi(sink) {
    const handler = { onMessage: refuse, onClose: refuse, onError: refuse };
    const connection = new Connection(
      'client',
      handler,
      {
        idle: true,
        write(bytes, done) {
          sink.bytes += bytes.length;
          done?.();
        },
        end() {},
        destroy() {},
      },
      { platform: nodePlatform() },
    );
    return (payload) => connection.sendBinary(payload);
  },

  ws(sink) {
    const socket = {
      cork() {},
      uncork() {},
      /** @type {(bytes: Uint8Array, done?: () => void) => boolean} */
      write(bytes, done) {
        sink.bytes += bytes.length;
        done?.();
        return true;
      },
    };
    const sender = new Sender(socket);
    const options = { binary: true, compress: false, fin: true, mask: true };
    return (payload) => sender.send(payload, options, undefined);
  },
};
