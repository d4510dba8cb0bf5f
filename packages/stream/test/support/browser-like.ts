/** A client of `ws` that shows no more than a browser does: no pause, no callback. */
import { WebSocket } from 'ws';

export class BrowserLike extends EventTarget {
  private readonly websocket: WebSocket;

  constructor(address: string) {
    super();
    this.websocket = new WebSocket(address);
    const forward = (type: string, values: object): void => {
      this.dispatchEvent(Object.assign(new Event(type), values));
    };
    this.websocket.addEventListener('open', () => forward('open', {}));
    this.websocket.addEventListener('message', ({ data }) => forward('message', { data }));
    // A browser does not tell what was wrong.
    this.websocket.addEventListener('error', () => forward('error', {}));
    this.websocket.addEventListener('close', ({ code, reason, wasClean }) =>
      forward('close', { code, reason, wasClean }),
    );
  }

  get readyState(): number {
    return this.websocket.readyState;
  }

  get bufferedAmount(): number {
    return this.websocket.bufferedAmount;
  }

  get binaryType(): string {
    return this.websocket.binaryType;
  }

  set binaryType(value: string) {
    this.websocket.binaryType = value as 'arraybuffer';
  }

  send(data: string | ArrayBuffer | ArrayBufferView): void {
    this.websocket.send(data);
  }

  close(code?: number, reason?: string): void {
    this.websocket.close(code, reason);
  }
}
