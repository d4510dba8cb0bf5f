import { fastify } from 'fastify';
import websocket from '@fastify/websocket';
import WebSocket from 'ws';
import { scenario } from '../scenarios/fastify-websocket.mjs';

await scenario({ fastify, websocket, WebSocket }, console.log);
