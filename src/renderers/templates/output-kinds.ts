import { toCsv } from '../csv.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { clean } from '../terminal-text.ts';

/** How the values of a view are written into one kind of file. */
export interface OutputKind {
  /** Undefined where Handlebars escapes by itself, as for HTML. */
  readonly escape?: (text: string) => string;
  readonly isHtml?: true;
}

const html: OutputKind = { isHtml: true };
const markdown: OutputKind = { escape: escapeMarkdown };

const kinds: Readonly<Record<string, OutputKind>> = {
  '.html': html,
  '.htm': html,
  '.md': markdown,
  '.markdown': markdown,
  '.txt': { escape: clean },
  '.csv': { escape: (text) => toCsv([[text]]).trimEnd() },
};

/** The endings of the files that a user's template can make. */
export const outputEndings: readonly string[] = Object.keys(kinds);

/** The kind of a file by its ending; undefined where nobody knows how to escape. */
export function findOutputKind(file: string): OutputKind | undefined {
  const found = Object.entries(kinds).find(([ending]) => file.toLowerCase().endsWith(ending));
  return found?.[1];
}

/** A copy of a view in which texts are written as the kind wants them; an empty text stays empty. */
export function escapeView(view: unknown, write: (text: string) => string): unknown {
  if (typeof view === 'string')
    return view === '' ? view : { toHTML: () => write(view), toString: () => view };
  if (Array.isArray(view)) return view.map((item) => escapeView(item, write));
  if (typeof view !== 'object' || view === null) return view;
  return Object.fromEntries(
    Object.entries(view).map(([key, item]) => [key, escapeView(item, write)]),
  );
}
