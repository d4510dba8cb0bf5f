/** The other end of the wire: says any bytes, and reads frames as the RFC draws them. */
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { readFrames } from '../../support/frames.js';
import type { PlainFrame } from '../../support/frames.js';

export const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex');

export class RawPeer {
  ended = false;
  private chunks: Buffer[] = [];
  private bytes = 0;
  /** Where the first frame begins that is not complete, and how many are before it. */
  private position = 0;
  private complete = 0;
  private waiting: (() => void)[] = [];

  constructor(
    readonly socket: Duplex,
    /** Whether what this peer says is masked: it is, where a server is tested. */
    private readonly masks: boolean,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.bytes += chunk.length;
      this.wake();
    });
    socket.on('end', () => {
      this.ended = true;
      this.wake();
    });
    socket.on('close', () => this.wake());
    // A reset is one way to end.
    socket.on('error', () => {});
  }

  /** Everything that arrived. */
  get received(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  /** Forgets what arrived. */
  forget(): void {
    this.chunks = [];
    this.bytes = 0;
    this.position = 0;
    this.complete = 0;
  }

  /** Sends bytes as they are. */
  send(bytes: Uint8Array | string): void {
    this.socket.write(typeof bytes === 'string' ? hex(bytes) : bytes);
  }

  /** Sends frames in one write; each is a first byte and a payload. */
  sendFrames(...frames: [firstByte: number, payload: Uint8Array | string][]): void {
    this.send(Buffer.concat(frames.map((frame) => this.frame(...frame))));
  }

  /** A frame of this peer. */
  frame(firstByte: number, payload: Uint8Array | string): Buffer {
    const bytes = Buffer.from(payload as string);
    const mask = this.masks ? 0x80 : 0;
    const length = bytes.length;
    const head =
      length < 126
        ? Buffer.from([firstByte, mask | length])
        : length < 65536
          ? Buffer.from([firstByte, mask | 126, length >> 8, length & 0xff])
          : Buffer.concat([Buffer.from([firstByte, mask | 127, 0, 0, 0, 0]), uint32(length)]);
    if (!this.masks) return Buffer.concat([head, bytes]);
    const key = hex('37 fa 21 3d');
    for (let i = 0; i < length; i++) bytes.writeUInt8(bytes.readUInt8(i) ^ key.readUInt8(i & 3), i);
    return Buffer.concat([head, key, bytes]);
  }

  /** The frames that arrived, one line each: FIN, opcode, mask and payload. */
  get frames(): string[] {
    return readFrames(this.received).map(line);
  }

  /** Waits until this many frames arrived whole. */
  async untilFrames(count: number): Promise<string[]> {
    await this.until(() => this.countFrames() >= count);
    return this.frames;
  }

  /** Waits until a condition holds that changes with what arrives. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async untilEnd(): Promise<void> {
    await this.until(() => this.ended || this.socket.destroyed);
  }

  /** Ends its side, and waits until the socket is gone. */
  async close(): Promise<void> {
    this.socket.end();
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  /** Counts on from where the last count ended. */
  private countFrames(): number {
    while (this.bytes >= this.position + 2) {
      const next = this.position + frameSize(this.received, this.position);
      if (!(next <= this.bytes)) break;
      this.position = next;
      this.complete++;
    }
    return this.complete;
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const each of waiting) each();
  }
}

/** The size of a frame; NaN while its length has not arrived. */
function frameSize(bytes: Buffer, at: number): number {
  const second = bytes.readUInt8(at + 1);
  const short = second & 0x7f;
  const headerLength = 2 + (short < 126 ? 0 : short === 126 ? 2 : 8) + (second & 0x80 ? 4 : 0);
  if (at + headerLength > bytes.length) return NaN;
  if (short < 126) return headerLength + short;
  const length = short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readBigUInt64BE(at + 2);
  return headerLength + Number(length);
}

function line({ fin, rsv1, opcode, masked, payload }: PlainFrame): string {
  const flags = `${fin ? '' : '…'}${rsv1 ? 'rsv1 ' : ''}${masked ? 'masked ' : ''}`;
  const isCode = opcode === 8 && payload.length >= 2;
  const text = isCode
    ? `${payload.readUInt16BE(0)} ${payload.toString('latin1', 2)}`.trim()
    : payload.toString('utf8');
  return `${flags}${opcode}: ${text}`;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
