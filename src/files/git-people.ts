/** A name and e-mail address as a commit or a `.mailmap` writes them. */
export interface Signature {
  readonly name: string;
  readonly mail: string;
}

/** Programs that commit, beside those that end in `[bot]`. */
const programs = new Set([
  'allcontributors',
  'azure pipelines',
  'circleci',
  'dependabot',
  'dependabot-preview',
  'depfu',
  'github actions',
  'github-actions',
  'gitlab ci',
  'gitlab-ci',
  'greenkeeper',
  'greenkeeperio-bot',
  'imgbot',
  'jenkins',
  'mergify',
  'pre-commit-ci',
  'pyup-bot',
  'renovate',
  'renovate bot',
  'semantic-release-bot',
  'snyk-bot',
  'travis ci',
  'weblate',
]);

/** Names and mailboxes that many people share, because nobody set a name of their own. */
const shared = new Set([
  '',
  'admin',
  'administrator',
  'ec2-user',
  'git',
  'no-reply',
  'nobody',
  'none',
  'noreply',
  'root',
  'ubuntu',
  'unknown',
  'user',
  'vagrant',
  'your name',
  'you',
]);

/** Whether a program made the commit. */
export function isBot({ name, mail }: Signature): boolean {
  const folded = fold(name);
  const box = mail.replace(/@.*$/, '');
  return folded.endsWith('[bot]') || box.toLowerCase().endsWith('[bot]') || programs.has(folded);
}

/**
 * Reads a `.mailmap`: the name and address of a commit become the proper ones.
 * The form is that of https://git-scm.com/docs/gitmailmap.
 */
export function readMailmap(text: string): (signature: Signature) => Signature {
  const proper = new Map<string, Partial<Signature>>();
  for (const line of text.split('\n')) {
    const match = /^([^<>]*)<([^<>]*)>([^<>]*)(?:<([^<>]*)>)?/.exec(line);
    if (!match || line.startsWith('#')) continue;
    const [, first = '', mail = '', second = '', commitMail] = match;
    const name = first.trim() === '' ? {} : { name: first.trim() };
    const key = commitMail === undefined ? keyOf(mail) : keyOf(commitMail, second);
    const properMail = commitMail === undefined ? {} : { mail: mail.trim() };
    proper.set(key, { ...proper.get(key), ...name, ...properMail });
  }
  return ({ name, mail }) => {
    const found = proper.get(keyOf(mail, name)) ?? proper.get(keyOf(mail));
    return { name: found?.name ?? name, mail: found?.mail ?? mail };
  };
}

function keyOf(mail: string, name = ''): string {
  return `${fold(mail)}\u0000${fold(name)}`;
}

/** Tells people apart: two signatures with the same name or the same address are one person. */
export interface People {
  add(signature: Signature): number;
  /** The number that stands for all signatures of a person, once all have been added. */
  personOf(index: number): number;
  nameOf(index: number): string;
}

/** Opens an empty list of people. */
export function openPeople(): People {
  const parents: number[] = [];
  const names: string[] = [];
  const known = new Map<string, number>();
  const personOf = (index: number): number => {
    let person = index;
    while (parents[person] !== person) {
      const next = parents[person] ?? person;
      parents[person] = parents[next] ?? next;
      person = next;
    }
    return person;
  };
  return {
    personOf,
    nameOf: (index) => names[index] ?? '',
    add({ name, mail }) {
      const exact = `=${name}\u0000${mail}`;
      const before = known.get(exact);
      if (before !== undefined) return before;
      const index = names.push(toShownName(name, mail)) - 1;
      parents.push(index);
      known.set(exact, index);
      const box = fold(mail.replace(/@.*$/, ''));
      const keys = [
        ...(shared.has(fold(name)) ? [] : [`name ${fold(name)}`]),
        ...(shared.has(box) || !mail.includes('@') ? [] : [`mail ${fold(mail)}`]),
      ];
      for (const key of keys) {
        const other = known.get(key);
        if (other === undefined) known.set(key, index);
        else parents[personOf(index)] = personOf(other);
      }
      return index;
    },
  };
}

/** A name without the domain of an e-mail address. */
function toShownName(name: string, mail: string): string {
  const shown = (name.trim() || mail).replace(/@[^\s]*/g, '');
  return shown
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
}

function fold(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
