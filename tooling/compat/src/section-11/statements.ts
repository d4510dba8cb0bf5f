/** The statements of section 11. */
export const statements = {
  '11.open': 'The state is OPEN when the socket is attached, before open is emitted',
  '11.closing.close': 'The state is CLOSING from an accepted close on',
  '11.closing.terminate': 'The state is CLOSING from terminate on',
  '11.closing.failed': 'The state goes from CONNECTING to CLOSING when the opening handshake fails',
  '11.closing.end': 'The state is CLOSING when the socket has ended',
  '11.closing.socket-close': 'The state is CLOSING when the socket has closed',
  '11.closing.socket-error': 'The state is CLOSING when the socket failed',
  '11.closing.blob': 'The state is CLOSING when a Blob could not be read',
  '11.closing.protocol': 'The state is CLOSING from an error of the protocol on',
  '11.closing.peer': 'The state is CLOSING from the close frame of the peer on',
  '11.closed': 'The state is CLOSED immediately before close is emitted, and not earlier',

  '11.code.peer': 'The code and the reason of close are those of the peer',
  '11.code.1005': 'The code of close is 1005 if the close frame of the peer was empty',
  '11.code.1006': 'The code of close is 1006 if no close frame came',
  '11.code.own': 'The code of the own close is only reported if the peer echoes it',

  '11.peer.stop': 'Nothing behind the close frame of the peer is parsed',
  '11.peer.drain': 'The socket is resumed behind the close frame of the peer, to drain it',
  '11.peer.echo': 'The code and the reason of the peer are echoed',
  '11.peer.echo-empty': 'An empty close frame is answered with an empty one',
  '11.peer.method':
    'The answer is a call of the method close: without arguments, or with the code and the reason',
  '11.error.method': 'An error of the protocol calls the method close with the status',
  '11.end': 'A side that has both sent and received a close frame ends its socket',
  '11.end.client': 'A client ends its socket like a server does, and does not wait for the server',
  '11.close.last':
    'close is emitted after the close of the socket, and after all that was received is delivered',

  '11.timer.close': 'close arms the close timer',
  '11.timer.echo': 'The automatic answer to a close frame arms the close timer',
  '11.timer.error': 'The close behind an error of the protocol arms the close timer',
  '11.timer.blob': 'A Blob that can not be read arms the close timer',
  '11.timer.default': 'The close timer runs for 30000 ms by default, else for closeTimeout',
  '11.timer.expiry': 'When the close timer expires, the socket is destroyed: close with 1006',
  '11.timer.ref': 'The close timer keeps the process alive',
  '11.timer.cleared': 'The close timer is cleared when the socket closes',
  '11.timer.terminate': 'terminate arms no timer',
  '11.fin': 'An end without a close frame: CLOSING, the own side is ended too, 1006, no error',
} as const;
