/** `docs/rfc-map.md` names files that are there, and tests that are in them. */
import path from 'node:path';
import { clientErrors } from '@hybi/client';
import { protocolErrors } from '@hybi/frame';
import { handshakeErrors } from '@hybi/handshake';
import { deflateErrors } from '@hybi/permessage-deflate';
import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../src/error-codes.js';
import { parseMarkdown } from '../src/markdown.js';
import { testTitles } from '../src/titles.js';
import { exists, read } from '../src/workspace.js';

const tables = parseMarkdown(read('docs/rfc-map.md')).tables.filter(
  ({ header }) => header[2] === 'code',
);
const rows = tables.flatMap(({ heading, rows }) =>
  rows.map((row) => {
    const [section = '', requirement = '', code = '', tests = ''] = row;
    return { rfc: heading.split(':')[0] as string, section, requirement, code, tests };
  }),
);

/** The files that a cell links to, from the root. */
function filesIn(cell: string): string[] {
  return [...cell.matchAll(/\]\(([^)]+)\)/g)].map((match) =>
    path.posix.join('docs', match[1] as string),
  );
}

describe.each(rows)('$rfc $section $requirement', ({ code, tests }) => {
  it('is kept by sources that are there', () => {
    const files = filesIn(code);
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !/^packages\/[\w-]+\/src\//.test(file) || !exists(file))).toEqual(
      [],
    );
  });

  it('is proved by tests that are there', () => {
    const groups = tests.split('; [').map((group, index) => (index === 0 ? group : `[${group}`));
    for (const group of groups) {
      const [file] = filesIn(group);
      expect(file).toMatch(/^packages\/[\w-]+\/test\/.*\.test\.ts$/);
      const titles = testTitles(read(file as string));
      const named = parseMarkdown(group).spans;
      expect(named).not.toEqual([]);
      expect(named.filter((title) => !titles.has(title))).toEqual([]);
    }
  });
});

it('has a row for each section that an error names', () => {
  const all = { ...protocolErrors, ...handshakeErrors, ...clientErrors, ...deflateErrors };
  // RFC 9110, on redirects, is not of WebSocket.
  const named = Object.values({ ...all }).flatMap(({ section }) => sectionsOf(section));
  const mapped = rows.flatMap(({ rfc, section }) => sectionsOf(`${rfc} ${section}`));
  const missing = named.filter((section) => !mapped.includes(section));
  expect([...new Set(missing)].filter((section) => !section.startsWith('9110'))).toEqual([]);
});
