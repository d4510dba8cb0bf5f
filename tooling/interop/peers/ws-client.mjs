// @ts-check
/** The client of the npm package `ws`. */
import { WebSocket } from 'ws';
import { serveStdio } from './stdio.mjs';
import { connectWs } from './ws-socket.mjs';

serveStdio({
  open({ url, subprotocols, compression }, connection) {
    const socket = new WebSocket(url, subprotocols, { perMessageDeflate: compression });
    connectWs(socket, connection);
  },
});
