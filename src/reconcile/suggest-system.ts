import { nearest } from '../errors.ts';
import { groupBy } from '../order.ts';

/** A system that an inventory of the folder describes. */
export interface KnownSystem {
  readonly id: string;
  readonly kind: string;
  readonly names: readonly string[];
  readonly hosts: readonly string[];
}

/** Finds the system that a word of another source means. */
export interface SystemNames {
  /** By the whole name, separators and case aside. */
  whole(text: string): string | undefined;
  /** By a part of it: `svc-wms` holds `wms`. Undefined where the parts fit several systems. */
  within(text: string): string | undefined;
  /** The system with a word in its name that is nearly this one: for a person to judge. */
  near(text: string): string | undefined;
  /** The host that a path or a file is called after, in full: `cron.d/etl01-nightly` → `etl01.example.org`. */
  hostIn(path: string): string | undefined;
}

/** Words that say what something is, and never whose. */
const filler = new Set(
  'svc service services app application client api job jobs cron crontab user sys system prod production prd server host gateway proxy data batch script scripts integration sync'.split(
    ' ',
  ),
);

/** Builds the index of all names. A name that two systems claim stands for none. */
export function indexSystems(systems: readonly KnownSystem[]): SystemNames {
  const claims = groupBy(
    systems.flatMap(({ id, names }) => [id, ...names].map((name) => ({ name: fold(name), id }))),
    ({ name }) => name,
  );
  const byName = new Map(
    [...claims].flatMap(([name, all]) => {
      const ids = new Set(all.map(({ id }) => id));
      return name !== '' && ids.size === 1 ? [[name, all[0]?.id ?? ''] as const] : [];
    }),
  );
  const ids = new Set(systems.map(({ id }) => fold(id)));
  for (const id of systems.map((system) => system.id))
    if (ids.has(fold(id))) byName.set(fold(id), id);
  const labels = groupBy(
    systems.flatMap(({ hosts }) =>
      hosts
        .filter((host) => /^[a-z][\w-]*(?:\.[\w-]+)*$/i.test(host))
        .map((host) => ({ host, label: (host.split('.')[0] ?? host).toLowerCase() })),
    ),
    ({ label }) => label,
  );
  const hostOf = (word: string): string | undefined => {
    const hosts = new Set((labels.get(word.toLowerCase()) ?? []).map(({ host }) => host));
    return hosts.size === 1 ? [...hosts][0] : undefined;
  };
  const wordsOf = new Map<string, Set<string>>();
  for (const [name, id] of byName)
    for (const word of [name, ...name.split('-')])
      if (!filler.has(word)) wordsOf.set(word, (wordsOf.get(word) ?? new Set()).add(id));
  const whole = (text: string): string | undefined => byName.get(fold(text));
  return {
    whole,
    within(text) {
      const words = fold(text).split('-');
      const found = new Set<string>();
      for (let from = 0; from < words.length; from++)
        for (let to = words.length; to > from; to--) {
          const part = words.slice(from, to);
          if (part.every((word) => filler.has(word))) continue;
          const id = byName.get(part.join('-'));
          if (id === undefined) continue;
          found.add(id);
          from = to - 1;
          break;
        }
      return found.size === 1 ? [...found][0] : undefined;
    },
    near(text) {
      const word = fold(text);
      const close = nearest(word, [...wordsOf.keys()]);
      const found = word.length < 4 || close === undefined ? undefined : wordsOf.get(close);
      return found?.size === 1 ? [...found][0] : undefined;
    },
    hostIn(path) {
      for (const segment of path.split('/').reverse()) {
        const words = segment.split(/[-_.]/);
        for (let length = words.length; length > 0; length--) {
          const found = hostOf(words.slice(0, length).join('-'));
          if (found !== undefined) return found;
        }
      }
      return undefined;
    },
  };
}

function fold(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
