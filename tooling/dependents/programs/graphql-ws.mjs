import { buildSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { scenario } from '../scenarios/graphql-ws.mjs';

const modules = { buildSchema, createClient, useServer, WebSocket, WebSocketServer };
await scenario(modules, console.log);
