// @ts-check
import { WebSocketServer } from 'hybi';
import { serve } from './serve.mjs';
import { wsStyleServer } from './ws-style.mjs';

await serve(wsStyleServer(WebSocketServer));
