import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { Audit } from '../audit.ts';
import { nodeFiles } from '../files.ts';
import { readExploreScripts } from './html/explore/scripts.ts';
import { readPageScript } from './html/page-script.ts';
import { reportParts } from './html/parts.ts';
import { toView } from './html/view.ts';
import { createBoundedHandlebars, withoutPrototypes } from './templates/bounded-handlebars.ts';
import { checkParts } from './templates/check-parts.ts';
import type { UserTemplates } from './templates/user-templates.ts';
import { explained } from './templates/write-pages.ts';

/**
 * The audit as one HTML page that needs nothing else: no network, no server, no script for reading.
 * @param mermaid the map as Mermaid text, offered for copying
 * @param own parts and styles of a user, in place of ours
 * @throws InputError where a part of a user is not right
 */
export async function renderHtml(audit: Audit, mermaid = '', own?: UserTemplates): Promise<string> {
  const templates = nodeFiles(fileURLToPath(new URL('../../templates', import.meta.url)));
  const [page, reportStyle, paperStyle, exploreStyle] = (await Promise.all(
    ['report.hbs', 'report.css', 'paper.css', 'explore.css'].map((name) => templates.text(name)),
  )) as [string, string, string, string];
  const parts = new Map<string, string>();
  for (const name of reportParts) parts.set(name, await templates.text(`report/${name}.hbs`));
  const view = toView(audit, mermaid);
  if (own) checkParts(own, parts, view);
  const handlebars = own ? createBoundedHandlebars(false) : Handlebars.create();
  for (const [name, text] of parts) handlebars.registerPartial(name, own?.parts.get(name) ?? text);
  const write = handlebars.compile(page, { noEscape: false, strict: true, preventIndent: true });
  const style = `${own?.style ?? reportStyle}${exploreStyle}${paperStyle}${own?.theme ?? ''}`;
  const script = await readPageScript(templates);
  const { libraries, explore } = await readExploreScripts(templates);
  const scripts = [script, ...(view.explore.facts === '' ? [] : [...libraries, explore])];
  const whole = {
    ...view,
    coverage: { ...view.coverage, inputs: [...view.coverage.inputs, ...(own?.inputs ?? [])] },
    style: asIs(style),
    scripts: scripts.map(asIs),
    facts: asIs(view.facts),
    exploreFacts: asIs(view.explore.facts),
    styleHash: digest(style),
    scriptHashes: scripts.map(digest),
  };
  return own
    ? explained(`${own.folder}/report`, () => write(whole, withoutPrototypes))
    : write(whole);
}

/** Style and script, the only text that goes into the page unescaped; both are named by the policy. */
function asIs(text: string): InstanceType<typeof Handlebars.SafeString> {
  return new Handlebars.SafeString(text);
}

/** How a content security policy names an inline block. */
function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
