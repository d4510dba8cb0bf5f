/** The statements of section 13. */
export const statements = {
  '13.length.7': 'Lengths up to 125 take 7 bits',
  '13.length.16': 'Lengths from 126 to 65535 take 16 bits',
  '13.length.64': 'Longer ones take 64 bits, of which the upper 16 are zero',

  '13.key.pool':
    'Masking keys come from a pool of 8192 random bytes, filled by crypto.randomFillSync',
  '13.key.process': 'The pool is one for the whole process',
  '13.key.four': 'A frame uses four bytes of the pool',
  '13.key.refill': 'The pool is filled again when it is used up',
  '13.key.lazy': 'The pool is filled on first use, and servers do not use it',
  '13.key.generate': 'generateMask is called instead of using the pool',

  '13.memory.unchanged': 'Buffers, views and ArrayBuffers of the caller are never modified',
  '13.memory.temporary': 'Strings, arrays and Blobs of the caller stay as they are too',
  '13.memory.by-reference':
    'What is sent unmasked goes to the socket as the memory of the caller, without a copy',

  '13.writes.one': "A masked frame of the caller's memory, and an empty one, are one write",
  '13.writes.two': 'Other frames are the header and the payload, corked',
  '13.writes.text': 'A server writes text as a string',

  '13.order.compression':
    'While a message is compressed, later messages, pings, pongs and the close frame wait',
  '13.order.blob': 'While a Blob is read, later messages, pings, pongs and the close frame wait',
  '13.order.mixed': 'The order of the calls is kept, whatever is sent',

  '13.closed.compression':
    'The socket is destroyed during a compression: that callback and those of all that waits get an Error',
  '13.closed.blob':
    'The socket is destroyed while a Blob is read: that callback and those of all that waits get an Error',
  '13.closed.blob.later': 'Those callbacks come in a tick of their own',

  '13.unreadable.callbacks': 'A Blob that can not be read: all callbacks get its error',
  '13.unreadable.event': 'The same error is emitted as error',
  '13.unreadable.closed': 'In CLOSED no error is emitted',
  '13.unreadable.second': 'No second error is emitted',
  '13.unreadable.closing': 'The state is CLOSING and the socket ended',
  '13.unreadable.timer': 'The close timer runs',
} as const;
