import { attach } from 'engine.io';
import { Socket } from 'engine.io-client';
import { scenario } from '../scenarios/engine.io.mjs';

await scenario({ attach, Socket }, console.log);
