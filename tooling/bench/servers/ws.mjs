// @ts-check
import { WebSocketServer } from 'ws';
import { serve } from './serve.mjs';
import { wsStyleServer } from './ws-style.mjs';

await serve(wsStyleServer(WebSocketServer));
