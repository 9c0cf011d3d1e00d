import { InputError } from '../../../errors.ts';
import type { ScanContext } from '../../scanner.ts';
import { readJsonTree, toMapping } from './documents.ts';
import { parseHcl } from './hcl.ts';
import { readDotenv } from './read-key-lines.ts';
import { isSecretKey } from './secret-keys.ts';

/**
 * The files of a module that give variables and locals their values, the best last, as Terraform
 * has them: defaults, then `terraform.tfvars`, then `*.auto.tfvars` by name. What somebody names on
 * the command line comes after these; a file for production is taken for it.
 */
const files: readonly RegExp[] = [
  /^(?:main|locals|variables|vars|inputs)\.tf$/,
  /^terraform\.tfvars(?:\.json)?$/,
  /^[^/]+\.auto\.tfvars(?:\.json)?$/,
  /^(?:(?:envs?|environments?|vars|tfvars)\/)?(?:[\w.-]*[-_.])?(?:prod|prd|production|live)(?:\/[\w.-]+)?\.tfvars(?:\.json)?$/,
];
const mostFiles = 40;

/** A Terraform file with what the files beside it say of variables and locals; any other text as it is. */
export async function withTerraformVariables(
  text: string,
  file: string,
  { paths, files: disk }: Pick<ScanContext, 'paths' | 'files'>,
): Promise<string> {
  const folder = /^(.*\/|)[^/]*\.tf$/i.exec(file)?.[1];
  if (folder === undefined || !/\b(?:var|local)\./.test(text)) return text;
  const own = paths.filter((each) => each.startsWith(folder) && each !== file);
  const beside = files
    .flatMap((name) => own.filter((each) => name.test(each.slice(folder.length))).sort())
    .slice(0, mostFiles);
  const values = new Map(readValues(text, file));
  for (const each of beside)
    for (const [key, value] of readValues(await disk.text(each), each)) values.set(key, value);
  return fillTerraformVariables(text, values);
}

/** Writes values where `var.x` and `local.x` stand, so that lines stay where they are. */
export function fillTerraformVariables(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\b(var|local)\.([A-Za-z_][\w-]{0,80})\b(?![.[(])/g, (whole, kind, name) => {
    const value = values.get(`${kind}.${name}`);
    return value === undefined ? whole : JSON.stringify(value);
  });
}

/** `var.name` and `local.name` with the texts they stand for; computed and secret ones have none. */
function readValues(text: string, file: string): [string, string][] {
  const found: [string, string][] = [];
  const add = (key: string, name: string, value: unknown): void => {
    if (typeof value !== 'string' || isSecretKey(name) || /["\\{}\n]/.test(value)) return;
    found.push([`${key}.${name}`, value]);
  };
  if (file.endsWith('.json')) {
    for (const [name, value] of Object.entries(toMapping(readJsonTree(text, file)?.value)))
      add('var', name, value);
    return found;
  }
  if (file.endsWith('.tfvars')) {
    for (const { key, value } of readDotenv(text)) add('var', key, value);
    return found;
  }
  // Most files define none: they are parsed once, by who reads what is in them.
  if (!/^[ \t]*(?:variable[ \t"]|locals[ \t{])/m.test(text)) return found;
  try {
    for (const { type, labels, body } of parseHcl(text, file).blocks) {
      if (type === 'variable' && labels[0] !== undefined) add('var', labels[0], body['default']);
      if (type === 'locals')
        for (const [name, value] of Object.entries(body)) add('local', name, value);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return found;
}
