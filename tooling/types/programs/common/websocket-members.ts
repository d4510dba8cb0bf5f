/** Every member of a WebSocket, and everything that can be sent. */
import WebSocket from 'ws';

const ws = new WebSocket('ws://localhost');

const states: number[] = [ws.CONNECTING, ws.OPEN, ws.CLOSING, ws.CLOSED, ws.readyState];
const statics: [0, 1, 2, 3] = [
  WebSocket.CONNECTING,
  WebSocket.OPEN,
  WebSocket.CLOSING,
  WebSocket.CLOSED,
];
const readyState: 0 | 1 | 2 | 3 = ws.readyState;
const state: typeof WebSocket.OPEN = 1;
const amount: number = ws.bufferedAmount;
const strings: string[] = [ws.extensions, ws.protocol, ws.url];
const paused: boolean = ws.isPaused;
console.log(states, statics, readyState === state, amount, strings, paused);

ws.send('text');
ws.send(Buffer.from('bytes'));
ws.send(new Uint8Array(1));
ws.send(new DataView(new ArrayBuffer(1)));
ws.send(new Float64Array(1));
ws.send(new ArrayBuffer(1));
ws.send(new SharedArrayBuffer(1));
ws.send(new Blob(['blob']));
ws.send(5);
ws.send([1, 2, 3]);
ws.send([1, 2, 3] as const);
ws.send({ valueOf: () => new ArrayBuffer(1) });
ws.send({ valueOf: () => new SharedArrayBuffer(1) });
ws.send({ valueOf: () => new Uint8Array(1) });
ws.send({ valueOf: () => [1, 2, 3] as const });
ws.send({ valueOf: () => 'text' });
ws.send({ [Symbol.toPrimitive]: (hint: string) => hint });
ws.send('text', (error) => console.log(error?.message));
ws.send('text', (error?: Error) => console.log(error));
ws.send('text', {});
ws.send('text', { mask: true, binary: true, compress: true, fin: true });
ws.send('text', { mask: undefined, binary: undefined, compress: undefined, fin: false });
ws.send('text', { fin: false }, (error) => console.log(error?.stack));
ws.send('text', { fin: false }, undefined);

ws.ping();
ws.ping('data');
ws.ping(Buffer.alloc(1), true);
ws.ping('data', false, (error) => console.log(error));
ws.ping('', undefined, (error: Error) => console.log(error.message));
ws.pong();
ws.pong({ any: 'thing' });
ws.pong('data', true);
ws.pong('data', true, (error?: Error) => console.log(error));
ws.pong('data', true, () => undefined);

ws.close();
ws.close(1000);
ws.close(1000, 'reason');
ws.close(4000, Buffer.from('reason'));
ws.terminate();
ws.pause();
ws.resume();

/** As promises. */
export const send = (data: string | Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    ws.send(data, (error) => (error ? reject(error) : resolve()));
  });
export const sendBytes = (data: Parameters<WebSocket['send']>[0]): void => ws.send(data);

/** Parts of the type, as programs pick them. */
export type Reader = Pick<WebSocket, 'on' | 'pause' | 'resume'>;
export type SendOptions = Parameters<WebSocket['send']>[1];
export type CloseArguments = Parameters<WebSocket['close']>;
export type State = WebSocket['readyState'];
export const sendOptions: SendOptions = { binary: true };
export const isBinary: boolean | undefined = sendOptions.binary;
export const closeArguments: CloseArguments = [1000, 'reason'];
export const reader: Reader = ws;
export const server = new WebSocket(null);
