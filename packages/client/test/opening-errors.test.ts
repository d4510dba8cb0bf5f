import { describe, expect, it } from 'vitest';
import { WebSocket } from '../src/index.js';
import { answeringServer } from './support/answering-server.js';

/** Programs that expect errors of their own form. */
class FormedWebSocket extends WebSocket {
  protected override toOpeningError(error: Error): Error {
    return new RangeError(`formed: ${error.message}`);
  }
}

function errorOf(websocket: WebSocket): Promise<Error> {
  return new Promise((resolve) => {
    websocket.on('error', resolve);
  });
}

describe('a subclass forms the error', () => {
  it('of an opening handshake that was given up', async () => {
    const server = await answeringServer(() => {});
    const websocket = new FormedWebSocket(server.url);
    websocket.terminate();
    const message = 'formed: WebSocket was closed before the connection was established';
    expect(await errorOf(websocket)).toEqual(new RangeError(message));
  });

  it('of an answer that is refused', async () => {
    const server = await answeringServer(
      () => 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n',
    );
    const error = await errorOf(new FormedWebSocket(server.url));
    expect(error).toEqual(new RangeError('formed: Invalid Upgrade header'));
  });

  it('of a connection that was refused', async () => {
    const error = await errorOf(new FormedWebSocket('ws://127.0.0.1:1'));
    expect(error.message).toMatch(/^formed: connect ECONNREFUSED/);
  });
});
