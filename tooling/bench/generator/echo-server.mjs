// @ts-check
/**
 * The server that clients are measured against: counts the bytes that come in,
 * and sends replies that are ready. Ends with its standard input.
 */
import process from 'node:process';
import { tell } from '../src/lines.mjs';
import { openingResponse } from '../servers/opening-response.mjs';
import { createReadyReplies } from '../servers/ready-replies.mjs';
import {
  EPOLLIN,
  EPOLLOUT,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  MSG_TRUNC,
  Poller,
  acceptSocket,
  addressOf,
  closeSocket,
  listenLoopback,
  recv,
  send,
} from './libc.mjs';

const maxRead = 1024 * 1024;
const forever = -1;
const flags = MSG_DONTWAIT | MSG_NOSIGNAL;
const buffer = new Uint8Array(64 * 1024);

/**
 * @typedef Peer
 * @property {string} request - of the opening handshake, while it goes on
 * @property {boolean} open
 * @property {number} partial - bytes of a message that is not complete
 * @property {number} owed - bytes of replies that have not left
 * @property {number} position - the next of them, in the ready ones
 * @property {boolean} armed
 */

const { shape } = JSON.parse(process.argv[2] ?? '{}');
const { requestLength, replyLength, replies } = createReadyReplies(shape);
const repliesAddress = addressOf(replies);
const poller = new Poller();
const { fd: listener, port } = listenLoopback();
/** @type {Map<number, Peer>} */
const peers = new Map();

poller.add(process.stdin.fd, process.stdin.fd, EPOLLIN);
poller.add(listener, listener, EPOLLIN);
tell({ port });
// What was told leaves before the loop takes the process over.
setTimeout(loop, 0);

function loop() {
  for (;;) {
    const ready = poller.wait(forever);
    for (let event = 0; event < ready; event++) {
      const fd = poller.indexAt(event);
      if (fd === process.stdin.fd) process.exit();
      const peer = peers.get(fd);
      if (peer === undefined) accept();
      else if (poller.isWritable(event)) flush(fd, peer);
      if (peer !== undefined && poller.isReadable(event)) read(fd, peer);
    }
  }
}

function accept() {
  const fd = acceptSocket(listener);
  if (fd < 0) return;
  peers.set(fd, { request: '', open: false, partial: 0, owed: 0, position: 0, armed: false });
  poller.add(fd, fd, EPOLLIN);
}

/** @type {(fd: number, peer: Peer) => void} */
function read(fd, peer) {
  const length = peer.open
    ? recv(fd, addressOf(buffer), maxRead, MSG_DONTWAIT | MSG_TRUNC)
    : recv(fd, addressOf(buffer), buffer.length, MSG_DONTWAIT);
  if (length === 0) {
    peers.delete(fd);
    closeSocket(fd);
  } else if (length > 0 && peer.open) {
    peer.partial += length;
    const count = Math.floor(peer.partial / requestLength);
    peer.partial -= count * requestLength;
    peer.owed += count * replyLength;
    if (peer.owed > 0 && !peer.armed) flush(fd, peer);
  } else if (length > 0) {
    open(fd, peer, new TextDecoder('latin1').decode(buffer.subarray(0, length)));
  }
}

/** @type {(fd: number, peer: Peer, text: string) => void} */
function open(fd, peer, text) {
  peer.request += text;
  if (!peer.request.endsWith('\r\n\r\n')) return;
  const response = new TextEncoder().encode(openingResponse(peer.request));
  send(fd, addressOf(response), response.length, flags);
  peer.open = true;
}

/** @type {(fd: number, peer: Peer) => void} */
function flush(fd, peer) {
  while (peer.owed > 0) {
    const length = Math.min(peer.owed, replies.length - peer.position);
    const sent = send(fd, repliesAddress + peer.position, length, flags);
    if (sent <= 0) break;
    peer.owed -= sent;
    // All are alike: it does not matter which of them the next one is.
    peer.position = (peer.position + sent) % replyLength;
  }
  const armed = peer.owed > 0;
  if (armed === peer.armed) return;
  peer.armed = armed;
  poller.change(fd, fd, armed ? EPOLLIN | EPOLLOUT : EPOLLIN);
}
