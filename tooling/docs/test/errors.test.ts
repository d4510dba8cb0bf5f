/** `docs/errors.md` has every code of every table, as the table has it, and no other. */
import { clientErrors } from '@hybi/client';
import { protocolErrors } from '@hybi/frame';
import { handshakeErrors } from '@hybi/handshake';
import { deflateErrors } from '@hybi/permessage-deflate';
import { streamErrors } from '@hybi/stream/web';
import { describe, expect, it } from 'vitest';
import { documentedErrors, sectionsOf } from '../src/error-codes.js';
import { read, sourceFiles } from '../src/workspace.js';

interface Entry {
  message?: string;
  closeCode?: number | undefined;
  status?: number;
  section: string;
}

const tables: [name: string, table: Readonly<Record<string, Entry>>][] = [
  ['protocolErrors', protocolErrors],
  ['handshakeErrors', handshakeErrors],
  ['clientErrors', clientErrors],
  ['deflateErrors', deflateErrors],
  ['streamErrors', streamErrors],
];

const documented = documentedErrors(read('docs/errors.md'));

describe.each(tables)('%s', (name, table) => {
  const entries = documented.filter((entry) => entry.table === name);

  it('has its codes in the document, in its order, and no others', () => {
    expect(entries.map(({ code }) => code)).toEqual(Object.keys(table));
  });

  it.each(Object.entries(table))('%s is documented as it is', (code, entry) => {
    const facts = entries.find((other) => other.code === code)?.facts ?? {};
    const message = entry.message?.replace('{detail}', '…');
    expect({ ...facts, Section: sectionsOf(facts.Section ?? '') }).toEqual({
      ...(message !== undefined && { Message: `\`${message}\`` }),
      ...(entry.closeCode !== undefined && { 'Close code': String(entry.closeCode) }),
      ...(entry.status !== undefined && { 'HTTP status': String(entry.status) }),
      Section: sectionsOf(entry.section),
    });
  });
});

it('every code that stands in the sources is documented, and no other', () => {
  const used = sourceFiles().flatMap((file) => read(file).match(/\bWS_ERR_[A-Z0-9_]*[A-Z0-9]\b/g));
  const names = (codes: (string | null)[]): string[] => [...new Set(codes as string[])].sort();
  expect(names(documented.map(({ code }) => code))).toEqual(names(used.filter(Boolean)));
});

it.each(documented.map(({ code, text }) => [code, text]))('%s says what to do', (_, text) => {
  expect(text).toMatch(/^\n*[A-Z`].+\.\n\nWhat to do: [A-Z`].+\.\n*$/);
});

it('sections are found in every manner of writing', () => {
  expect(sectionsOf('RFC 6455 sections 5.2 and 5.4')).toEqual(['6455 5.2', '6455 5.4']);
  expect(sectionsOf('4.1, 11.3.4')).toEqual(['6455 11.3.4', '6455 4.1']);
  expect(sectionsOf('RFC 6455 §5.2; RFC 7692 §6')).toEqual(['6455 5.2', '7692 6']);
});
