// A connection that comes back: the browser's WebSocket, opened again with growing pauses.
// Peers' text passes through here untouched.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * The address of an endpoint on the server that the page came from.
 *
 * @param {string} path
 * @param {Record<string, string>} query
 */
export function endpoint(path, query) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

/**
 * Closes a socket without a complaint on the console, which browsers make when it still connects.
 *
 * @param {WebSocket} socket
 */
function closeQuietly(socket) {
  if (socket.readyState === WebSocket.CONNECTING) {
    socket.addEventListener('open', () => socket.close());
  } else {
    socket.close();
  }
}

/**
 * Keeps one endpoint connected.
 *
 * Events: `open` and `lost`, and `message` (a MessageEvent) with the text in `data`.
 */
export class Connection extends EventTarget {
  /** @type {() => string} */
  #url;
  /** @type {WebSocket | undefined} */
  #socket;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;

  /** @param {() => string} url - asked anew for each attempt */
  constructor(url) {
    super();
    this.#url = url;
    addEventListener('online', () => {
      if (this.#retry !== undefined) this.restart();
    });
  }

  /** The address in use. */
  get url() {
    return this.#socket?.url ?? '';
  }

  /** What the handshake negotiated, empty while there is no connection. */
  get extensions() {
    return this.#socket?.extensions ?? '';
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Opens, or leaves the present connection for a new one at once. */
  restart() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const previous = this.#socket;
    this.#socket = this.#open();
    if (previous) {
      closeQuietly(previous);
      this.dispatchEvent(new Event('lost'));
    }
  }

  /**
   * @param {string} text
   * @returns {boolean} false when there is no connection
   */
  send(text) {
    if (!this.isOpen) return false;
    this.#socket?.send(text);
    return true;
  }

  #open() {
    const socket = new WebSocket(this.#url());
    const ifCurrent = (/** @type {() => void} */ act) => () => {
      if (socket === this.#socket) act();
    };
    socket.addEventListener(
      'open',
      ifCurrent(() => this.dispatchEvent(new Event('open'))),
    );
    socket.addEventListener('message', ({ data }) => {
      if (socket !== this.#socket) return;
      this.#failures = 0; // not on open: a server that turns us away opens first
      this.dispatchEvent(new MessageEvent('message', { data }));
    });
    socket.addEventListener(
      'close',
      ifCurrent(() => this.#comeBack()),
    );
    return socket;
  }

  #comeBack() {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    // Spread out, so that all tabs do not return in the same moment.
    this.#retry = setTimeout(() => this.restart(), pause * (0.75 + Math.random() / 2));
    this.dispatchEvent(new Event('lost'));
  }
}
