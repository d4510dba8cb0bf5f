/** `extension` of `ws`: the grammar of `Sec-WebSocket-Extensions`. */
import { parseExtensions } from '@hybi/handshake';
import type { FormattableExtensions, FormattableParameters } from '@hybi/handshake';

export const extension: {
  format(extensions: FormattableExtensions): string;
  parse: typeof parseExtensions;
} = { format, parse: parseExtensions };

/** As `formatExtensions`, but for names and values as they come: `ws` checks none. */
function format(extensions: FormattableExtensions): string {
  return Object.entries(extensions)
    .map(([name, sets]) => toList(sets).map((parameters) => formatElement(name, parameters)))
    .map((elements) => elements.join(', '))
    .join(', ');
}

function formatElement(name: string, parameters: FormattableParameters): string {
  const formatted = Object.entries(parameters).map(([parameter, values]) =>
    toList(values)
      .map((value) => (value === true ? parameter : `${parameter}=${value}`))
      .join('; '),
  );
  return [name, ...formatted].join('; ');
}

function toList<Item>(items: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(items) ? (items as readonly Item[]) : [items as Item];
}
