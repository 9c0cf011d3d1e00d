import type { ScanContext } from '../../scanner.ts';
import { readOpenText } from '../program/open-text.ts';
import { readDotenv } from './read-key-lines.ts';

/** The files that may give a Compose file's variables their values, the best first. */
const files = ['.env', '.env.example', '.env.sample', '.env.dist', '.env.template'];

/** A Compose file with the variables that the file beside it gives; any other text as it is. */
export async function withVariables(
  text: string,
  file: string,
  { paths, files: disk }: Pick<ScanContext, 'paths' | 'files'>,
): Promise<string> {
  const folder = /^(.*\/|)(?:docker-)?(?:compose|stack)[^/]*\.ya?ml$/i.exec(file)?.[1];
  if (folder === undefined || !text.includes('$')) return text;
  const beside = files.map((name) => `${folder}${name}`).find((each) => paths.includes(each));
  return beside === undefined ? text : fillVariables(text, await disk.text(beside));
}

/**
 * Fills the variables of a Compose file in what says which image a service runs, from which folder
 * it is built, how it is called and where it listens. Its environment is followed elsewhere.
 */
export function fillVariables(text: string, dotenv: string): string {
  const values = new Map(
    readDotenv(dotenv)
      .filter(({ value }) => value !== '***' && readOpenText(value).length <= 1)
      .map(({ key, value }) => [key, value] as const),
  );
  if (values.size === 0) return text;
  return text.replace(
    /^([ \t]{1,80}(?:(?:image|build|context|dockerfile|container_name|hostname)[ \t]{0,9}:|-(?=[ \t]{0,9}["']?[\d:]{0,20}\$\{\w{1,100}\}))[ \t]{0,9})([^\r\n]{0,2000}\$[^\r\n]{0,2000})$/gm,
    (_, head: string, rest: string) =>
      head +
      rest.replace(
        /\$\{([A-Za-z_]\w{0,100})(?::?[-?][^{}]{0,200})?\}|\$([A-Za-z_]\w{0,100})/g,
        (whole, braced?: string, bare?: string) => values.get(braced ?? bare ?? '') ?? whole,
      ),
  );
}
