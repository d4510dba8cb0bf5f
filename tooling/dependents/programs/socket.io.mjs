import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { scenario } from '../scenarios/socket.io.mjs';

await scenario({ Server, io }, console.log);
