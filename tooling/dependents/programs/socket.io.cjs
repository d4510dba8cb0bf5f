const { Server } = require('socket.io');
const { io } = require('socket.io-client');

void import('../scenarios/socket.io.mjs').then(({ scenario }) =>
  scenario({ Server, io }, console.log),
);
