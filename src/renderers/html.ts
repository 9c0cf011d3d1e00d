import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { Audit } from '../audit.ts';
import { nodeFiles } from '../files.ts';
import { toView } from './html/view.ts';

const sections = [
  'groups',
  'overview',
  'pairs',
  'witnesses',
  'links',
  'findings',
  'schedules',
  'ages',
  'hotspots',
  'structure',
  'impact',
  'ownership',
  'duplicates',
  'contracts',
  'inventory',
  'hub',
  'plan',
  'unresolved',
  'method',
] as const;

/**
 * The audit as one HTML page that needs nothing else: no network, no server, no script for reading.
 * @param mermaid the map as Mermaid text, offered for copying
 */
export async function renderHtml(audit: Audit, mermaid = ''): Promise<string> {
  const templates = nodeFiles(fileURLToPath(new URL('../../templates', import.meta.url)));
  const [page, style, script] = (await Promise.all(
    ['report.hbs', 'report.css', 'report.js'].map((name) => templates.text(name)),
  )) as [string, string, string];
  const handlebars = Handlebars.create();
  for (const name of sections)
    handlebars.registerPartial(name, await templates.text(`report/${name}.hbs`));
  const write = handlebars.compile(page, { noEscape: false, strict: true, preventIndent: true });
  return write({
    ...toView(audit, mermaid),
    style: asIs(style),
    script: asIs(script),
    styleHash: digest(style),
    scriptHash: digest(script),
  });
}

/** Our own style and script, the only text that goes into the page unescaped. */
function asIs(text: string): InstanceType<typeof Handlebars.SafeString> {
  return new Handlebars.SafeString(text);
}

/** How a content security policy names an inline block. */
function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
