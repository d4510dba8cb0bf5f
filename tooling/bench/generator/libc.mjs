// @ts-check
/**
 * The system calls of the generator, on Linux, through Bun's FFI: they are
 * called with numbers, and nothing is allocated.
 */
import process from 'node:process';
import { dlopen, ptr } from 'bun:ffi';

const { symbols } = openLibrary({
  accept4: { args: ['i32', 'ptr', 'ptr', 'i32'], returns: 'i32' },
  bind: { args: ['i32', 'ptr', 'u32'], returns: 'i32' },
  close: { args: ['i32'], returns: 'i32' },
  connect: { args: ['i32', 'ptr', 'u32'], returns: 'i32' },
  epoll_create1: { args: ['i32'], returns: 'i32' },
  epoll_ctl: { args: ['i32', 'i32', 'i32', 'ptr'], returns: 'i32' },
  epoll_wait: { args: ['i32', 'ptr', 'i32', 'i32'], returns: 'i32' },
  getsockname: { args: ['i32', 'ptr', 'ptr'], returns: 'i32' },
  listen: { args: ['i32', 'i32'], returns: 'i32' },
  recv: { args: ['i32', 'ptr', 'u64', 'i32'], returns: 'i64_fast' },
  send: { args: ['i32', 'ptr', 'u64', 'i32'], returns: 'i64_fast' },
  setsockopt: { args: ['i32', 'i32', 'i32', 'ptr', 'u32'], returns: 'i32' },
  socket: { args: ['i32', 'i32', 'i32'], returns: 'i32' },
});

/** @type {(functions: Parameters<typeof dlopen>[1]) => ReturnType<typeof dlopen>} */
function openLibrary(functions) {
  const names = ['libc.so.6', `libc.musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`];
  for (const name of names) {
    try {
      return dlopen(name, functions);
    } catch {
      // The C library of another kind of Linux.
    }
  }
  throw new Error('The load generator needs Linux: there is no C library of a name it knows');
}

/** @type {(name: string) => (...args: number[]) => number} */
function symbol(name) {
  const call = symbols[name];
  if (call === undefined) throw new Error(`The C library has no ${name}`);
  return call;
}

const backlog = 511;
const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_IP = 0;
const IP_BIND_ADDRESS_NO_PORT = 24;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;

export const MSG_DONTWAIT = 0x40;
export const MSG_NOSIGNAL = 0x4000;
/** On TCP: what is read is thrown away and copied nowhere. */
export const MSG_TRUNC = 0x20;

export const EPOLLIN = 1;
export const EPOLLOUT = 4;
const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const EPOLL_CTL_MOD = 3;

const call = {
  accept: symbol('accept4'),
  bind: symbol('bind'),
  connect: symbol('connect'),
  epollControl: symbol('epoll_ctl'),
  epollCreate: symbol('epoll_create1'),
  epollWait: symbol('epoll_wait'),
  getsockname: symbol('getsockname'),
  listen: symbol('listen'),
  setsockopt: symbol('setsockopt'),
  socket: symbol('socket'),
};

/** `(fd)` */
export const closeSocket = symbol('close');
/** `(fd, address, length, flags)`: bytes read, 0 at the end, -1 where there is nothing or an error */
export const recv = symbol('recv');
/** `(fd, address, length, flags)`: bytes taken, or -1 */
export const send = symbol('send');

/**
 * @param {Uint8Array} bytes - kept alive by the caller
 * @returns {number}
 */
export function addressOf(bytes) {
  return ptr(bytes);
}

const one = new Uint8Array(new Int32Array([1]).buffer);

/**
 * A connected TCP socket of this machine's loopback.
 *
 * @param {number} port
 * @param {number} source - last part of the local address: each has ports of its own
 * @returns {number} the file descriptor
 */
