/** The class itself, where a library asks for that of `@types/ws`. */
import * as hybi from 'hybi';
import type * as ws from 'ws';

declare function dialer(WebSocketClass: typeof ws.WebSocket, options: ws.ClientOptions): void;
dialer(hybi.WebSocket, { finishRequest: (request) => request.end() });
export const theirs: typeof ws.WebSocket = hybi.default;
export const ours = (WebSocketClass: typeof ws.WebSocket): hybi.WebSocketConstructor =>
  WebSocketClass;
