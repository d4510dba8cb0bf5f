/** What no compiler should let pass, of WebSockets. */
import WebSocket from 'ws';
import type { CertMeta, CloseEvent, Data, EventListenerOptions, MessageEvent, RawData } from 'ws';

const ws = new WebSocket('ws://localhost');

ws.readyState = 1; // wrong
ws.bufferedAmount = 0; // wrong
ws.extensions = ''; // wrong
ws.protocol = 'chat'; // wrong
ws.url = 'ws://localhost'; // wrong
ws.isPaused = true; // wrong
ws.OPEN = 1; // wrong
WebSocket.OPEN = 1; // wrong
ws.binaryType = 'text'; // wrong
ws.noSuchMember; // wrong
WebSocket.noSuchStatic; // wrong
const open: 2 = WebSocket.OPEN; // wrong
const state: string = ws.readyState; // wrong
if (ws.readyState === 4) ws.close(); // wrong
const name: number = ws.protocol; // wrong
export const values = [open, state, name];

ws.send(); // wrong
ws.send(undefined); // wrong
ws.send(null); // wrong
ws.send({}); // wrong
ws.send(true); // wrong
ws.send(10n); // wrong
ws.send(() => 'text'); // wrong
ws.send('text', 'binary'); // wrong
ws.send('text', { binary: 'yes' }); // wrong
ws.send('text', { noSuchOption: true }); // wrong
ws.send('text', {}, 5); // wrong
ws.send('text', (error: string) => error); // wrong
ws.ping('data', 'mask'); // wrong
ws.pong('data', true, 5); // wrong
ws.ping('data', true, () => undefined, 4); // wrong
ws.close('1000'); // wrong
ws.close(1000, 5); // wrong
ws.close(1000, 'reason', 'more'); // wrong
ws.terminate('now'); // wrong
ws.pause(1); // wrong
ws.resume(1); // wrong

ws.onopen = 5; // wrong
ws.onmessage = { handleEvent() {} }; // wrong
ws.onmessage = (event: CloseEvent) => event.code; // wrong
ws.onmessage = ({ data }) => data.length; // wrong
ws.onclose = ({ code }) => code.length; // wrong
ws.onclose = ({ reason }) => reason.toFixed(); // wrong
ws.onerror = ({ message }) => message.toFixed(); // wrong
ws.onopen = ({ target }) => target.noSuchMember; // wrong
ws.addEventListener('ping', () => undefined); // wrong
ws.addEventListener('message', (event: CloseEvent) => event.code); // wrong
ws.addEventListener('close', ({ code }) => code.length); // wrong
ws.addEventListener('open', () => undefined, { once: 1 }); // wrong
ws.addEventListener('open', { handle: () => undefined }); // wrong
ws.removeEventListener('pong', () => undefined); // wrong
ws.removeEventListener('open', 5); // wrong

ws.on('message', (data) => data.noSuchMember); // wrong
ws.on('message', (data, isBinary) => isBinary.length); // wrong
ws.on('close', (code) => code.length); // wrong
ws.on('close', (_code, reason) => reason.toFixed()); // wrong
ws.on('error', (error) => error.noSuchMember); // wrong
ws.on('upgrade', (response) => response.noSuchMember); // wrong
ws.on('ping', (data) => data.noSuchMember); // wrong
ws.on('redirect', (url) => url.toFixed()); // wrong
ws.on('unexpected-response', (request) => request.statusCode); // wrong
ws.on('open', function () {
  this.noSuchMember; // wrong
});
ws.once('message', (data) => data.noSuchMember); // wrong
ws.off('message', (data) => data.noSuchMember); // wrong
ws.addListener('message', (data) => data.noSuchMember); // wrong
ws.removeListener('message', (data) => data.noSuchMember); // wrong
ws.on('message'); // wrong
ws.on('message', 5); // wrong
ws.on(5, () => undefined); // wrong
ws.on('own', (a) => a).noSuchMember; // wrong

export const raw: RawData = 'text'; // wrong
export const data: Data = 5; // wrong
export const certificate: CertMeta = 5; // wrong
export const once: EventListenerOptions = { once: 'yes' }; // wrong
export const event: MessageEvent = { type: 'message', data: 'text' }; // wrong
export const toBuffer = (given: RawData): Buffer => given; // wrong
export const toText = (given: MessageEvent): string => given.data; // wrong
