/** How a WebSocket is to be closed, given to `close` or as the reason to cancel or abort. */
import type { WebSocketFace } from './websocket-face.js';

/** The content of a close frame. */
export interface CloseInfo {
  /** 1000 or 3000–4999, and what else the WebSocket allows; default: none, or 1000 with a reason. */
  code?: number | undefined;
  /** At most 123 bytes of UTF-8. */
  reason?: string | undefined;
}

const normalClosure = 1000;

/**
 * Starts the closing handshake, or gives the opening handshake up.
 *
 * @throws what the WebSocket throws on a code or a reason that it does not allow
 */
export function closeWebSocket(websocket: WebSocketFace, { code, reason }: CloseInfo = {}): void {
  if (reason !== undefined) websocket.close(code ?? normalClosure, reason);
  else if (code !== undefined) websocket.close(code);
  else websocket.close();
}

/**
 * Closes for the reason that a stream was cancelled or aborted with: as it
 * says if that is a {@link CloseInfo} that the WebSocket takes, else plainly.
 */
export function closeBecauseOf(websocket: WebSocketFace, cause: unknown): void {
  try {
    closeWebSocket(websocket, isCloseInfo(cause) ? cause : {});
  } catch {
    // The stream is gone either way, and must not leave the WebSocket open.
    websocket.close();
  }
}

function isCloseInfo(value: unknown): value is CloseInfo {
  if (typeof value !== 'object' || value === null) return false;
  const { code, reason = '' } = value as CloseInfo;
  return typeof code === 'number' && typeof reason === 'string';
}
