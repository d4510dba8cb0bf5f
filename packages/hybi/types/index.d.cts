/** The shape of `require('hybi')`: the class, with everything else on it. */
import { WebSocket } from './websocket.cjs';

export = WebSocket;
