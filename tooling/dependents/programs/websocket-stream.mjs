import connect from 'websocket-stream';
import { scenario } from '../scenarios/websocket-stream.mjs';

await scenario({ connect, createServer: connect.createServer }, console.log);
