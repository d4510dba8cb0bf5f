// @ts-check
// The page's files over HTTP. They are read once and served by exact path, so that no path of a
// request ever reaches the file system.
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const FOLDER = new URL('../public/', import.meta.url);
const INDEX = 'index.html';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // The page alone in its process: browsers then give performance.now() its fine resolution,
  // which a round trip of a tenth of a millisecond needs.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

/**
 * Reads the page's files.
 *
 * @returns {Promise<import('node:http').RequestListener>} what answers requests with them
 */
export async function loadPage() {
  const files = await readFiles();
  return (request, response) => {
    const file = files.get(pathOf(request.url));
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      answer(response, 405, 'Method not allowed\n');
    } else if (file === undefined) {
      answer(response, 404, 'Not found\n');
    } else {
      answer(response, 200, file.body, file.type);
    }
  };
}

async function readFiles() {
  /** @type {Map<string, { body: Buffer, type: string | undefined }>} */
  const files = new Map();
  for (const name of await readdir(FOLDER)) {
    const path = name === INDEX ? '/' : `/${name}`;
    files.set(path, { body: await readFile(new URL(name, FOLDER)), type: TYPES[extname(name)] });
  }
  return files;
}

/** @param {string | undefined} target */
function pathOf(target = '') {
  return target.split('?', 1)[0] ?? '';
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string | Buffer} body
 * @param {string} [type]
 */
function answer(response, status, body, type = 'text/plain') {
  response.writeHead(status, { ...HEADERS, 'Content-Type': type, 'Content-Length': body.length });
  response.end(body); // Node leaves the body out in answer to HEAD
}
