import { collectConfigFacts } from '../audit/config-names.ts';
import { findSubject } from '../audit/find-subject.ts';
import { renderPage } from '../renderers/explain/page.ts';
import { explain } from '../renderers/explain.ts';
import { hintAtArguments } from './hint-at-arguments.ts';
import { type CommonOptions, readLandscape } from './landscape-options.ts';
import { terminalOf } from './terminal-of.ts';

/** `landscape explain`: prints why the audit says what it says about one thing. */
export async function runExplain(
  text: string,
  folder: string,
  options: CommonOptions,
): Promise<void> {
  const { audit, config } = await readLandscape(folder, options, false).catch(async (error) => {
    throw await hintAtArguments(error, 'explain', text, folder);
  });
  const subject = findSubject(audit, config, text);
  const { data, page } = explain(subject, audit, collectConfigFacts(config, audit));
  if (options.json) process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  else if (!options.quiet) process.stdout.write(renderPage(page, terminalOf(options)));
}
