import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../src/markdown.js';

describe('parseMarkdown', () => {
  it('reads headings, with the anchors that GitHub gives them', () => {
    const { headings } = parseMarkdown(
      [
        '# Who may import whom?',
        '## `WS_ERR_A`: a *code*',
        '## Twice',
        '## Twice',
        '### See [this](a.md), déjà vu',
      ].join('\n'),
    );
    expect(headings.map(({ level, anchor }) => [level, anchor])).toEqual([
      [1, 'who-may-import-whom'],
      [2, 'ws_err_a-a-code'],
      [2, 'twice'],
      [2, 'twice-1'],
      [3, 'see-this-déjà-vu'],
    ]);
  });

  it('reads code blocks with the comment before them', () => {
    const { blocks } = parseMarkdown(
      '<!-- run: a.mjs -->\n\n```js\na;\n# no heading\n```\n\n<!-- b -->\n\ntext\n\n```\nb\n```\n',
    );
    expect(blocks).toEqual([
      { language: 'js', code: 'a;\n# no heading\n', comment: 'run: a.mjs', line: 3 },
      { language: '', code: 'b\n', comment: undefined, line: 12 },
    ]);
  });

  it('reads links and code spans, and takes nothing in code for a link', () => {
    const { links, spans } = parseMarkdown(
      'See [a](a.md#b), [`c`](../c.ts) and `[d](d.md)`.\n\n```\n[e](e.md)\n```\n',
    );
    expect(links).toEqual(['a.md#b', '../c.ts']);
    expect(spans).toEqual(['c', '[d](d.md)']);
  });

  it('reads tables with the heading above them', () => {
    const { tables } = parseMarkdown(
      '## Sizes\n\n| a | b |\n| --- | :-: |\n| `1` | x \\| y |\n\n| c |\n| - |\n| 2 |\n',
    );
    expect(tables).toEqual([
      { heading: 'Sizes', header: ['a', 'b'], rows: [['`1`', 'x | y']] },
      { heading: 'Sizes', header: ['c'], rows: [['2']] },
    ]);
  });

  it('reads the text of each section, and what it stands under', () => {
    const { sections } = parseMarkdown('# A\none\n## B\n```\ncode\n```\ntwo\n## C\n# D\n');
    expect(sections.map(({ heading, parent, text }) => [heading.text, parent?.text, text])).toEqual(
      [
        ['A', undefined, 'one\n'],
        ['B', 'A', 'two\n'],
        ['C', 'A', ''],
        ['D', undefined, '\n'],
      ],
    );
  });
});
