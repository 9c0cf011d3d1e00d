import ignore from 'ignore';

/** Who answers for a path: a team, else a person. */
export interface CodeOwner {
  readonly team?: string;
  readonly person?: string;
}

/** Whether a file is where GitHub and GitLab look for owners. */
export function isCodeOwners(file: string): boolean {
  return /^(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/.test(file);
}

/**
 * Reads a CODEOWNERS file. The last rule that matches a path counts, as on GitHub; sections of
 * GitLab are read as one list.
 */
export function readCodeOwners(text: string): (path: string) => CodeOwner | undefined {
  const rules = text.split('\n').flatMap((line) => {
    const [pattern = '', ...owners] = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    if (pattern === '' || /^\^?\[/.test(pattern)) return [];
    return [{ matches: ignore().add(pattern), owner: toOwner(owners) }];
  });
  rules.reverse();
  return (path) => rules.find(({ matches }) => matches.ignores(path))?.owner;
}

/** `@acme/orders` is a team; `@ada` and an address are people. */
function toOwner(owners: readonly string[]): CodeOwner | undefined {
  const team = owners.find((owner) => /^@[^/]+\/.+/.test(owner));
  if (team !== undefined) return { team: team.slice(team.indexOf('/') + 1) };
  const [person] = owners;
  return person === undefined ? undefined : { person };
}