export function connectLoopback(port, source) {
  const fd = checked(call.socket(AF_INET, SOCK_STREAM, 0), 'socket');
  call.setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, ptr(one), one.length);
  const from = loopbackAddress(0, source);
  checked(call.bind(fd, ptr(from), from.length), 'bind');
  const to = loopbackAddress(port, 1);
  checked(call.connect(fd, ptr(to), to.length), 'connect');
  call.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, ptr(one), one.length);
  return fd;
}

/**
 * A socket that listens on the loopback, on a free port.
 *
 * @returns {{ fd: number, port: number }}
 */
export function listenLoopback() {
  const fd = checked(call.socket(AF_INET, SOCK_STREAM, 0), 'socket');
  const address = loopbackAddress(0, 1);
  const length = new Uint8Array(new Int32Array([address.length]).buffer);
  checked(call.bind(fd, ptr(address), address.length), 'bind');
  checked(call.listen(fd, backlog), 'listen');
  checked(call.getsockname(fd, ptr(address), ptr(length)), 'getsockname');
  return { fd, port: new DataView(address.buffer).getUint16(2) };
}

/**
 * @param {number} listener
 * @returns {number} the file descriptor of the connection, or -1
 */
export function acceptSocket(listener) {
  const fd = call.accept(listener, 0, 0, 0);
  if (fd >= 0) call.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, ptr(one), one.length);
  return fd;
}

/** A `sockaddr_in`. @type {(port: number, last: number) => Uint8Array} */
function loopbackAddress(port, last) {
  const address = new Uint8Array(16);
  const view = new DataView(address.buffer);
  view.setUint16(0, AF_INET, true);
  view.setUint16(2, port);
  address.set([127, 0, 0, last], 4);
  return address;
}

/** @type {(result: number, name: string) => number} */
function checked(result, name) {
  if (result < 0) throw new Error(`${name} failed`);
  return result;
}

/** Tells which of many sockets can be read or written. Sockets have numbers of the caller's. */
export class Poller {
  // The structure is packed on x86-64 only.
  #size = process.arch === 'x64' ? 12 : 16;
  #capacity = 512;
  #fd = checked(call.epollCreate(0), 'epoll_create1');
  #events = new Uint8Array(this.#capacity * this.#size);
  #address = ptr(this.#events);
  #words = new Uint32Array(this.#events.buffer);
  #stride = this.#size / 4;
  #change = new Uint8Array(this.#size);
  #changeWords = new Uint32Array(this.#change.buffer);

  /** @type {(fd: number, index: number, interest: number) => void} */
  add(fd, index, interest) {
    checked(this.#control(EPOLL_CTL_ADD, fd, index, interest), 'epoll_ctl');
  }

  /** @type {(fd: number, index: number, interest: number) => void} */
  change(fd, index, interest) {
    checked(this.#control(EPOLL_CTL_MOD, fd, index, interest), 'epoll_ctl');
  }

  /** @param {number} fd */
  remove(fd) {
    this.#control(EPOLL_CTL_DEL, fd, 0, 0);
  }

  /** @type {(operation: number, fd: number, index: number, interest: number) => number} */
  #control(operation, fd, index, interest) {
    this.#changeWords[0] = interest;
    this.#changeWords[this.#stride - 2] = index;
    return call.epollControl(this.#fd, operation, fd, ptr(this.#change));
  }

  /**
   * @param {number} timeoutMs
   * @returns {number} how many sockets are ready
   */
  wait(timeoutMs) {
    return call.epollWait(this.#fd, this.#address, this.#capacity, timeoutMs);
  }

  /** The number of the socket of an event. @param {number} event */
  indexAt(event) {
    return this.#words[event * this.#stride + this.#stride - 2] ?? 0;
  }

  /** @param {number} event */
  isWritable(event) {
    return ((this.#words[event * this.#stride] ?? 0) & EPOLLOUT) !== 0;
  }

  /** Also when the peer is gone: reading tells. @param {number} event */
  isReadable(event) {
    return ((this.#words[event * this.#stride] ?? 0) & ~EPOLLOUT) !== 0;
  }

  close() {
    closeSocket(this.#fd);
  }
}
