/** A class has private members: two copies of its declaration would not fit. */
import { FrameDecoder } from '@hybi/frame';
import WebSocket, { WebSocketServer } from 'hybi';
import frame = require('@hybi/frame');
import Required = require('hybi');

export const decoderClass: typeof FrameDecoder = frame.FrameDecoder;
export const requiredDecoderClass: typeof frame.FrameDecoder = FrameDecoder;
export const feed = (decoder: frame.FrameDecoder): FrameDecoder => decoder;

export const socketClass: typeof WebSocket = Required;
export const requiredSocketClass: typeof Required = WebSocket;
export const dial = (url: string): Required => new WebSocket(url);
export const dialRequired = (url: string): WebSocket => new Required(url);
export const listen = (port: number): Required.WebSocketServer => new WebSocketServer({ port });
export const listenRequired = (port: number): WebSocketServer => new Required.Server({ port });
