import type { Audit } from '../../audit.ts';
import { InputError } from '../../errors.ts';
import { createBoundedHandlebars, refuseTooLong, withoutPrototypes } from './bounded-handlebars.ts';
import { checkTemplate, type Fault } from './check-template.ts';
import { escapeView, findOutputKind } from './output-kinds.ts';
import { type PageView, pageKeys, toPageView } from './page-view.ts';
import type { UserTemplates } from './user-templates.ts';

/** Before anything that a template writes: nothing of it runs or is fetched. */
const htmlHead = `<!doctype html>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
`;

/**
 * Writes the pages of a user: file → text.
 * @throws InputError with file, line and remedy of every fault that can be told beforehand
 */
export function writePages(audit: Audit, { folder, pages }: UserTemplates): Map<string, string> {
  const keys = new Set(Object.keys(pageKeys));
  refuseFaults(
    [...pages].map(([name, text]) => [
      `${folder}/${name}.hbs`,
      checkTemplate(text, { keys, parts: [] }).faults,
    ]),
  );
  const view = pages.size > 0 ? toPageView(audit) : undefined;
  const written = new Map<string, string>();
  for (const [name, text] of pages)
    if (view) written.set(name, writePage(view, name, text, `${folder}/${name}.hbs`));
  return written;
}

/** Tells every fault at once. @throws InputError */
export function refuseFaults(files: readonly (readonly [string, readonly Fault[]])[]): void {
  const told = files.flatMap(([file, faults]) =>
    faults.map(({ line, column, reason }) => `${file}:${line}:${column}: ${reason}`),
  );
  if (told.length > 0) throw new InputError(told.slice(0, 10).join('\n'));
}

function writePage(view: PageView, name: string, text: string, file: string): string {
  const kind = findOutputKind(name);
  const shown = kind?.escape ? escapeView(view, kind.escape) : view;
  const write = createBoundedHandlebars(true).compile(text, { strict: true, preventIndent: true });
  const page = explained(file, () => write(shown, withoutPrototypes));
  return kind?.isHtml ? `${htmlHead}${page.replace(/^\s*<!doctype[^>]*>\s*/i, '')}` : page;
}

/** Runs a template. What goes wrong in it is the user's to mend. @throws InputError */
export function explained(file: string, write: () => string): string {
  try {
    const text = write();
    refuseTooLong(text.length);
    return text;
  } catch (cause) {
    throw new InputError(`${file}${tell(cause)}`, { cause });
  }
}

function tell(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const unknown = /^"([^"]{1,80})" not defined in .* - (\d+):(\d+)$/s.exec(message);
  if (unknown)
    return `:${unknown[2]}:${Number(unknown[3]) + 1}: there is no "${unknown[1]}" here; docs/templates.md says what stands where, and ../${unknown[1]} is one block further out.`;
  if (cause instanceof RangeError)
    return ': calls itself or writes without end; loop over less, and let no part write itself.';
  return `: ${message.replace(/ - \d+:\d+$/, '')}.`;
}
