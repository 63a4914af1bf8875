// SPDX-License-Identifier: Apache-2.0
// plainnode.js APP SECRET: what a plain Node.js server makes of the same function, to compare with.
// It attaches devices and passes requests to them; it checks nothing else, keeps no events and no
// log. Prints its port.
'use strict';
const http = require('http');

const [app, secret] = process.argv.slice(2);
const prefix = `/v1/applications/${app}/devices/`;
const devices = new Map();

class Device {
  constructor(response) {
    this.response = response; // its chunks are the requests
    this.bytes = Buffer.alloc(0);
    this.requester = null;
    this.timer = null;
  }

  send(body, requester) {
    this.requester = requester;
    this.timer = setTimeout(() => this.answer(408, '{"msg":"408 Request Time-out"}'), 60000);
    this.response.write(body);
  }

  answer(status, body) {
    const requester = this.requester;
    this.requester = null;
    clearTimeout(this.timer);
    if (requester) reply(requester, status, body);
  }

  take(bytes) {
    this.bytes = this.bytes.length ? Buffer.concat([this.bytes, bytes]) : bytes;
    for (;;) {
      const end = this.bytes.indexOf('\r\n');
      if (end < 0) return;
      const size = parseInt(this.bytes.latin1Slice(0, end), 16);
      if (this.bytes.length < end + size + 4) return;
      const data = this.bytes.subarray(end + 2, end + 2 + size);
      this.bytes = this.bytes.subarray(end + size + 4);
      const isReply = !(size === 1 && data[0] === 6) && data[0] !== 7;
      if (isReply) this.answer(200, data);
    }
  }
}

function reply(response, status, body) {
  response.writeHead(status, {'Content-Type': 'application/json', 'Content-Length': body.length});
  response.end(body);
}

function attach(request, response, id) {
  const socket = request.socket;
  request.resume();
  request.on('end', () => {
    const device = new Device(response);
    devices.set(id, device);
    socket.removeAllListeners('data'); // from here on the bytes are no requests
    socket.on('data', (bytes) => device.take(bytes));
    socket.on('close', () => devices.delete(id));
    response.writeHead(200, {'Content-Type': 'application/json'});
    response.write(`{"msg":"200","heartbeat":60,"timestamp":${Math.floor(Date.now() / 1000)}}`);
  });
}

function send(request, response, id) {
  if (request.headers.authorization !== `OAuth ${secret}`)
    return reply(response, 403, '{"msg":"403 Forbidden"}');
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const device = devices.get(id);
    if (!device) return reply(response, 418, '{"msg":"418 Device not attached"}');
    if (device.requester) return reply(response, 423, '{"msg":"423 Locked"}');
    device.send(Buffer.concat(pieces), response);
  });
}

const server = http.createServer((request, response) => {
  const [id, tail] = request.url.slice(prefix.length).split('/');
  if (request.method !== 'POST' || !request.url.startsWith(prefix))
    reply(response, 404, '{"msg":"404 Not Found"}');
  else if (tail === 'send') send(request, response, id);
  else attach(request, response, id);
});
server.requestTimeout = 0; // an attach never ends
server.listen({port: 0, host: '127.0.0.1', backlog: 1024}, () => console.log(server.address().port));
