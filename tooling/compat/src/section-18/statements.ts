/** The statements of section 18. */
export const statements = {
  '18.extension.object':
    'extension.parse gives an object without prototype: names, and lists of parameters for each',
  '18.extension.parameters':
    'Parameters are objects without prototype: names, and a list of values for each, true for a bare one',
  '18.extension.quoted': 'A value may be a quoted string whose unescaped content is a token',
  '18.extension.whitespace': 'Whitespace is space and tab',
  '18.extension.unexpected': 'SyntaxError: Unexpected character at index <i>',
  '18.extension.end': 'SyntaxError: Unexpected end of input',
  '18.extension.empty':
    'The empty string, separators and whitespace at index 0, and both at the end are errors',
  '18.format.one': 'extension.format takes one configuration for a name, or an array of them',
  '18.format.joined': 'Values are joined by "; ", configurations by ", "',
  '18.format.bare': 'true prints the bare name',
  '18.format.unchecked': 'Names and values are printed as they are',

  '18.subprotocol.set': 'subprotocol.parse gives a Set in the order of the header',
  '18.subprotocol.errors': 'subprotocol.parse throws the SyntaxErrors of extension.parse',
  '18.subprotocol.duplicate': 'SyntaxError: The "<p>" subprotocol is duplicated',
  '18.subprotocol.whitespace':
    'Whitespace around commas is fine, at the end of the header it is an error',

  '18.deflate.options':
    'PerMessageDeflate takes isServer, which is false, and maxPayload, which is 0',
  '18.deflate.arguments': 'Arguments behind the options are ignored',
  '18.deflate.name': 'extensionName is permessage-deflate, a static getter',
  '18.deflate.offer': 'offer gives the parameters as an object',
  '18.deflate.accept': 'accept gives the parameters, which are in params too, null before',
  '18.deflate.mutates': 'accept changes the configurations that it is given',
  '18.deflate.compress': 'compress(data, fin, callback) calls back with an error and a Buffer',
  '18.deflate.decompress': 'decompress(data, fin, callback) calls back with an error and a Buffer',
  '18.deflate.cleanup': 'cleanup: a pending compress gets an Error',
  '18.deflate.again': 'After cleanup an instance can be used again',
  '18.deflate.overflow':
    'Overflow: RangeError, Max payload size exceeded, WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',

  '18.receiver.writable': 'A Receiver is a Writable that is fed with raw bytes',
  '18.receiver.synchronous':
    'allowSynchronousEvents is true: events are emitted while write runs; false: one for each turn',
  '18.receiver.binary-type': 'binaryType is nodebuffer, and may be any of those of a WebSocket',
  '18.receiver.extensions': 'extensions is {}, and maps names to PerMessageDeflate',
  '18.receiver.is-server': 'isServer is false',
  '18.receiver.no-limits': 'There are no limits by default',
  '18.receiver.utf8': 'skipUTF8Validation is false',
  '18.receiver.message': 'message comes with the data and whether it is binary',
  '18.receiver.control': 'ping and pong come with a Buffer',
  '18.receiver.conclude': 'conclude comes with the code and a Buffer, and the Receiver ends itself',
  '18.receiver.discards': 'Bytes that are queued behind a close frame are discarded',
  '18.receiver.error': 'error comes with the error, and the Receiver is destroyed',

  '18.sender.send': 'send(data, options, callback) fills no defaults in',
  '18.sender.control': 'ping, pong and close take the mask and the callback behind their data',
  '18.sender.data': 'Data is what Buffer.from takes, a string or a Blob; a number is neither',
  '18.sender.extensions': 'extensions maps names to PerMessageDeflate',
  '18.sender.mask': 'generateMask fills the masking keys',
  '18.sender.frames': 'sendFrame(list, callback) writes the chunks of a frame',
  '18.sender.onerror': 'onerror can be assigned, and is called when a Blob can not be read',
  '18.sender.socket': 'The socket needs no more than write, cork, uncork and destroyed',

  '18.frame.options':
    'Sender.frame takes fin, opcode, mask, readOnly, rsv1, generateMask, maskBuffer',
  '18.frame.data': 'data is a Buffer or a string',
  '18.frame.unmasked': 'Unmasked: the header and the data, or the header alone for empty data',
  '18.frame.read-only': 'Masked and readOnly: one Buffer with both',
  '18.frame.in-place': 'Masked and not readOnly: the header and the data, which is masked in place',
  '18.frame.zero-key': 'A key of zeros: the header and the data as it is',
} as const;
