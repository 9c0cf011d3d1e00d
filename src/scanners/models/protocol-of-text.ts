import { familyOfProtocol } from '../../vocabulary.ts';

/** Words that name a protocol in a field for it, and mean many other things in a sentence. */
const everyday = new Set(
  'api event file database messaging mail email e-mail sql csv mq edi oracle odata event'.split(
    ' ',
  ),
);

/** Products that a sentence names without meaning another thing: fewer than drivers and keys may name. */
const products: readonly (readonly [RegExp, string])[] = [
  [/\bpostgres(?:ql)?\b/i, 'postgresql'],
  [/\brabbit\s?mq\b/i, 'amqp'],
  [/\brest(?:ful)?\b/i, 'https'],
  [/\bweb\s?socket/i, 'wss'],
];

/**
 * The protocol that a text names, in lower case: `JSON/HTTPS` → `https`.
 * @param isField whether the text has nothing else to say; in a sentence only telling words count
 */
export function findProtocol(text: string | undefined, isField: boolean): string | undefined {
  if (text === undefined) return undefined;
  const whole = text.slice(0, 300).trim().toLowerCase();
  if (whole === '') return undefined;
  if (isField && familyOfProtocol(whole) !== 'other') return whole;
  const words = whole.match(/[\p{L}\p{N}][\p{L}\p{N}+.-]*(?:\/\d)?/gu) ?? [];
  const known = words
    .map((word) => word.replace(/[.-]+$/, ''))
    .filter((word) => familyOfProtocol(word) !== 'other');
  const telling = known.find((word) => !everyday.has(word));
  if (telling !== undefined) return telling;
  const product = products.find(([pattern]) => pattern.test(whole));
  if (product) return product[1];
  return isField ? known[0] : undefined;
}
