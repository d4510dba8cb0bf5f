/** Where a connection stands. */

/** The states of a connection; the numbers are those of the WebSocket API's `readyState`. */
export const ConnectionState = { Open: 1, Closing: 2, Closed: 3 } as const;
export type ConnectionState = (typeof ConnectionState)[keyof typeof ConnectionState];
