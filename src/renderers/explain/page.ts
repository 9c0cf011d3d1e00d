import { clean, painter, type TerminalOptions, wrap } from '../terminal-text.ts';

/** An answer on a terminal: a title, then sections. */
export interface Page {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** A heading with what stands below it; the first section needs none. */
export interface Section {
  readonly title?: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** A paragraph. */
  | { readonly kind: 'text'; readonly text: string }
  /** Labels and values below each other. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  /** A line each, with lines of its own below it. */
  | { readonly kind: 'items'; readonly items: readonly Item[]; readonly isNumbered?: true }
  /** To be pasted as it is. */
  | { readonly kind: 'paste'; readonly lines: readonly string[] };

export interface Item {
  readonly head: string;
  readonly lines?: readonly string[];
  readonly rows?: readonly (readonly [label: string, values: readonly string[]])[];
}

/** A section, or none where nothing stands below its heading. */
export function toSection(title: string, blocks: readonly Block[]): Section[] {
  return blocks.length === 0 ? [] : [{ title, blocks }];
}

/** A paragraph. */
export function toText(text: string): Block {
  return { kind: 'text', text };
}

/** Labels with values; those without a value are left out. */
export function toFacts(
  rows: readonly (readonly [label: string, value: string | undefined])[],
): Block[] {
  const kept = rows.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
  return kept.length === 0 ? [] : [{ kind: 'facts', rows: kept }];
}

/** A list; none where it is empty. */
export function toItems(items: readonly Item[], isNumbered = false): Block[] {
  if (items.length === 0) return [];
  return [{ kind: 'items', items, ...(isNumbered ? { isNumbered } : {}) }];
}

const indent = '  ';

/** Writes an answer in lines of the terminal's width; longer words, such as paths, stay whole. */
export function renderPage(page: Page, options: TerminalOptions): string {
  const paint = painter(options);
  const { width } = options;
  const lines = wrap(clean(page.title), width).map((line) => paint('bold', line));
  for (const { title, blocks } of page.sections) {
    lines.push('');
    if (title !== undefined) lines.push(paint('bold', clean(title)));
    const margin = title === undefined ? '' : indent;
    blocks.forEach((block, index) => {
      if (index > 0) lines.push('');
      lines.push(...layOut(block, width - margin.length, paint).map((line) => margin + line));
    });
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function layOut(block: Block, width: number, paint: ReturnType<typeof painter>): string[] {
  switch (block.kind) {
    case 'text':
      return wrap(clean(block.text), width);
    case 'facts': {
      const column = Math.max(...block.rows.map(([label]) => label.length)) + 2;
      return block.rows.flatMap(([label, value]) =>
        hang(paint('dim', label) + ' '.repeat(column - label.length), column, value, width),
      );
    }
    case 'items': {
      const mark = (index: number): string =>
        block.isNumbered ? `${index + 1}. `.padStart(String(block.items.length).length + 2) : '- ';
      return block.items.flatMap((item, index) => layOutItem(item, mark(index), width, paint));
    }
    case 'paste':
      // Wrapped, it would be something else.
      return block.lines.map((line) => indent + clean(line));
    default:
      return block satisfies never;
  }
}

function layOutItem(
  { head, lines = [], rows = [] }: Item,
  mark: string,
  width: number,
  paint: ReturnType<typeof painter>,
): string[] {
  const margin = ' '.repeat(mark.length);
  const column = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  return [
    ...hang(mark, mark.length, head, width),
    ...lines.flatMap((line) => hang(margin, margin.length, line, width)),
    ...rows.flatMap(([label, values]) =>
      values.flatMap((value, index) => {
        const shown = index === 0 ? label : '';
        const start = margin + paint('dim', shown) + ' '.repeat(column - shown.length);
        const [bullet = '', text = ''] = /^(- )?(.*)$/s.exec(value)?.slice(1) ?? [];
        return hang(
          start + (bullet ?? ''),
          margin.length + column + (bullet?.length ?? 0),
          text,
          width,
        );
      }),
    ),
  ];
}

/** A text behind a start, its further lines below its first. */
function hang(start: string, column: number, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(clean(text), width - column);
  return [start + first, ...rest.map((line) => ' '.repeat(column) + line)];
}
