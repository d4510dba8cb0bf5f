/** `docs/architecture.md` shows the import table, and names what is there. */
import { describe, expect, it } from 'vitest';
import { importTable } from '../../lint/import-table.js';
import { importEdges, importRows, typeRows } from '../src/import-table.js';
import { parseMarkdown } from '../src/markdown.js';
import type { Table } from '../src/markdown.js';
import { exists, read, sourceFiles } from '../src/workspace.js';

const text = read('docs/architecture.md');
const { blocks, spans, tables } = parseMarkdown(text);
const sources = sourceFiles().map((file) => read(file));

function tableWith(column: string): Table {
  const table = tables.find(({ header }) => header.includes(column));
  if (table === undefined) throw new Error(`There is no table with a column "${column}"`);
  return table;
}

describe('who may import whom', () => {
  it('is what the import table says', () => {
    expect(tableWith('may import').rows).toEqual(importRows());
    expect(tableWith('types of').rows).toEqual(typeRows());
  });

  it('has a reason for every module that the connection imports', () => {
    const modules = Object.values(importTable['@hybi/connection']?.node ?? {}).flat();
    expect(tableWith('why').rows.map(([cell]) => cell)).toEqual(
      modules.map((module) => `\`${module}\``),
    );
  });

  it('is drawn in the same way', () => {
    const graph = blocks.find(({ language }) => language === 'mermaid')?.code ?? '';
    const edges = graph.split('\n').filter((line) => line.includes('>'));
    expect(edges.map((line) => line.trim()).sort()).toEqual(importEdges().sort());
  });
});

/** `Name` and `Name.member`, in code spans and in the drawings. */
const name = /^[A-Z][a-z]\w+(\.[a-z]\w+)?$/;
const drawings = blocks.filter(({ language }) => language === '').map(({ code }) => code);
const words = [...spans, ...drawings.flatMap((drawing) => drawing.split(/[^\w.]+/))];
/** Of JavaScript and Node.js. The global `WebSocket` is not the one that is meant. */
const builtIn = (word: string): boolean =>
  (word.split('.')[0] as string) in globalThis && !word.startsWith('WebSocket');
const names = [...new Set(words)].filter((word) => name.test(word) && !builtIn(word));

describe('the names', () => {
  it('are found, in the text and in the drawings', () => {
    expect(names).toEqual(expect.arrayContaining(['DeflateCodec', 'SocketLink.receive']));
  });

  it.each(names.filter((word) => word !== 'WebSocket.emit'))('%s is in the sources', (word) => {
    const [declared, member] = word.split('.');
    const declaration = new RegExp(`\\b(class|interface|const|type|function) ${declared}\\b`);
    const files = sources.filter((source) => declaration.test(source));
    expect(files).not.toEqual([]);
    if (member === undefined) return;
    const declares = new RegExp(`^  (override |readonly |get |static )*${member}\\b`, 'm');
    expect(files.filter((source) => declares.test(source))).not.toEqual([]);
  });

  const paths = spans.filter((span) => /^(packages|tooling|docs)\//.test(span));
  it.each([...new Set(paths)])('%s is there', (file) => {
    expect(exists(file)).toBe(true);
  });
});

describe('the sizes', () => {
  it.each(tableWith('size').rows)('%s is %s in %s', (name = '', value = '', file = '') => {
    const declaration = new RegExp(`\\bconst ${name.slice(1, -1)}(?:: number)? = ([\\d_ *]+);`);
    const product = declaration.exec(read(file.slice(1, -1)))?.[1] ?? '';
    const bytes = product
      .split('*')
      .reduce((all, part) => all * Number(part.replaceAll('_', '')), 1);
    expect(`${bytes / 1024} KiB`).toBe(value);
  });
});
