/** A name without case, blanks and separators, so that `Ware House`, `ware-house` are one. */
export function foldName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_./-]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The id of a system that a source names without giving an id. */
export function toSystemId(name: string): string {
  const trimmed = name.trim();
  if (/^[\w.-]{1,80}$/.test(trimmed)) return trimmed;
  const slug = trimmed
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
  return slug === '' ? 'unnamed' : slug;
}

/** Whether a path or topic that is written and one that is read can be the same; `*` is unknown. */
export function patternsMeet(written: string, read: string): boolean {
  const left = normalise(written);
  const right = normalise(read);
  if (left === right) return true;
  if (read.endsWith('/') && left.startsWith(`${right}/`)) return true;
  if (written.endsWith('/') && right.startsWith(`${left}/`)) return true;
  if (!left.includes('*') && !right.includes('*')) return false;
  const [leftHead, leftTail] = [head(left), tail(left)];
  const [rightHead, rightTail] = [head(right), tail(right)];
  // Two patterns that agree on nothing but `*` say nothing.
  if (leftHead.length + leftTail.length === 0 || rightHead.length + rightTail.length === 0)
    return false;
  const headsMeet = leftHead.startsWith(rightHead) || rightHead.startsWith(leftHead);
  const tailsMeet = leftTail.endsWith(rightTail) || rightTail.endsWith(leftTail);
  return headsMeet && tailsMeet;
}

function normalise(path: string): string {
  return path
    .trim()
    .replace(/^\.?\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\*+/g, '*');
}

function head(pattern: string): string {
  return pattern.includes('*') ? pattern.slice(0, pattern.indexOf('*')) : pattern;
}

function tail(pattern: string): string {
  return pattern.includes('*') ? pattern.slice(pattern.lastIndexOf('*') + 1) : pattern;
}
