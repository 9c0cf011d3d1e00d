import { createHash } from 'node:crypto';

const start = 'api-key sha256:';

/** What stands for an API key in every output, and may stand for it under `callers:`. */
export function digestOfKey(key: string): string {
  return labelOfDigest(createHash('sha256').update(key).digest('hex'));
}

/** The same of a digest that was made elsewhere. @param digest SHA-256 in lower case hexadecimal */
export function labelOfDigest(digest: string): string {
  return `${start}${digest.slice(0, 12)}`;
}

/** Whether a text could stand for an API key. */
export function isDigestOfKey(text: string): boolean {
  return text.startsWith(start);
}
