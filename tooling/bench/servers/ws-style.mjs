// @ts-check
/** The server for libraries with the API of `ws`. */

/** @typedef {import('./serve.mjs').ServerOptions} ServerOptions */

/**
 * @param {any} WebSocketServer
 * @returns {(options: ServerOptions) => Promise<number>}
 */
export function wsStyleServer(WebSocketServer) {
  return ({ mode, shape, sameZlib }) =>
    new Promise((resolve) => {
      const server = new WebSocketServer({
        host: '127.0.0.1',
        port: 0,
        perMessageDeflate: deflateOptions(shape.compression, sameZlib),
      });
      server.on(
        'connection',
        mode === 'echo'
          ? echo
          : (/** @type {any} */ socket) => {
              socket.on(
                'message',
                (/** @type {Uint8Array} */ data, /** @type {boolean} */ binary) => {
                  for (const client of server.clients) client.send(data, { binary });
                },
              );
            },
      );
      server.on('listening', () => resolve(server.address().port));
    });
}

/** @param {any} socket */
function echo(socket) {
  socket.on('message', (/** @type {Uint8Array} */ data, /** @type {boolean} */ binary) => {
    socket.send(data, { binary });
  });
}

/** @type {(compression: ServerOptions['shape']['compression'], sameZlib: boolean | undefined) => object | false} */
function deflateOptions(compression, sameZlib) {
  if (compression === undefined) return false;
  const noTakeover = compression === 'no-takeover';
  return {
    // Small messages too: what is measured is compression.
    threshold: 0,
    ...(noTakeover && { serverNoContextTakeover: true, clientNoContextTakeover: true }),
    // What zlib takes where nothing is said.
    ...(sameZlib && { zlibDeflateOptions: { level: 6, memLevel: 8, windowBits: 15 } }),
  };
}
