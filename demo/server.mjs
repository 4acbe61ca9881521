// Serves the demo app: the files of public/, its client libraries, and /config.json. Nothing else.

import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const USAGE = `usage: node server.mjs [--port N] [--issuer URL] [--host ADDRESS]
  --port N        port to listen on (default 8000)
  --issuer URL    Keycloak's realm (default http://localhost:8080/realms/passkeys)
  --host ADDRESS  address to listen on (default 127.0.0.1; a container needs 0.0.0.0)`;

const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The folders that hold the libraries' browser modules, as public/index.html maps them. */
const LIBRARIES = ['openid-client/build', 'oauth4webapi/build', 'jose/dist/webapi'];

function stop(message, exitCode) {
  console.error(message);
  process.exit(exitCode);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8000' },
        issuer: { type: 'string', default: 'http://localhost:8080/realms/passkeys' },
        host: { type: 'string', default: '127.0.0.1' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new Error(`--port: ${values.port} is not a port`);
    }
    return { port, host: values.host, issuer: new URL(values.issuer).href.replace(/\/$/, '') };
  } catch (error) {
    return stop(`${error.message}\n${USAGE}`, 2);
  }
}

/** Maps URL paths to files: what is not in this map does not exist, however a request spells it. */
async function servedFiles() {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const folders = [['/', join(here, 'public')]];
  for (const library of LIBRARIES) {
    folders.push([`/node_modules/${library}/`, join(here, 'node_modules', library)]);
  }
  const files = new Map();
  for (const [prefix, folder] of folders) {
    for (const path of await readdir(folder, { recursive: true })) {
      if (extname(path) in CONTENT_TYPES) {
        files.set(prefix + path, join(folder, path));
      }
    }
  }
  files.set('/', join(here, 'public', 'index.html'));
  return files;
}

/** Allows the page's own scripts and its one inline element, the import map, by that element's hash. */
function contentSecurityPolicy(html, issuer) {
  const [, importMap] = /<script type="importmap">([^]*?)<\/script>/.exec(html);
  const hash = createHash('sha256').update(importMap).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(issuer).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const { port, host, issuer } = options();
const files = await servedFiles().catch((error) =>
  stop(`${error.message}\nThe libraries are missing: run "npm ci --omit=dev" in this folder first.`, 1),
);
const policy = contentSecurityPolicy(await readFile(files.get('/'), 'utf8'), issuer);

async function answer(request) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, type: 'text/plain', body: 'Only GET and HEAD\n' };
  }
  const path = request.url.split('?', 1)[0];
  if (path === '/config.json') {
    return { status: 200, type: 'application/json', body: JSON.stringify({ issuer, clientId: 'demo-app' }) };
  }
  const file = files.get(path);
  if (file === undefined) {
    return { status: 404, type: 'text/plain', body: 'No such page\n' };
  }
  return { status: 200, type: CONTENT_TYPES[extname(file)], body: await readFile(file) };
}

const server = createServer(async (request, response) => {
  const { status, type, body } = await answer(request).catch((error) => {
    console.error(error.message);
    return { status: 500, type: 'text/plain', body: 'This file cannot be read\n' };
  });
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
});

server.on('error', (error) => stop(`The demo app cannot listen on port ${port}: ${error.message}`, 1));
server.listen(port, host, () => console.log(`demo app on http://localhost:${server.address().port}/`));
// Node waits for open connections before it ends by itself; a person who presses Ctrl-C does not.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(0));
}
