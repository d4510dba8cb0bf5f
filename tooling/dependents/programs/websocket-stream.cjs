const connect = require('websocket-stream');

void import('../scenarios/websocket-stream.mjs').then(({ scenario }) =>
  scenario({ connect, createServer: connect.createServer }, console.log),
);
