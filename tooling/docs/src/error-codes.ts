/** Reads `docs/errors.md`: what it says of each code, under the heading of the table it is from. */
import { parseMarkdown } from './markdown.js';

export interface DocumentedError {
  /** The name of the table, as in the code span of the heading above. */
  table: string;
  code: string;
  /** A close code or an HTTP status, as `Close code: 1002`, by the words before the colon. */
  facts: Record<string, string>;
  /** What stands behind the facts. */
  text: string;
}

const fact = /^- ([A-Z][A-Za-z ]+): (.*)$/;

export function documentedErrors(document: string): DocumentedError[] {
  return parseMarkdown(document).sections.flatMap(({ heading, parent, text }) => {
    const code = /^`(WS_ERR_\w+)`$/.exec(heading.text)?.[1];
    if (code === undefined) return [];
    const table = /`(\w+)`/.exec(parent?.text ?? '')?.[1] ?? '';
    const lines = text.split('\n');
    const facts = lines.map((line) => fact.exec(line)).filter((match) => match !== null);
    return [
      {
        table,
        code,
        facts: Object.fromEntries(facts.map(([, name, value]) => [name, value])) as Record<
          string,
          string
        >,
        text: lines.filter((line) => !fact.test(line)).join('\n'),
      },
    ];
  });
}

/**
 * The sections that a text names, as `6455 5.2`. Tables write them in several
 * manners: `RFC 6455 sections 5.2 and 5.4`, `RFC 7692 §7.1`, `4.1, 4.2.1`.
 *
 * @param text may name no RFC; 6455 is meant then
 */
export function sectionsOf(text: string): string[] {
  let rfc = '6455';
  const sections: string[] = [];
  for (const [, document, section] of text.matchAll(/RFC (\d+)|(\d+(?:\.\d+)*)/g)) {
    if (document !== undefined) rfc = document;
    else sections.push(`${rfc} ${section}`);
  }
  return sections.sort();
}
