/**
 * Reads what tests look at in a Markdown text: headings, links, code blocks,
 * code spans and tables.
 *
 * It goes line by line and knows the Markdown that Prettier leaves behind, not
 * all of CommonMark: fences of backticks, headings with `#`, inline links.
 */

export interface Heading {
  level: number;
  /** As it stands there, with its backticks. */
  text: string;
  /** What a link to it has behind `#`, as GitHub makes it. */
  anchor: string;
}

export interface CodeBlock {
  language: string;
  code: string;
  /** The HTML comment right before it, without its marks. */
  comment: string | undefined;
  /** Where it begins, from 1. */
  line: number;
}

export interface Table {
  /** The text of the heading above it, empty where there is none. */
  heading: string;
  header: string[];
  rows: string[][];
}

/** The text under a heading, up to the next heading of any level. */
export interface Section {
  heading: Heading;
  /** The heading of the next higher level above it. */
  parent: Heading | undefined;
  /** Without its code blocks. */
  text: string;
}

export interface Markdown {
  headings: Heading[];
  blocks: CodeBlock[];
  tables: Table[];
  sections: Section[];
  /** The targets of all links. */
  links: string[];
  /** The contents of all code spans. */
  spans: string[];
}

const fence = /^ *```(\S*)/;
const headingLine = /^(#+) (.*)$/;
const commentLine = /^<!-- (.*) -->$/;
const codeSpan = /`([^`]+)`/g;
const link = /\]\(([^()\s]+)\)/g;

export function parseMarkdown(text: string): Markdown {
  const parser = new Parser();
  for (const line of text.split('\n')) parser.read(line);
  return parser.result();
}

class Parser {
  private readonly headings: Heading[] = [];
  private readonly blocks: CodeBlock[] = [];
  private readonly sections: Section[] = [];
  private readonly tables: Table[] = [];
  private readonly prose: string[] = [];
  private line = 0;
  private comment: string | undefined;
  private block: CodeBlock | undefined;
  private table: Table | undefined;

  read(line: string): void {
    this.line += 1;
    if (this.block !== undefined) this.readCode(this.block, line);
    else if (fence.test(line)) this.openBlock(line);
    else this.readProse(line);
  }

  result(): Markdown {
    const { headings, blocks, sections, tables } = this;
    const prose = this.prose.join('\n');
    const spans = [...prose.matchAll(codeSpan)].map((match) => match[1] as string);
    const linked = prose.replaceAll(codeSpan, '');
    const links = [...linked.matchAll(link)].map((match) => match[1] as string);
    return { headings, blocks, sections, tables, links, spans };
  }

  private openBlock(line: string): void {
    const language = fence.exec(line)?.[1] ?? '';
    this.block = { language, code: '', comment: this.comment, line: this.line };
    this.comment = undefined;
    this.blocks.push(this.block);
  }

  private readCode(block: CodeBlock, line: string): void {
    if (fence.test(line)) this.block = undefined;
    else block.code += `${line}\n`;
  }

  private readProse(line: string): void {
    this.prose.push(line);
    const heading = headingLine.exec(line);
    if (heading !== null) this.addHeading(heading[1] as string, heading[2] as string);
    else {
      const section = this.sections.at(-1);
      if (section !== undefined) section.text += `${line}\n`;
    }
    const comment = commentLine.exec(line)?.[1];
    if (comment !== undefined) this.comment = comment;
    else if (line !== '') this.comment = undefined;
    if (line.startsWith('|')) this.readRow(cellsOf(line));
    else this.table = undefined;
  }

  private addHeading(marks: string, text: string): void {
    const level = marks.length;
    const anchor = this.anchorOf(text);
    const parent = this.headings.filter((above) => above.level < level).at(-1);
    const heading = { level, text, anchor };
    this.headings.push(heading);
    this.sections.push({ heading, parent, text: '' });
  }

  private anchorOf(text: string): string {
    const plain = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
    const same = this.headings.filter(
      (other) => other.anchor.replace(/-\d+$/, '') === anchor || other.anchor === anchor,
    );
    return same.length === 0 ? anchor : `${anchor}-${same.length}`;
  }

  private readRow(cells: string[]): void {
    if (this.table === undefined) {
      const heading = this.headings.at(-1)?.text ?? '';
      this.table = { heading, header: cells, rows: [] };
      this.tables.push(this.table);
    } else if (!cells.every((cell) => /^:?-+:?$/.test(cell))) this.table.rows.push(cells);
  }
}

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
