/**
 * How `ws` refuses a client: with any status, known or not, and with any header.
 * Only what would end a line in a header is refused here too.
 */
import { reasonPhrase } from '@hybi/handshake';
import type { Refusal } from '@hybi/server';

const forbiddenInHeader = /[\r\n\0]/;

/** @throws {TypeError} that of Node.js, when there is no body and the status has no text */
export function checkBody(refusal: Refusal): void {
  Buffer.byteLength(bodyOf(refusal));
}

/** @throws {TypeError} when a header has CR, LF or NUL */
export function formatAnyRefusal(refusal: Refusal): string {
  const body = bodyOf(refusal);
  const headers = {
    Connection: 'close',
    'Content-Type': 'text/html',
    'Content-Length': Buffer.byteLength(body),
    ...refusal.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => checkLine(`${name}: ${value}`));
  const statusLine = `HTTP/1.1 ${refusal.status} ${textOf(refusal.status)}`;
  return `${[statusLine, ...lines].join('\r\n')}\r\n\r\n${body}`;
}

function bodyOf({ status, body }: Refusal): string {
  return (body || textOf(status)) as string;
}

function textOf(status: number): string | undefined {
  return reasonPhrase(status) || undefined;
}

function checkLine(line: string): string {
  if (!forbiddenInHeader.test(line)) return line;
  throw new TypeError(`A header of the refusal has CR, LF or NUL: ${JSON.stringify(line)}`);
}
