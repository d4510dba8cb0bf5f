const express = require('express');
const expressWs = require('express-ws');
const WebSocket = require('ws');

void import('../scenarios/express-ws.mjs').then(({ scenario }) =>
  scenario({ express, expressWs, WebSocket }, console.log),
);
