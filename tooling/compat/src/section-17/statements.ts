/** The statements of section 17. */
export const statements = {
  '17.duplex': 'createWebSocketStream returns a stream.Duplex that is made with the options',
  '17.forced':
    'autoDestroy, emitClose, objectMode and writableObjectMode are false, whatever the options say',
  '17.emitter': 'The websocket may be any EventEmitter that has the methods',

  '17.read.objects': 'With readableObjectMode each message is a chunk, text as a string',
  '17.read.buffers': 'Otherwise chunks are Buffers, or decoded by encoding',
  '17.read.bytes': 'In byte mode boundaries are not kept, and empty messages vanish',
  '17.read.pause': 'When push returns false the websocket is paused',
  '17.read.resume': 'A paused websocket is resumed on read',

  '17.write.connecting': 'Writes wait for open',
  '17.write.send': 'A write is websocket.send with the chunk and a callback',
  '17.write.binary': 'Strings are sent as binary messages',
  '17.write.text': 'With decodeStrings false strings are sent as text',
  '17.write.late': 'A write in CLOSING or CLOSED makes the stream fail with the error of send',

  '17.end.close': 'end calls websocket.close after the pending writes',
  '17.end.finish': 'finish comes when the writing side of the socket has finished',
  '17.end.connecting': 'While CONNECTING end waits for open',
  '17.end.failed':
    'If the opening handshake failed, end does nothing, and the error ends the stream',

  '17.close.end': 'close of the websocket is the end of the reading side',
  '17.both': 'The stream is destroyed when both end and finish have come',
  '17.both.close': 'close comes on the next tick after that',

  '17.error.destroys': 'error of the websocket destroys the stream with that error',
  '17.error.frame': 'The websocket is not terminated then, so its close frame gets out',
  '17.error.further': 'Errors that come while the stream is destroyed are reported',
  '17.destroy.terminates': 'destroy terminates the websocket',
  '17.destroy.close': 'The stream closes after the websocket has',
  '17.unheard': 'Without a listener of the user an error is thrown',
} as const;
