/** An HTTP/1.1 response as text, for a raw socket. */
import { checkField } from './header-field.js';
import { reasonPhrase } from './reason-phrase.js';
import { encodeUtf8 } from './utf8.js';

/**
 * Formats an HTTP/1.1 response. The text is to be sent as UTF-8.
 *
 * @param status - 100 to 999
 * @param headers - pairs of name and value, written in their order; `Content-Length` is added for
 *   a body if it is not among them
 * @param body - none if absent
 * @throws {RangeError} if `status` is not a status code, or has no body and is given one
 * @throws {TypeError} if a name is not a token, or a value has a character that must not stand in
 *   a header, such as CR, LF or NUL; names the header
 * @see RFC 9112 §4, §5
 */
export function formatResponse(
  status: number,
  headers: Iterable<readonly [name: string, value: string]>,
  body?: string,
): string {
  checkStatus(status, body);
  let head = `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\n`;
  let hasLength = false;
  for (const [name, value] of headers) {
    head += `${name}: ${checkField(name, value)}\r\n`;
    hasLength ||= name.toLowerCase() === 'content-length';
  }
  if (body === undefined) return `${head}\r\n`;
  if (!hasLength) head += `Content-Length: ${encodeUtf8(body).length}\r\n`;
  return `${head}\r\n${body}`;
}

function checkStatus(status: number, body: string | undefined): void {
  if (!Number.isInteger(status) || status < 100 || status > 999) {
    throw new RangeError(`The status must be an integer from 100 to 999, got ${status}`);
  }
  // What follows the head of a 101 answer is read as frames.
  if (status < 200 && body !== undefined) {
    throw new RangeError(`A response with the status ${status} has no body`);
  }
}
