import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { Hocuspocus } from '@hocuspocus/server';
import { WebSocket, WebSocketServer } from 'ws';
import { Doc } from 'yjs';
import { scenario } from '../scenarios/hocuspocus.mjs';

const provider = { HocuspocusProvider, HocuspocusProviderWebsocket };
await scenario({ ...provider, Hocuspocus, WebSocket, WebSocketServer, Doc }, console.log);
