/** Ours and the one whose contract it keeps: what both do is a fact. */
import type { Duplex } from 'node:stream';
import { WebSocket as Ws } from 'ws';
import type { AttachOptions, WebSocketOptions } from '../../../src/node/index.js';
import { WebSocket } from '../../../src/node/index.js';

export type Role = AttachOptions['role'];
export type Settings = WebSocketOptions & Partial<AttachOptions>;

export interface Implementation {
  readonly name: string;
  create(settings?: Settings): WebSocket;
  open(websocket: WebSocket, socket: Duplex, role: Role, settings?: Settings, head?: Buffer): void;
}

const noHead = Buffer.alloc(0);

export const ours: Implementation = {
  name: '@hybi/connection',
  create: (settings) => new WebSocket(null, undefined, settings),
  open(websocket, socket, role, settings = {}, head = noHead) {
    websocket.attach(socket, head, { ...settings, role });
  },
};

/** The parts of `ws` that it does not document, and that programs use all the same. */
interface AttachableWs {
  _isServer: boolean;
  setSocket(socket: Duplex, head: Buffer, options: object): void;
}

const defaults = { autoPong: true, maxPendingAutoPongs: 60, closeTimeout: 30_000 };

export const ws: Implementation = {
  name: 'ws',
  create(settings) {
    // Its types know this form without the third argument only.
    const Class = Ws as unknown as new (...args: unknown[]) => WebSocket;
    return new Class(null, undefined, { ...defaults, ...settings });
  },
  open(websocket, socket, role, settings = {}, head = noHead) {
    const attachable = websocket as unknown as AttachableWs;
    attachable._isServer = role === 'server';
    attachable.setSocket(socket, head, settings);
  },
};

export const implementations: readonly Implementation[] = [ours, ws];
export const roles: readonly Role[] = ['client', 'server'];
