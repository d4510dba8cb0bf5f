/** The statements of section 12. */
export const statements = {
  '12.close-frame': 'After an error a close frame with the status of the error is sent',
  '12.code': 'The errors of the receiving side have a code, and no other enumerable property',
  '12.prefix': 'Messages about a frame begin with "Invalid WebSocket frame: "',
  '12.deaf': 'Nothing behind an error is read',
  '12.order': 'The rules are checked in the order of the table',

  '12.rsv2-3': 'RSV2 or RSV3: RangeError, RSV2 and RSV3 must be clear, 1002',
  '12.rsv1': 'RSV1 where the extension was not negotiated: RangeError, RSV1 must be clear, 1002',
  '12.rsv1.every-opcode':
    'Without the extension RSV1 is refused for every opcode, before all that follows',
  '12.rsv1.continuation':
    'With the extension RSV1 on a continuation frame is refused before the rule for opcode 0',
  '12.rsv1.control':
    'With the extension RSV1 on a control frame is refused behind the rule for FIN and before that for the length',
  '12.opcode.continuation': 'A continuation without a message: RangeError, invalid opcode 0, 1002',
  '12.opcode.inside':
    'Text or binary inside a fragmented message: RangeError, invalid opcode 1 or 2, 1002',
  '12.opcode.reserved':
    'Opcodes 3 to 7 and 11 to 15: RangeError, invalid opcode and its number, 1002',
  '12.control.fin': 'A control frame without FIN: RangeError, FIN must be set, 1002',
  '12.control.length':
    'A control frame of more than 125 bytes: RangeError, invalid payload length 126 or 127, 1002',
  '12.close.length': 'A close frame of one byte: RangeError, invalid payload length 1, 1002',
  '12.mask.server': 'A server that gets an unmasked frame: RangeError, MASK must be set, 1002',
  '12.mask.client': 'A client that gets a masked frame: RangeError, MASK must be clear, 1002',
  '12.close.code':
    'A close code that is not permitted: RangeError, invalid status code and the code, 1002',
  '12.close.code.permitted': 'The permitted close codes are those for sending',
  '12.utf8.text': 'Malformed text: Error, invalid UTF-8 sequence, 1007',
  '12.utf8.reason': 'A malformed close reason: Error, invalid UTF-8 sequence, 1007',
  '12.utf8.skip': 'With skipUTF8Validation texts and close reasons are taken as they come',
  '12.utf8.message': 'Text is checked as a whole: fragments may be cut inside a character',
  '12.utf8.end': 'A bad byte is reported at the end of the message; by hybi at once',

  '12.length.huge':
    'A 64-bit length of 2^53 or more: RangeError, payload length > 2^53 - 1, 1009, without the prefix',
  '12.length.non-minimal': 'Lengths that are longer than needed are accepted',
  '12.maxPayload': 'A message longer than maxPayload: RangeError, Max payload size exceeded, 1009',
  '12.maxPayload.header': 'maxPayload is checked with the header, before the payload is there',
  '12.maxPayload.sum': 'maxPayload counts all fragments of a message',
  '12.maxPayload.inflated': 'maxPayload counts the inflated bytes of compressed messages',
  '12.maxPayload.equal': 'A length equal to maxPayload is fine',
  '12.maxPayload.control': 'maxPayload does not count control frames',
  '12.maxPayload.default': 'The default of maxPayload is 104857600',
  '12.maxFragments': 'More frames than maxFragments: RangeError, Too many message fragments, 1008',
  '12.maxFragments.equal': 'As many frames as maxFragments are fine',
  '12.maxFragments.empty': 'Empty frames count for maxFragments',
  '12.maxFragments.one': 'An unfragmented message counts as one frame',
  '12.maxFragments.compressed': 'maxFragments is checked before a fragment is inflated',
  '12.maxFragments.default': 'The default of maxFragments is 16384',
  '12.maxBufferedChunks':
    'A chunk that arrives while maxBufferedChunks of them wait for the rest of a frame: RangeError, Too many buffered chunks, 1008',
  '12.maxBufferedChunks.equal': 'As many waiting chunks as maxBufferedChunks are fine',
  '12.limits.int32': 'The limits are read as 32-bit integers',
  '12.limits.off': 'A limit that is not positive is no limit',
  '12.inflate':
    'Compressed data that is corrupt: the error of zlib, with its message, code and errno, 1007',
  '12.status': 'The status is on the error too, under a symbol described as status-code',
} as const;
