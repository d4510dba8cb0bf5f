/** The statements of section 8. */
export const statements = {
  '8.connecting': 'send, ping and pong throw while CONNECTING, and call no callback',
  '8.late.no-throw': 'send, ping and pong do not throw for the state in CLOSING and in CLOSED',
  '8.late.amount': 'What is sent in CLOSING or CLOSED adds to bufferedAmount',
  '8.late.callback':
    'In CLOSING and in CLOSED the callback is called on the next tick with an Error that names the state',
  '8.late.converted':
    'Data is converted in CLOSING and in CLOSED too, so what has no bytes throws then too',
  '8.data.number': 'Numbers are sent as their decimal string',
  '8.data.falsy': 'Falsy data is an empty payload',
  '8.data.utf8': 'Strings are sent as UTF-8, lone surrogates as U+FFFD',
  '8.data.bytes':
    'Buffers, ArrayBuffers, SharedArrayBuffers and views are sent as the bytes that they span',
  '8.data.blob': 'Blobs and Files are sent as their contents',
  '8.data.from':
    'What Buffer.from takes is sent: arrays, array-likes, JSON of Buffers, objects with valueOf or Symbol.toPrimitive, such as Date and String',
  '8.data.refused':
    'Other data throws a TypeError with the code ERR_INVALID_ARG_TYPE at the call: true, {}, functions, bigints, symbols',
  '8.callback.success':
    'The callback is called with one argument, that of the write callback of the socket, once the frame was written out',
  '8.callback.order': 'Callbacks come in the order of the calls',
  '8.callback.error': 'The callback gets an error as its first argument when the write failed',

  '8.send.binary': 'binary is by default whether data is not a string; a number counts as one',
  '8.send.binary.option': 'The option binary decides between text and binary',
  '8.send.compress': 'compress is by default true',
  '8.send.compress.off': 'compress is of no effect where the extension was not negotiated',
  '8.send.fin': 'fin is by default true',
  '8.send.mask': 'mask is by default true on clients and false on servers',
  '8.send.mask.option': 'The option mask decides whether the frame is masked',
  '8.send.options-callback': 'The callback may take the place of the options',
  '8.send.unknown': 'Unknown options are ignored',
  '8.send.fragments':
    'A call with fin false starts a message; continuation frames follow, up to a call with fin true',
  '8.send.fragments.first':
    'The binary and compress of the first fragment decide, those of the others are ignored',
  '8.send.interleaved': 'Control frames may be sent between the fragments of a message',

  '8.ping.callback': 'The callback of ping and pong may take the place of any argument',
  '8.ping.mask': 'mask of ping and pong is by default true on clients and false on servers',
  '8.ping.mask.option': 'The argument mask of ping and pong decides whether the frame is masked',
  '8.ping.limit':
    'ping and pong throw a RangeError for more than 125 bytes, counted as UTF-8 for strings and as size for Blobs',

  '8.close.closed': 'close does nothing in CLOSED',
  '8.close.connecting': 'close while CONNECTING gives the opening handshake up',
  '8.close.closing': 'close in CLOSING does nothing before both close frames were exchanged',
  '8.close.closing.ended': 'close in CLOSING ends the socket once both close frames were exchanged',
  '8.close.open': 'close while OPEN sends a close frame and makes the state CLOSING',
  '8.close.timer': 'close starts the close timer',
  '8.close.throws-open': 'A close that throws leaves the state OPEN and sends nothing',
  '8.close.no-code': 'Without a code the close frame is empty and the reason is ignored',
  '8.close.code': 'close takes the codes 1000-1003, 1007-1014 and 3000-4999',
  '8.close.bad-code': 'close throws a TypeError on any other code and on what is not a number',
  '8.close.fraction': 'A code that is not an integer is truncated on the wire',
  '8.close.reason': 'The reason is a string or a Uint8Array',
  '8.close.no-reason':
    'A reason that is undefined or has a falsy length is ignored: numbers, ArrayBuffers, DataViews, the empty string',
  '8.close.null-reason': 'A reason of null throws the TypeError of Node',
  '8.close.long-reason': 'A reason of more than 123 bytes throws a RangeError',
  '8.close.other-view': 'A reason that is another view throws a TypeError',
  '8.close.other-object':
    'A reason that is an array or an object with a length throws a TypeError of Node with the code ERR_INVALID_ARG_TYPE',

  '8.terminate.closed': 'terminate does nothing in CLOSED',
  '8.terminate.connecting':
    'terminate while CONNECTING gives the opening handshake up, as close does',
  '8.terminate.open': 'terminate makes the state CLOSING and destroys the socket',
  '8.terminate.code': 'close follows with 1006 and without an error event',
  '8.terminate.peer-code':
    'close follows with the code of the peer if its close frame had arrived already',
  '8.terminate.failed': 'terminate has no effect after a failed opening handshake',

  '8.pause.connecting': 'pause and resume do nothing while CONNECTING',
  '8.pause.closed': 'pause and resume do nothing in CLOSED',
  '8.pause.socket': 'pause sets isPaused and pauses the socket, resume takes both back',
  '8.pause.draining': 'resume does not resume the socket while the receiver waits to drain',
  '8.pause.parsed': 'Data that was handed to the parser already still produces events',
  '8.pause.close-frame':
    'While paused, the close frame of the peer is not seen: the state stays OPEN',
  '8.pause.own-close': 'A close while paused completes after resume',
  '8.pause.own-close-timer': 'A close while paused completes when the close timer fires',
  '8.pause.socket-closed': 'What a paused socket had buffered is processed before close',

  '8.emitter': 'A WebSocket is an EventEmitter, with addEventListener and removeEventListener',

  '8.auto-pong.answer': 'A ping is answered with a pong of the same data',
  '8.auto-pong.off': 'With autoPong false no ping is answered',
  '8.auto-pong.method':
    'The answer is a call of the public method pong, with data, mask and a callback',
  '8.auto-pong.order': 'ping is emitted after pong was called',
  '8.auto-pong.limit':
    'A ping that finds maxPendingAutoPongs pongs unwritten terminates the connection: 1006, no error',
  '8.auto-pong.rest': 'Pings of the same chunk are still emitted then',
  '8.auto-pong.written': 'A pong counts no more once its write callback has run',
  '8.auto-pong.int32': 'maxPendingAutoPongs is coerced to a 32-bit integer',
  '8.auto-pong.no-limit': 'A maxPendingAutoPongs of 0 disables the limit',
  '8.auto-pong.closing': 'No ping is answered in CLOSING',
} as const;
