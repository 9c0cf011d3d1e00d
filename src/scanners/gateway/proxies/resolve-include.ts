import { toLinearPattern } from './linear-pattern.ts';

const mostSegments = 30;

/**
 * The files that an `include` names, among those at hand, sorted. Configurations are seldom read
 * where they run: `/etc/nginx/conf.d/*.conf` is also `ops/nginx/conf.d/shop.conf`, by the longest
 * end of the written path that any file has. A bare name is looked for beside the file only.
 * @param from the file that includes
 */
export function resolveInclude(
  written: string,
  from: string,
  files: readonly string[],
): readonly string[] {
  const segments = toSegments(written);
  const folder = from.split('/').slice(0, -1);
  const candidates = files.filter((file) => file !== from).map((file) => file.split('/'));
  for (let start = 0; start < segments.length && start < mostSegments; start++) {
    const rest = segments.slice(start).map(toSegmentTest);
    const found = candidates.filter(
      (file) =>
        file.length >= rest.length &&
        rest.every((fits, index) => fits(file[file.length - rest.length + index] ?? '')) &&
        (rest.length > 1 || file.slice(0, -1).join('/') === folder.join('/')),
    );
    if (found.length > 0) return found.map((file) => file.join('/')).sort();
  }
  return [];
}

function toSegments(written: string): string[] {
  const segments: string[] = [];
  for (const segment of written.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments;
}

function toSegmentTest(segment: string): (text: string) => boolean {
  if (!/[*?[]/.test(segment)) return (text) => text === segment;
  const pattern = segment
    .replace(/[\\^$.|(){}+]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return toLinearPattern(pattern, { anchoring: 'whole' }) ?? (() => false);
}
