// @ts-check
/** An npm registry on this machine, which has the packed packages as if they were published. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/**
 * @typedef {object} Registry
 * @property {string} url with a slash at its end
 * @property {() => Promise<void>} close
 */

/**
 * Serves tarballs to package managers, and nothing else: what they ask for beyond is not found.
 *
 * @param {string[]} tarballs one version of each package
 * @returns {Promise<Registry>}
 */
export async function startRegistry(tarballs) {
  /** @type {Map<string, () => string | Buffer>} what there is at a path */
  const files = new Map();
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(decodeURIComponent(url));
    if (file === undefined) response.writeHead(404).end('{}');
    else response.end(file());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}/`;

  for (const tarball of tarballs) {
    const data = readFileSync(tarball);
    const manifest = manifestIn(data);
    const path = `/${manifest.name}/-/${manifest.version}.tgz`;
    const entry = describe(manifest, data, new URL(path, url).href);
    files.set(path, () => data);
    files.set(`/${manifest.name}`, () => JSON.stringify(entry));
  }
  return {
    url,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @typedef {{ name: string, version: string }} Manifest */

/**
 * What a registry says of a package.
 *
 * @param {Manifest} manifest
 * @param {Buffer} data
 * @param {string} tarball where it is
 */
function describe(manifest, data, tarball) {
  const { name, version } = manifest;
  const dist = {
    tarball,
    shasum: createHash('sha1').update(data).digest('hex'),
    integrity: `sha512-${createHash('sha512').update(data).digest('base64')}`,
  };
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist } },
    // Long ago: some package managers take nothing that is younger than a day.
    time: { [version]: new Date(0).toISOString() },
  };
}

const blockBytes = 512;

/**
 * The package.json in a tarball, where `workspace:` is replaced already.
 *
 * @param {Buffer} tarball
 * @returns {Manifest}
 * @throws {Error} when there is none
 */
function manifestIn(tarball) {
  const archive = gunzipSync(tarball);
  let at = 0;
  while (at < archive.length) {
    const name = archive.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8) || 0;
    const start = at + blockBytes;
    if (name === 'package/package.json') {
      return JSON.parse(archive.toString('utf8', start, start + size));
    }
    at = start + Math.ceil(size / blockBytes) * blockBytes;
  }
  throw new Error('The tarball has no package.json');
}
