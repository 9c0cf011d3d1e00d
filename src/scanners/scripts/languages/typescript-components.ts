/** A script, and the name under which a compiler reads it. */
export interface Script {
  readonly text: string;
  readonly file: string;
}

/**
 * Cuts the `<script>` blocks out of a Vue or Svelte component. What stands around them becomes
 * blanks, so that every line keeps its number. Other files are returned as they are.
 */
export function cutComponent(text: string, file: string): Script {
  if (!/\.(?:vue|svelte)$/i.test(file)) return { text, file };
  const kept: string[] = [];
  let language = 'ts';
  let end = 0;
  for (let count = 0; count < 10; count++) {
    const block = findBlock(text, end);
    if (!block) break;
    kept.push(blank(text.slice(end, block.start)), text.slice(block.start, block.end));
    if (/\blang\s*=\s*["']?(?:tsx|jsx)\b/.test(block.tag)) language = 'tsx';
    end = block.end;
  }
  kept.push(blank(text.slice(end)));
  return { text: kept.join(''), file: `${file}.${language}` };
}

function findBlock(
  text: string,
  from: number,
): { readonly tag: string; readonly start: number; readonly end: number } | undefined {
  const open = /<script(?=[\s>])/gi;
  open.lastIndex = from;
  const at = open.exec(text)?.index;
  if (at === undefined) return undefined;
  const start = findTagEnd(text, at);
  const close = /<\/script/gi;
  close.lastIndex = start;
  const end = close.exec(text)?.index;
  return end === undefined ? undefined : { tag: text.slice(at, start), start, end };
}

/** Behind the `>` of a tag; one inside quotes is part of an attribute. */
function findTagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return text.length;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
