// @ts-check
/** A browser's WebSocket: the page's driver calls `runCommand` and is called with reports. */
import { Endpoint } from './endpoint.mjs';
import { connectStandard } from './standard-socket.mjs';

/** @type {any} */
const page = globalThis;

/** @type {import('../src/protocol.js').Report[]} */
let waiting = [];

const endpoint = new Endpoint({
  // A call to the driver is slow: it gets all that has come meanwhile.
  write(report) {
    if (waiting.push(report) === 1) page.setTimeout(flush);
  },
  open({ url, subprotocols }, connection) {
    connectStandard(new page.WebSocket(url, subprotocols), connection);
  },
});

function flush() {
  page.takeReports(waiting);
  waiting = [];
}

/** @param {import('../src/protocol.js').Command} command */
page.runCommand = (command) => endpoint.run(command);
