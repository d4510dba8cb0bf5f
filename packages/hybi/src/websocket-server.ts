/** The server of the umbrella: it makes the umbrella's WebSockets, and takes what `ws` takes. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AttachOptions } from '@hybi/connection/node';
import { checkDeflateTuning } from '@hybi/permessage-deflate/node';
import { WebSocketServer as BaseWebSocketServer } from '@hybi/server';
import type {
  Acceptance,
  ConnectionLimits,
  Refusal,
  ServerOptions,
  UpgradeCallback,
  WebSocketConstructor,
} from '@hybi/server';
import { toWsClientError } from './compat/errors.js';
import { toLimit } from './compat/limits.js';
import { checkBody, formatAnyRefusal } from './compat/refusal.js';
import { WebSocket, setNegotiated } from './websocket.js';

/**
 * A WebSocket server: on a port, on an HTTP server of the application, or on
 * whatever upgrades it is handed.
 */
export class WebSocketServer<
  T extends WebSocketConstructor = typeof WebSocket,
  U extends typeof IncomingMessage = typeof IncomingMessage,
> extends BaseWebSocketServer<T, U> {
  // With its parameters, because programs look at `length`.
  constructor(options?: ServerOptions<T, U>, callback?: () => void) {
    super(options, callback);
  }

  /**
   * As in `ws`, a callback that is missing is missed when it is to be called,
   * and a request that was made up may have a number for its version.
   */
  override handleUpgrade(
    request: InstanceType<U>,
    socket: Duplex,
    head: Buffer,
    callback: UpgradeCallback<T, U>,
  ): void {
    writeVersionOut(request);
    const isFunction = typeof callback === 'function';
    super.handleUpgrade(request, socket, head, isFunction ? callback : missCallback);
  }

  protected override defaultWebSocket(): WebSocketConstructor {
    return WebSocket;
  }

  protected override limits(): ConnectionLimits {
    const { maxPayload, maxFragments, maxBufferedChunks } = this.options;
    return {
      maxPayload: toLimit(maxPayload),
      maxFragments: toLimit(maxFragments),
      maxBufferedChunks: toLimit(maxBufferedChunks),
    };
  }

  /** As in `ws`, its options are taken as they come; ours are not. */
  protected override checkOptions(): void {
    const { perMessageDeflate } = this.options;
    if (typeof perMessageDeflate === 'object') checkDeflateTuning(perMessageDeflate ?? {});
  }

  protected override toClientError(error: Error): Error {
    return toWsClientError(error);
  }

  protected override checkRefusal(refusal: Refusal): void {
    checkBody(refusal);
  }

  protected override formatRefusal(refusal: Refusal): string {
    return formatAnyRefusal(refusal);
  }

  /** As in `ws`, the subprotocol is whatever `handleProtocols` returns, as a string. */
  protected override responseLines({ subprotocol, ...acceptance }: Acceptance): string[] {
    const lines = super.responseLines({ ...acceptance, subprotocol: undefined });
    if (subprotocol) {
      lines.splice(linesBeforeSubprotocol, 0, `Sec-WebSocket-Protocol: ${subprotocol}`);
    }
    return lines;
  }

  /** By `setSocket`, which classes that extend WebSocket may override. */
  protected override attach(
    websocket: InstanceType<T>,
    socket: Duplex,
    head: Buffer,
    options: AttachOptions,
  ): void {
    if (!(websocket instanceof WebSocket)) {
      super.attach(websocket, socket, head, options);
      return;
    }
    const { protocol, extensions, transform } = options;
    setNegotiated(websocket, { protocol, extensions, transform });
    const { allowSynchronousEvents, maxBufferedChunks, maxFragments, maxPayload } = this.options;
    const { skipUTF8Validation } = this.options;
    websocket.setSocket(socket, head, {
      allowSynchronousEvents,
      maxBufferedChunks,
      maxFragments,
      maxPayload,
      skipUTF8Validation,
    });
  }
}

// The status line, Upgrade, Connection and Sec-WebSocket-Accept.
const linesBeforeSubprotocol = 4;

// `injectWS` of `@fastify/websocket` makes such requests. Node's own have text only.
function writeVersionOut({ headers }: IncomingMessage): void {
  const version: unknown = headers['sec-websocket-version'];
  if (typeof version === 'number') headers['sec-websocket-version'] = String(version);
}

function missCallback(): never {
  throw new TypeError('The callback of handleUpgrade is not a function');
}
