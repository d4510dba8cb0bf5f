const { buildSchema } = require('graphql');
const { createClient } = require('graphql-ws');
const { useServer } = require('graphql-ws/use/ws');
const { WebSocket, WebSocketServer } = require('ws');

const modules = { buildSchema, createClient, useServer, WebSocket, WebSocketServer };
void import('../scenarios/graphql-ws.mjs').then(({ scenario }) => scenario(modules, console.log));
