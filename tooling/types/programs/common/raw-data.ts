/** What a message can be, and how it becomes something else. */
import type { Data, MessageEvent, RawData } from 'ws';
import WebSocket from 'ws';

export function toText(data: RawData): string {
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString();
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data.toString('utf8');
}

export function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

export function size(data: Data): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  if (data instanceof ArrayBuffer) return data.byteLength;
  return Array.isArray(data) ? data.reduce((sum, { length }) => sum + length, 0) : data.length;
}

const every: RawData[] = [Buffer.alloc(1), new ArrayBuffer(1), [Buffer.alloc(1)]];
const withText: Data[] = ['text', ...every];
const union: Buffer | ArrayBuffer | Buffer[] = every[0]!;
const same: RawData = union;
console.log(withText.map(size), toText(same));

const ws = new WebSocket('ws://localhost');
ws.on('message', (data, isBinary) => {
  const value: string | Buffer = isBinary ? toBuffer(data) : toText(data);
  const parsed: unknown = JSON.parse(data.toString());
  const parsedToo: unknown = JSON.parse(data as unknown as string);
  ws.send(value);
  console.log(parsed, parsedToo, isBinary === true);
});
ws.onmessage = ({ data }: MessageEvent) => {
  if (typeof data === 'string') console.log(data.trim());
  else console.log(size(data));
};
ws.binaryType = 'arraybuffer';
ws.binaryType = 'fragments';
ws.binaryType = 'nodebuffer';
const binaryType: 'nodebuffer' | 'arraybuffer' | 'fragments' = ws.binaryType;
const other: WebSocket['binaryType'] = binaryType;
ws.binaryType = other;
