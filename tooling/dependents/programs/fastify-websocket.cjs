const { fastify } = require('fastify');
const websocket = require('@fastify/websocket');
const WebSocket = require('ws');

void import('../scenarios/fastify-websocket.mjs').then(({ scenario }) =>
  scenario({ fastify, websocket, WebSocket }, console.log),
);
