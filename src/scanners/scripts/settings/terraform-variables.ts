import { InputError } from '../../../errors.ts';
import type { ScanContext } from '../../scanner.ts';
import { parseHcl } from './hcl.ts';
import { readDotenv } from './read-key-lines.ts';
import { isSecretKey } from './secret-keys.ts';

/** The files of a module that give variables and locals their values, the best last. */
const files = ['main.tf', 'locals.tf', 'variables.tf', 'terraform.tfvars'];

/** A Terraform file with what the files beside it say of variables and locals; any other text as it is. */
export async function withTerraformVariables(
  text: string,
  file: string,
  { paths, files: disk }: Pick<ScanContext, 'paths' | 'files'>,
): Promise<string> {
  const folder = /^(.*\/|)[^/]*\.tf$/i.exec(file)?.[1];
  if (folder === undefined || !/\b(?:var|local)\./.test(text)) return text;
  const beside = files
    .map((name) => `${folder}${name}`)
    .filter((each) => each !== file && paths.includes(each));
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
  if (file.endsWith('.tfvars')) {
    for (const { key, value } of readDotenv(text)) add('var', key, value);
    return found;
  }
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
