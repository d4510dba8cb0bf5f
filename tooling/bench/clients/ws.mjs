// @ts-check
import { WebSocket } from 'ws';
import { runClient } from './run-client.mjs';
import { wsStyleClient } from './ws-style.mjs';

await runClient(wsStyleClient(WebSocket));
