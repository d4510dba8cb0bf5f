// @ts-check
/** The packages that are tried, in versions that stay. */

/**
 * @typedef {object} Dependent
 * @property {string} name of its programs and its scenario
 * @property {Record<string, string>} packages what is installed, by name; the first is the one shown
 */

/** @type {Dependent[]} */
export const dependents = [
  { name: 'socket.io', packages: { 'socket.io': '4.8.4', 'socket.io-client': '4.8.4' } },
  { name: 'engine.io', packages: { 'engine.io': '6.6.11', 'engine.io-client': '6.6.8' } },
  { name: 'graphql-ws', packages: { 'graphql-ws': '6.4.2', graphql: '16.15.0' } },
  {
    name: 'fastify-websocket',
    packages: { '@fastify/websocket': '11.3.6', fastify: '5.12.8' },
  },
  { name: 'express-ws', packages: { 'express-ws': '5.0.2', express: '5.3.0' } },
  { name: 'mqtt', packages: { mqtt: '5.16.0', aedes: '0.51.3' } },
  {
    name: 'hocuspocus',
    packages: { '@hocuspocus/server': '3.4.4', '@hocuspocus/provider': '3.4.4', yjs: '13.6.33' },
  },
  { name: 'websocket-stream', packages: { 'websocket-stream': '5.5.2' } },
];

/**
 * Picks some by name.
 *
 * @param {string[]} names none means all
 * @returns {Dependent[]}
 * @throws {Error} when there is none of a name
 */
export function chooseDependents(names) {
  const unknown = names.filter((name) => !dependents.some((dependent) => dependent.name === name));
  if (unknown.length > 0) {
    const known = dependents.map(({ name }) => name).join(', ');
    throw new Error(`Not known: ${unknown.join(', ')}. Use some of: ${known}`);
  }
  return dependents.filter(({ name }) => names.length === 0 || names.includes(name));
}
