import { sortBy } from '../order.ts';
import { readEnvironment } from '../vocabulary/environment-words.ts';

/** A name or host without the word for its environment, and the environment that the word means. */
export interface EnvironmentSplit {
  readonly rest: string;
  readonly environment: string;
}

const longestName = 253;

/**
 * What a name may be with the word for its environment left out: `erp-test.example`,
 * `test-erp.example`, `erp.test.example` and `erp_test` are `erp.example` or `erp` in `test`. Only a
 * whole part between separators counts, so `latest` says nothing.
 * @param isName whether a word is the name of a system, and so says nothing of an environment
 */
export function splitEnvironment(
  name: string,
  isName: (word: string) => boolean,
): EnvironmentSplit[] {
  const text = name.trim();
  if (text.length > longestName || !/[._ -]/.test(text)) return [];
  const labels = text.split('.');
  return labels.flatMap((label, at) => {
    const whole = labels.length > 1 ? [{ word: label, left: '' }] : [];
    return [...whole, ...cutWords(label)].flatMap(({ word, left }) => {
      const environment = isName(word) ? undefined : readEnvironment(word.replace(/[_ ]/g, '-'));
      if (environment === undefined) return [];
      const rest = labels.toSpliced(at, 1, ...(left === '' ? [] : [left])).join('.');
      return [{ rest, environment }];
    });
  });
}

/** What a name without its word for an environment stands for. */
export interface EnvironmentHit extends EnvironmentSplit {
  readonly id: string;
}

/**
 * Finds what a name stands for with the word for its environment left out, or both words of
 * `erp-test.dev.example`. Readings that lead to two systems lead to none.
 * @param find the system of what is left
 */
export function findInEnvironment(
  name: string,
  isName: (word: string) => boolean,
  find: (rest: string) => string | undefined,
): EnvironmentHit | undefined {
  const once = splitEnvironment(name, isName);
  const twice = once.flatMap((split) =>
    splitEnvironment(split.rest, isName).map(({ rest, environment }) => ({
      rest,
      environment: split.environment === 'prod' ? environment : split.environment,
    })),
  );
  for (const splits of [once, twice]) {
    const hits = splits.flatMap((split) => {
      const id = find(split.rest);
      return id === undefined ? [] : [{ ...split, id }];
    });
    const [first] = sortBy(
      hits,
      ({ environment }) => (environment === 'prod' ? 1 : 0),
      ({ environment }) => environment,
      ({ rest }) => rest,
    );
    if (first) return hits.every(({ id }) => id === first.id) ? first : undefined;
  }
  return undefined;
}

/** The first and last words of a label, alone and two by two (`pre-prod`), and what is left of it. */
function cutWords(label: string): { word: string; left: string }[] {
  const parts = label.split(/[_ -]/);
  return [1, 2].flatMap((count) => {
    if (parts.length <= count || parts.includes('')) return [];
    const head = parts.slice(0, count).join('-').length;
    const tail = parts.slice(-count).join('-').length;
    return [
      { word: label.slice(0, head), left: label.slice(head + 1) },
      { word: label.slice(-tail), left: label.slice(0, -tail - 1) },
    ];
  });
}
