/** Every relative link of every document leads to a file, and to a heading where it names one. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../src/markdown.js';
import { documents, exists, filesBelow, read } from '../src/workspace.js';

/** What is wrong with a link; undefined where nothing is. */
function fault(document: string, link: string): string | undefined {
  const [target, anchor] = link.split('#') as [string, string | undefined];
  const file = target === '' ? document : path.posix.join(path.posix.dirname(document), target);
  if (!exists(file)) return `${link}: there is no ${file}`;
  if (anchor === undefined) return undefined;
  const { headings } = parseMarkdown(read(file));
  return headings.some((heading) => heading.anchor === anchor)
    ? undefined
    : `${link}: ${file} has no such heading`;
}

describe.each(documents())('%s', (document) => {
  const links = parseMarkdown(read(document)).links;

  it('has no relative link that leads nowhere', () => {
    const relative = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(relative.map((link) => fault(document, link)).filter(Boolean)).toEqual([]);
  });

  it('links by TLS', () => {
    expect(links.filter((link) => link.startsWith('http:'))).toEqual([]);
  });
});

it('finds what is wrong with a link', () => {
  expect(fault('docs/README.md', 'errors.md')).toBeUndefined();
  expect(fault('docs/README.md', '../README.md#licence')).toBeUndefined();
  expect(fault('docs/README.md', 'error.md')).toContain('there is no docs/error.md');
  expect(fault('docs/README.md', '#nothing')).toContain('no such heading');
});

it('docs/README.md lists every document beside it', () => {
  const listed = parseMarkdown(read('docs/README.md')).links.map((link) => `docs/${link}`);
  const others = filesBelow('docs', '.md').filter((file) => file !== 'docs/README.md');
  expect(others.filter((file) => !listed.includes(file))).toEqual([]);
});
