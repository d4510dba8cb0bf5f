/** Exports that `@types/ws` does not have. */
import { PassThrough, Writable } from 'node:stream';
import WebSocket, {
  broadcast,
  extension,
  PerMessageDeflate,
  PreparedMessage,
  Receiver,
  Sender,
  subprotocol,
  WebSocketServer,
} from 'ws';

const receiver = new Receiver({ isServer: true, maxPayload: 1024, binaryType: 'fragments' });
const writable: Writable = receiver;
receiver.on('message', (data, isBinary) => console.log(data, isBinary));
receiver.write(Buffer.alloc(2));
receiver.write(Buffer.alloc(2), (error) => console.log(error));

const frames: (Buffer | string)[] = Sender.frame(Buffer.from('a'), {
  fin: true,
  opcode: 1,
  mask: false,
  readOnly: true,
  rsv1: false,
});
const deflate = new PerMessageDeflate({ threshold: 0, isServer: true, maxPayload: 10 });
const sender = new Sender(new PassThrough(), { [PerMessageDeflate.extensionName]: deflate });
sender.send('text', { fin: true, binary: false, mask: false, compress: false }, () => undefined);
sender.ping('data', false);
sender.pong('data', false, () => undefined);
sender.close(1000, 'reason', false, () => undefined);
sender.sendFrame(frames);

deflate.accept(extension.parse('permessage-deflate')['permessage-deflate'] ?? []);
deflate.compress(Buffer.alloc(1), true, (error, data) => console.log(error, data?.length));
deflate.decompress(Buffer.alloc(1), true, (error, data) => console.log(error, data?.length));
deflate.cleanup();
const offer: string = extension.format({ [PerMessageDeflate.extensionName]: deflate.offer() });
const protocols: Set<string> = subprotocol.parse('a, b');
console.log(offer, protocols, deflate.params?.server_max_window_bits, writable);

const prepared = new PreparedMessage('text', { binary: true });
const payload: Uint8Array = prepared.payload;
new WebSocket(null).send(prepared, { compress: false }, (error) => console.log(error, payload));
const broadcastOptions: WebSocket.BroadcastOptions = { except: [new WebSocket(null)] };
const sent: number = broadcast([new WebSocket(null)], prepared, broadcastOptions);
export const data: WebSocket.BroadcastData[] = [prepared, 'text', Buffer.alloc(1), sent];

broadcast(new WebSocketServer({ noServer: true }).clients, 'text', { compress: false });
class Member extends WebSocket {}
WebSocket.broadcast(new Set<Member>(), 'text', { except: new Member(null) });

new PreparedMessage(5); // wrong
broadcast([new WebSocket(null)], new Blob([])); // wrong
broadcast([5], 'text'); // wrong
new PreparedMessage(new Blob([])); // wrong
export const blob: WebSocket.BroadcastData = new Blob([]); // wrong
new Receiver({ isServer: 1 }); // wrong
Sender.frame(Buffer.alloc(1), {}); // wrong
new Sender(); // wrong
subprotocol.parse(5); // wrong
extension.parse(5); // wrong
PerMessageDeflate.extensionName.toFixed(); // wrong

// The class has everything, however it was loaded, and so has the class that it has.
export const statics = [
  new WebSocket.Server({ noServer: true }),
  new WebSocket.WebSocketServer({ noServer: true }),
  new WebSocket.WebSocket.Server({ noServer: true }),
  new WebSocket.WebSocket.WebSocket.Receiver(),
  WebSocket.createWebSocketStream,
  WebSocket.extension.parse,
  WebSocket.subprotocol.parse,
  WebSocket.PerMessageDeflate.extensionName,
  new WebSocket.PreparedMessage('text').opcode,
  WebSocket.Sender.frame,
];
export const same: typeof WebSocket = WebSocket.WebSocket;
export const sameServer: typeof WebSocketServer = WebSocket.Server;
export const typed: WebSocket.Receiver | WebSocket.Sender | WebSocket.PerMessageDeflate = receiver;
export const receive: Receiver | Sender | PerMessageDeflate = deflate;
export type Names = [WebSocket.BinaryType, WebSocket.SendData, WebSocket.SendOptions];
export class MyServer<T extends typeof WebSocket> extends WebSocketServer<T> {}
export const generic: WebSocketServer<typeof WebSocket> = new MyServer({ noServer: true });
