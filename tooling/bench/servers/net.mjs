// @ts-check
/**
 * The ceiling for JavaScript on Node's sockets: counts the bytes that come in,
 * and writes replies that are ready. Reads no frame, unmasks nothing, checks
 * nothing, and would not notice a message that is not the expected one.
 */
import { createServer } from 'node:net';
import { openingResponse } from './opening-response.mjs';
import { createReadyReplies } from './ready-replies.mjs';
import { serve } from './serve.mjs';

/** @typedef {import('node:net').Socket} Socket */

await serve(
  ({ mode, shape }) =>
    new Promise((resolve) => {
      const { requestLength, replyLength, replies } = createReadyReplies(shape);
      /** @type {Set<Socket>} */
      const sockets = new Set();

      /** @type {(socket: Socket) => void} */
      const answer = (socket) => {
        let pending = 0;
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('data', (chunk) => {
          pending += chunk.length;
          const count = Math.floor(pending / requestLength);
          if (count === 0) return;
          pending -= count * requestLength;
          const bytes = replies.subarray(0, count * replyLength);
          if (mode === 'echo') socket.write(bytes);
          else for (const other of sockets) other.write(bytes);
        });
      };

      const server = createServer({ noDelay: true }, (socket) => {
        let request = '';
        socket.on('error', () => {});
        const open = (/** @type {Buffer} */ chunk) => {
          request += chunk.toString('latin1');
          if (!request.endsWith('\r\n\r\n')) return;
          socket.off('data', open);
          socket.write(openingResponse(request));
          answer(socket);
        };
        socket.on('data', open);
      });
      server.listen(0, '127.0.0.1', () => {
        resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
      });
    }),
);
