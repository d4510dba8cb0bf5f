/** What a subclass may do in its own manner. */
import { duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from '../src/index.js';
import type { ServerOptions } from '../src/index.js';
import { accepted, madeUpRequest, refused } from './support/requests.js';

/** Hands a request over; returns what is answered at once. */
function answer(wss: WebSocketServer, headers: Record<string, string> = {}): string {
  const [near, far] = duplexPair();
  let text = '';
  wss.handleUpgrade(madeUpRequest(headers), near, Buffer.alloc(0), () => {});
  text += String(far.read() ?? '');
  near.destroy();
  return text;
}

describe('a subclass', () => {
  it('takes options as they come', () => {
    class Own extends WebSocketServer {
      protected override checkOptions(): void {}
    }
    const wrong: ServerOptions = { noServer: true, perMessageDeflate: { serverMaxWindowBits: 16 } };
    expect(() => new WebSocketServer(wrong)).toThrow(RangeError);
    expect(answer(new Own(wrong))).toBe(accepted());
  });

  it('makes the errors that listeners get', () => {
    class Own extends WebSocketServer {
      protected override toClientError(error: Error): Error {
        return new Error(`own: ${error.message}`, { cause: error });
      }
    }
    const wss = new Own({ noServer: true });
    const told: Error[] = [];
    wss.on('wsClientError', (error) => told.push(error));
    expect(answer(wss, { upgrade: 'h2c' })).toBe('');
    expect(told.map(({ message }) => message)).toEqual(['own: Invalid Upgrade header']);
    expect(told[0]?.cause).toMatchObject({ code: 'WS_ERR_HANDSHAKE_UPGRADE' });
  });

  it('writes refusals', () => {
    class Own extends WebSocketServer {
      protected override checkRefusal(): void {}

      protected override formatRefusal({ status }: { status: number }): string {
        return `HTTP/1.1 ${status} Own\r\n\r\n`;
      }
    }
    const options: ServerOptions = { noServer: true, verifyClient: (_info, cb) => cb(false, 4001) };
    expect(answer(new Own(options))).toBe('HTTP/1.1 4001 Own\r\n\r\n');
    // What is wrong with the request itself is not its matter.
    expect(answer(new Own(options), { upgrade: 'h2c' })).toBe(
      refused('400 Bad Request', 'Invalid Upgrade header'),
    );
  });

  it('checks its refusals at the call, and what it writes when it writes', () => {
    class Own extends WebSocketServer {
      protected override checkRefusal(): void {
        throw new RangeError('not this one');
      }
    }
    const thrown: unknown[] = [];
    const verifyClient: ServerOptions['verifyClient'] = (_info, callback) => {
      try {
        callback(false, 403);
      } catch (error) {
        thrown.push(error);
      }
    };
    expect(answer(new Own({ noServer: true, verifyClient }))).toBe('');
    expect(thrown).toEqual([new RangeError('not this one')]);
  });

  it('writes the lines of the answer, which are checked all the same', () => {
    class Own extends WebSocketServer {
      protected override responseLines(...args: Parameters<WebSocketServer['responseLines']>) {
        return [...super.responseLines(...args), this.options.path ?? 'X-Own: yes'];
      }
    }
    expect(answer(new Own({ noServer: true }))).toBe(accepted('X-Own: yes'));
    const wss = new Own({ noServer: true, path: 'X: 1\r\nY: 2' });
    wss.shouldHandle = () => true;
    wss.on('wsClientError', () => {});
    expect(answer(wss)).toBe(refused('500 Internal Server Error', 'Internal Server Error'));
  });

  it('opens WebSockets', () => {
    const seen: unknown[] = [];
    class Own extends WebSocketServer {
      protected override attach(...args: Parameters<WebSocketServer['attach']>): void {
        const [websocket, , head, { role, protocol }] = args;
        seen.push(websocket.readyState, head.length, role, protocol);
        super.attach(...args);
        seen.push(websocket.readyState);
      }
    }
    answer(new Own({ noServer: true }), { 'sec-websocket-protocol': 'a' });
    expect(seen).toEqual([0, 0, 'server', 'a', 1]);
  });
});
