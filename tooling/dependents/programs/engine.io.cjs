const { attach } = require('engine.io');
const { Socket } = require('engine.io-client');

void import('../scenarios/engine.io.mjs').then(({ scenario }) =>
  scenario({ attach, Socket }, console.log),
);
