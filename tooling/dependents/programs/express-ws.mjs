import express from 'express';
import expressWs from 'express-ws';
import WebSocket from 'ws';
import { scenario } from '../scenarios/express-ws.mjs';

await scenario({ express, expressWs, WebSocket }, console.log);
