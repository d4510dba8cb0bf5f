const { HocuspocusProvider, HocuspocusProviderWebsocket } = require('@hocuspocus/provider');
const { Hocuspocus } = require('@hocuspocus/server');
const { WebSocket, WebSocketServer } = require('ws');
const { Doc } = require('yjs');

const provider = { HocuspocusProvider, HocuspocusProviderWebsocket };
const modules = { ...provider, Hocuspocus, WebSocket, WebSocketServer, Doc };
void import('../scenarios/hocuspocus.mjs').then(({ scenario }) => scenario(modules, console.log));
