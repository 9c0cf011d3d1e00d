import { ConfigError, didYouMean, formatPlace, InputError, type Place } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { reportParts } from '../html/parts.ts';
import { findOutputKind, outputEndings } from './output-kinds.ts';
import type { UserTemplates } from './user-templates.ts';

const mostFiles = 100;
const mostTemplateBytes = 64 * 1024;
const mostStyleBytes = 1024 * 1024;
const ending = '.hbs';

/** Where a file of the folder goes, or why it goes nowhere. */
type Role =
  | { readonly kind: 'part' | 'page'; readonly name: string }
  | { readonly kind: 'style' | 'theme' }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Reads the folder that `templates:` names.
 * @param reports the reports of a scan, which no page may overwrite
 * @throws ConfigError, InputError naming every file that has no use
 */
export async function readTemplates(
  files: Files,
  folder: string,
  place: Place,
  reports: readonly string[],
): Promise<UserTemplates> {
  const root = folder.replace(/\/+$/, '');
  const found = await files.find(folder).catch((error: unknown): string[] => {
    // What is not there holds no template, and is told so with its line.
    if (error instanceof InputError) return [];
    throw error;
  });
  const given = found.filter((file) => file.startsWith(`${root}/`) || root === '.');
  const roles = given.map((file) => {
    const name = root === '.' ? file : file.slice(root.length + 1);
    return { file, role: findRole(name, reports) };
  });
  const refused = roles.flatMap(({ file, role }) =>
    role.kind === 'refused' ? [`${file}:1:1: ${role.reason}`] : [],
  );
  if (refused.length > 0) throw new InputError(refused.slice(0, 10).join('\n'));
  const used = roles.filter(({ role }) => role.kind !== 'none');
  if (used.length === 0)
    throw new ConfigError(
      `${formatPlace(place)}: the folder "${folder}" holds no template; put one there, for example report/header.hbs, or leave the key out.`,
    );
  if (used.length > mostFiles)
    throw new ConfigError(
      `${formatPlace(place)}: the folder "${folder}" holds more than ${mostFiles} templates; is it the right one?`,
    );
  const parts = new Map<string, string>();
  const pages = new Map<string, string>();
  const styles: { style?: string; theme?: string } = {};
  const inputs: { file: string; sha256: string }[] = [];
  for (const { file, role } of used) {
    const text = await readSmall(files, file, role);
    inputs.push({ file, sha256: await files.digest(file) });
    if (role.kind === 'part') parts.set(role.name, text);
    else if (role.kind === 'page') pages.set(role.name, text);
    else if (role.kind === 'style' || role.kind === 'theme') styles[role.kind] = text;
  }
  return { folder: root, parts, pages, inputs, ...styles };
}

function findRole(name: string, reports: readonly string[]): Role {
  if (name === 'report.css') return { kind: 'style' };
  if (name === 'theme.css') return { kind: 'theme' };
  const refuse = (reason: string): Role => ({ kind: 'refused', reason });
  if (name.endsWith('.css'))
    return refuse(
      `no style of this name is used; call it theme.css (after ours) or report.css (in place of ours).${didYouMean(name, ['theme.css', 'report.css'])}`,
    );
  if (name.endsWith('.handlebars')) return refuse(`templates end in ${ending}; rename it.`);
  if (!name.endsWith(ending)) return { kind: 'none' };
  const bare = name.slice(0, -ending.length);
  if (bare === 'report')
    return refuse(
      'the frame of the report and its content security policy cannot be replaced; put a part into report/, for example report/header.hbs.',
    );
  if (name.startsWith('report/')) {
    const part = bare.slice('report/'.length);
    if ((reportParts as readonly string[]).includes(part)) return { kind: 'part', name: part };
    return refuse(
      `the report has no part "${part}".${didYouMean(part, reportParts) || ` Parts: ${reportParts.join(', ')}.`}`,
    );
  }
  if (reports.some((report) => report.toLowerCase() === bare.toLowerCase()))
    return refuse(`${bare} is a report of every scan; choose another name.`);
  if (findOutputKind(bare) === undefined)
    return refuse(
      `how to escape values is known for ${outputEndings.join(', ')} alone; call it for example ${bare || 'page'}.md${ending}.`,
    );
  return { kind: 'page', name: bare };
}

async function readSmall(files: Files, file: string, role: Role): Promise<string> {
  const isStyle = role.kind === 'style' || role.kind === 'theme';
  const most = isStyle ? mostStyleBytes : mostTemplateBytes;
  const size = await files.size(file);
  if (size > most)
    throw new InputError(
      `${file}: ${size} bytes are more than the limit of ${most} for one template; split it.`,
    );
  const text = await files.text(file);
  if (isStyle && /<\/style/i.test(text))
    throw new InputError(`${file}: holds "</style", which would end the style; take it out.`);
  return text;
}
