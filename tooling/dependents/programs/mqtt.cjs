const createBroker = require('aedes');
const { connectAsync } = require('mqtt');
const { createWebSocketStream, WebSocketServer } = require('ws');

const modules = { createBroker, connectAsync, createWebSocketStream, WebSocketServer };
void import('../scenarios/mqtt.mjs').then(({ scenario }) => scenario(modules, console.log));
