// @ts-check
// The burst: 10,000 numbered messages to one connection, as fast as it takes them and no faster.

const MESSAGES = 10_000;
const MAX_RUNNING = 4;
// Longer than a slow phone needs; a peer that does not read at all is let go.
const DEADLINE_MS = 30_000;
// Enough to keep the network busy, little enough to keep memory and other tabs' latency flat.
const HIGH_WATER_BYTES = 64 * 1024;
const MAX_WINDOW = 500;

/** @typedef {import('./library.mjs').WebSocket} WebSocket */

/** The bursts of all connections, of which a few may run at a time. */
export class Bursts {
  #running = 0;

  /**
   * Streams one burst, reports its cost and closes with 1000; or closes with 1013 when too many
   * run already.
   *
   * @param {WebSocket} socket
   * @param {import('node:net').Socket} transport - the TCP socket below, to count bytes on the wire
   */
  start(socket, transport) {
    if (this.#running >= MAX_RUNNING) {
      socket.close(1013, 'too many bursts at once');
      return;
    }
    this.#running += 1;
    const deadline = setTimeout(() => socket.terminate(), DEADLINE_MS);
    socket.once('close', () => {
      this.#running -= 1;
      clearTimeout(deadline);
    });

    const writtenBefore = transport.bytesWritten;
    streamMessages(socket, (payloadBytes) => {
      const wireBytes = transport.bytesWritten - writtenBefore;
      socket.send(JSON.stringify({ type: 'done', messages: MESSAGES, payloadBytes, wireBytes }));
      socket.close(1000);
    });
  }
}

/**
 * Sends window after window. A window ends after some messages, so that other connections get
 * their turn, or earlier when the peer reads slowly; the callback of its last message, which
 * comes when the kernel has taken the bytes, opens the next.
 *
 * @param {WebSocket} socket
 * @param {(payloadBytes: number) => void} onSent - not called when the peer goes before the end
 */
function streamMessages(socket, onSent) {
  let next = 0;
  let payloadBytes = 0;

  /** @param {Error} [error] */
  const sendWindow = (error) => {
    if (error || socket.readyState !== socket.OPEN) return;
    const windowEnd = Math.min(next + MAX_WINDOW, MESSAGES);
    for (;;) {
      const message = burstMessage(next);
      next += 1;
      payloadBytes += message.length;
      if (next === windowEnd || socket.bufferedAmount + message.length > HIGH_WATER_BYTES) {
        socket.send(message, next === MESSAGES ? finish : sendWindow);
        return;
      }
      socket.send(message);
    }
  };

  /** @param {Error} [error] */
  const finish = (error) => {
    if (!error) onSent(payloadBytes);
  };

  sendWindow();
}

/**
 * The message with a number: ASCII, so that its length is its size in bytes.
 *
 * @param {number} seq
 */
function burstMessage(seq) {
  const price = (100 + 5 * Math.sin(seq / 300)).toFixed(2);
  return JSON.stringify({ type: 'tick', seq, symbol: 'HYBI', price, volume: (seq * 7919) % 1000 });
}
