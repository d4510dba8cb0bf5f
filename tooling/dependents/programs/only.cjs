/** Loaded before each program: `ws` has to be the package that is tried. */
const assert = require('node:assert');

assert.equal(require('ws/package.json').name, process.env.EXPECTED_WS);
