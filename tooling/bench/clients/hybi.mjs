// @ts-check
import { WebSocket } from 'hybi';
import { runClient } from './run-client.mjs';
import { wsStyleClient } from './ws-style.mjs';

await runClient(wsStyleClient(WebSocket));
