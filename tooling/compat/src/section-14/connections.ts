/** Connections that agreed on permessage-deflate, in the hands of a scenario. */
import type { WebSocket } from 'ws';
import { zeroKey } from '../frames.js';
import { openClientManually } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { RawPeer, World } from '../world.js';
import { plainRequest } from '../world.js';

/** A client that was answered with these parameters. */
export function openClient(
  world: World,
  parameters = '',
  perMessageDeflate: object | true = true,
): Promise<{ websocket: WebSocket; socket: ManualSocket }> {
  const header = `Sec-WebSocket-Extensions: permessage-deflate${parameters}`;
  return openClientManually(world, { perMessageDeflate, generateMask: zeroKey }, [header]);
}

/** A server's side that was offered these parameters. */
export function openServer(
  world: World,
  parameters = '',
  perMessageDeflate: object | true = true,
): Promise<{ websocket: WebSocket; peer: RawPeer }> {
  const header = `\r\nSec-WebSocket-Extensions: permessage-deflate${parameters}\r\n\r\n`;
  return world.rawPeer({
    server: { perMessageDeflate },
    request: plainRequest.replace('\r\n\r\n', header),
  });
}

/** Sends, and waits until it was written. */
export function send(websocket: WebSocket, data: unknown, options: object = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    websocket.send(data as string, options, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
