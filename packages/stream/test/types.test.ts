/** Which WebSockets fit: the compiler's part is to accept this file. */
import type { Duplex } from 'node:stream';
import type { WebSocket as ConnectionWebSocket } from '@hybi/connection/node';
import { describe, expectTypeOf, it } from 'vitest';
import type { WebSocket as WsWebSocket } from 'ws';
import type { createWebSocketStream, StreamableWebSocket } from '../src/node.js';
import type { createWebSocketStreams, WebSocketFace } from '../src/web.js';

describe('the WebSockets of @hybi/connection and ws', () => {
  it('fit the Duplex', () => {
    expectTypeOf<ConnectionWebSocket>().toExtend<StreamableWebSocket>();
    expectTypeOf<WsWebSocket>().toExtend<StreamableWebSocket>();
    expectTypeOf<EventTarget>().not.toExtend<StreamableWebSocket>();
  });

  it('fit the WHATWG streams', () => {
    expectTypeOf<ConnectionWebSocket>().toExtend<WebSocketFace>();
    expectTypeOf<WsWebSocket>().toExtend<WebSocketFace>();
    expectTypeOf<EventTarget>().not.toExtend<WebSocketFace>();
  });
});

it('what they return are streams of the platform', () => {
  expectTypeOf<ReturnType<typeof createWebSocketStream>>().toEqualTypeOf<Duplex>();
  type Streams = ReturnType<typeof createWebSocketStreams>;
  expectTypeOf<Streams['readable']>().toEqualTypeOf<ReadableStream<string | Uint8Array>>();
  expectTypeOf<Streams['writable']>().toEqualTypeOf<
    WritableStream<string | ArrayBuffer | ArrayBufferView>
  >();
});
