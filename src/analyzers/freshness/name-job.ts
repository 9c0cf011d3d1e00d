/** Last words of names that people would say as they are: "the stock export". */
const nouns = new Set(
  'backup batch copy delivery download dump export extract extraction feed forecast import integration interface loader migration notification publication refresh replication report reports snapshot sync synchronisation synchronization transfer update upload'.split(
    ' ',
  ),
);

/**
 * What people would call a job, from the file name of its script: `scripts/stock_export.sh` is the
 * "stock export", `load_lots.py` the "load lots" job. Undefined where the id is no path of a file
 * with words in its name.
 */
export function nameJob(id: string): string | undefined {
  if (/[\s:*?"'|&;<>]/.test(id) || id.length > 200) return undefined;
  const file = id.split(/[\\/]/).at(-1) ?? '';
  const words = file
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()));
  if (words.length === 0 || words.length > 6 || !words.some((word) => /\p{L}{3}/u.test(word)))
    return undefined;
  const name = words.join(' ');
  return nouns.has(words.at(-1) ?? '') ? name : `"${name}" job`;
}
