/** A handler that writes down what it is told, as text. */
import type { ConnectionHandler } from '../../src/index.js';

export class Recorder implements ConnectionHandler {
  readonly events: string[] = [];
  /** Runs after each note. */
  onEvent: () => void = () => {};

  onMessage(opcode: number, payload: Uint8Array): void {
    this.note(`${opcode === 1 ? 'text' : 'binary'} ${Buffer.from(payload).toString('latin1')}`);
  }

  onPing(payload: Uint8Array): void {
    this.note(`ping ${Buffer.from(payload).toString()}`);
  }

  onPong(payload: Uint8Array): void {
    this.note(`pong ${Buffer.from(payload).toString()}`);
  }

  onClose(code: number, reason: Uint8Array): void {
    this.note(`close ${code} ${Buffer.from(reason).toString()}`);
  }

  onError(error: Error & { code?: string; closeCode: number }): void {
    this.note(`error ${String(error.code)} ${error.closeCode}`);
  }

  onSendFailure(error: Error): void {
    this.note(`send failure ${error.message}`);
  }

  private note(event: string): void {
    this.events.push(event);
    this.onEvent();
  }
}
