import createBroker from 'aedes';
import { connectAsync } from 'mqtt';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { scenario } from '../scenarios/mqtt.mjs';

const modules = { createBroker, connectAsync, createWebSocketStream, WebSocketServer };
await scenario(modules, console.log);
