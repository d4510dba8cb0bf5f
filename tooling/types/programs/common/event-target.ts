/** The manners of browsers. */
import WebSocket from 'ws';
import type { CloseEvent, ErrorEvent, Event, EventListenerOptions, MessageEvent } from 'ws';

const ws = new WebSocket('ws://localhost', 'chat');

ws.onopen = (event) => {
  const { type, target } = event;
  const self: WebSocket = target;
  self.send(type.toUpperCase());
};
ws.onmessage = ({ type, target, data }) => {
  target.send(data);
  console.log(type.length, typeof data === 'string' ? data.length : 0);
};
ws.onerror = ({ type, target, error, message }) => {
  console.log(type, target.url, error.code, error.message, message.length);
};
ws.onclose = ({ type, target, code, reason, wasClean }) => {
  console.log(type, target.readyState, code.toFixed(), reason.length, wasClean === true);
};
ws.onmessage?.({ type: 'message', target: ws, data: 'made up' });
if (ws.onmessage) console.log(ws.onmessage.length);
ws.onopen = null;
ws.onmessage = null;
ws.onerror = null;
ws.onclose = null;
ws.onopen = ws.onclose = () => undefined;
ws.onopen = function () {
  console.log('open');
};

const onOpen = (event: Event): void => event.target.close();
const onMessage = (event: MessageEvent): void => console.log(event.data);
const onError = (event: ErrorEvent): void => console.log(event.error, event.message);
const onClose = (event: CloseEvent): void => console.log(event.code, event.reason, event.wasClean);
const once: EventListenerOptions = { once: true };

ws.addEventListener('open', onOpen);
ws.addEventListener('message', onMessage, once);
ws.addEventListener('error', onError, { once: false });
ws.addEventListener('close', onClose, {});
ws.addEventListener('message', { handleEvent: (event) => console.log(event.data) });
ws.addEventListener('close', ({ code }) => console.log(code.toFixed()));
ws.removeEventListener('open', onOpen);
ws.removeEventListener('message', onMessage);
ws.removeEventListener('error', onError);
ws.removeEventListener('close', onClose);
ws.removeEventListener('message', { handleEvent: onMessage });

/** For any of them. */
export function next<K extends keyof WebSocket.WebSocketEventMap>(
  socket: WebSocket,
  type: K,
): Promise<WebSocket.WebSocketEventMap[K]> {
  return new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
}
export const opened: Promise<WebSocket.WebSocketEventMap['open']> = next(ws, 'open');
export const closed: Promise<WebSocket.WebSocketEventMap['close']> = next(ws, 'close');
export const failed: Promise<WebSocket.WebSocketEventMap['error']> = next(ws, 'error');
export const received: Promise<WebSocket.WebSocketEventMap['message']> = next(ws, 'message');
export type Types = keyof WebSocket.WebSocketEventMap;
