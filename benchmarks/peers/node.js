// The origin's design without its framework: one Node.js process, a map from user to the user's open responses, res.write
// for each event, a heartbeat timer for each stream.
'use strict';
const http = require('node:http');

const users = new Map();

function open(user, res) {
  res.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    'X-Accel-Buffering': 'no',
  });
  res.write('data: {"type":"connected","message":"SSE connection established"}\n\n');
  if (!users.has(user)) users.set(user, new Set());
  users.get(user).add(res);
  const heartbeat = setInterval(() => res.write(': heartbeat\n\n'), 30000);
  res.on('close', () => {
    clearInterval(heartbeat);
    const own = users.get(user);
    own.delete(res);
    if (own.size === 0) users.delete(user);
  });
}

function body(req, then) {
  const parts = [];
  req.on('data', (part) => parts.push(part));
  req.on('end', () => then(Buffer.concat(parts).toString()));
}

http
  .createServer((req, res) => {
    const url = new URL(req.url, 'http://localhost');
    const user = url.searchParams.get('user');
    if (url.pathname === '/stream') {
      open(user, res);
    } else if (url.pathname === '/publish') {
      body(req, (text) => {
        const event = `data: ${JSON.stringify(JSON.parse(text))}\n\n`;
        for (const client of users.get(user) ?? []) client.write(event);
        res.end('{"success":true}');
      });
    } else if (url.pathname === '/broadcast') {
      body(req, (text) => {
        const event = `data: ${JSON.stringify(JSON.parse(text))}\n\n`;
        for (const clients of users.values()) for (const client of clients) client.write(event);
        res.end('{"success":true}');
      });
    } else {
      res.writeHead(404).end();
    }
  })
  .listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 16384 });
