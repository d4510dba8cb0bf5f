/** The two implementations that scenarios run against, under the types of the first. */
import { createRequire } from 'node:module';
import * as hybiModule from 'hybi';

/** A module with the exports of `ws`: the class, with everything else on it. */
export type WsModule = typeof import('ws') & Record<string, any>;

export interface Implementation {
  readonly name: 'ws' | 'hybi';
  /** What `require` gives. */
  readonly module: WsModule;
  readonly WebSocket: typeof import('ws').WebSocket;
  readonly WebSocketServer: typeof import('ws').WebSocketServer;
}

const requireHere = createRequire(import.meta.url);

function implementation(name: 'ws' | 'hybi', module: WsModule): Implementation {
  return {
    name,
    module,
    WebSocket: module.WebSocket,
    WebSocketServer: module.WebSocketServer,
  };
}

export const ws: Implementation = implementation('ws', requireHere('ws') as WsModule);
export const hybi: Implementation = implementation(
  'hybi',
  hybiModule.default as unknown as WsModule,
);
