/** The statements of section 14. */
export const statements = {
  '14.server-takeover.client': 'serverNoContextTakeover: a client that has it true asks for it',
  '14.server-takeover.server': 'serverNoContextTakeover: a server that has it true imposes it',
  '14.server-takeover.false':
    'serverNoContextTakeover: a server that has it false refuses offers that contain it',
  '14.client-takeover.client': 'clientNoContextTakeover: a client that has it true announces it',
  '14.client-takeover.server':
    'clientNoContextTakeover: a server that has it true tells the client',
  '14.client-takeover.false':
    'clientNoContextTakeover: a client that has it false refuses a response with it',
  '14.server-window.client':
    'serverMaxWindowBits: a client sends the number, or the bare name for true',
  '14.server-window.server': 'serverMaxWindowBits: a server states the number',
  '14.server-window.false':
    'serverMaxWindowBits: a server that has it false refuses offers that contain it',
  '14.client-window.client':
    'clientMaxWindowBits: a client sends the number, the bare name for undefined and null, nothing for false',
  '14.client-window.server': 'clientMaxWindowBits: a server states the number',
  '14.client-window.false': 'clientMaxWindowBits: a server that has it false never states one',
  '14.concurrency.default': 'At most 10 zlib jobs run at once by default',
  '14.concurrency.process': 'concurrencyLimit counts the jobs of the whole process',
  '14.concurrency.first': 'The concurrencyLimit of the first instance that was ever created counts',
  '14.concurrency.zero': 'A concurrencyLimit of 0 is no limit',
  '14.zlib-options': 'zlibDeflateOptions and zlibInflateOptions are passed to zlib',
  '14.zlib-options.window':
    'The windowBits of the options for zlib give way to the negotiated ones',

  '14.offer.order': 'A client sends the parameters in a fixed order',
  '14.offer.default': 'The default offer is permessage-deflate; client_max_window_bits',

  '14.validate.repeated': 'A repeated parameter is an Error, on both sides',
  '14.validate.window': 'Window bits that are no integer from 8 to 15 are a TypeError',
  '14.validate.takeover': 'A takeover parameter with a value is a TypeError',
  '14.validate.bare': 'client_max_window_bits without a value is a TypeError in a response',
  '14.validate.unknown': 'Any other parameter is an Error',
  '14.validate.every': 'Every offer is validated, not only the chosen one',

  '14.select.first': 'A server takes the first offer that passes',
  '14.select.server-window':
    'An offer with a server_max_window_bits below serverMaxWindowBits does not pass',
  '14.select.client-window':
    'With a number as clientMaxWindowBits an offer must contain client_max_window_bits, not smaller than that',
  '14.select.none': 'None passes: Error, None of the extension offers can be accepted',
  '14.response.echo': 'The response echoes the chosen offer',
  '14.response.bare':
    'client_max_window_bits is removed from the response if it was bare or the option is false',
  '14.bad-offer': 'An unacceptable or invalid offer makes the handshake fail with 400',
  '14.other-extensions': 'Names of other extensions are ignored',
  '14.off': 'With the option off the header is not parsed',

  '14.accept.client-takeover':
    'A client that has clientNoContextTakeover false: Error, Unexpected parameter "client_no_context_takeover"',
  '14.accept.client-window':
    'A client whose clientMaxWindowBits is false or smaller than the response: Error, Unexpected or invalid parameter "client_max_window_bits"',
  '14.accept.server-parameters': 'server_* parameters are accepted even if they were not offered',
  '14.accept.assumed':
    'Without client_max_window_bits in the response the number of the option is used',

  '14.compress.option': 'The send option compress decides for each message',
  '14.threshold': 'Without context takeover messages below threshold are not compressed',
  '14.threshold.default': 'The default of threshold is 1024',
  '14.threshold.first': 'The first fragment is what threshold is compared with',
  '14.threshold.own': 'Only the takeover of the own direction counts for threshold',
  '14.threshold.takeover': 'With context takeover every message is compressed, however small',
  '14.deflate.tail': 'Deflated data ends in a sync flush; its tail is cut off the final fragment',
  '14.deflate.takeover': 'The window is kept between messages',
  '14.deflate.reset': 'Without context takeover the window is empty for each message',
  '14.inflate.tail': 'The tail is put to the final fragment before it is inflated',
  '14.inflate.takeover': 'The window for inflating is kept, or emptied, as was agreed',
  '14.inflate.final': 'A block with BFINAL is accepted, and the inflater renewed',
  '14.window-8': 'Deflating with a window of 8 bits works like one of 9',
  '14.zlib.lazy': 'The objects of zlib are created on first use',
  '14.zlib.closed': 'The objects of zlib are closed when the socket closes',
} as const;
