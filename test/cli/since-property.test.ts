import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import fc from '../fast-check.ts';
import { writeBelow } from '../files/repository.ts';
import { commitAll, git, hasGit } from '../files/run-git.ts';
import { captureOutput } from './capture-output.ts';
import { checkJson, openFolders, landscape as small, writeRepository } from './since-folder.ts';

const shown = captureOutput();
const newFolder = openFolders();

/** Without the rule that looks at the base itself: a full check of one side cannot know of it. */
const landscape = {
  ...small,
  'landscape.yaml': small['landscape.yaml'].replace('"off" }', '"off", uncoded-link: "off" }'),
};

const lines = [
  'curl -T /tmp/a sftp://finance.example/in\n',
  'curl -T /tmp/a https://crm.example/in\n',
  'curl -o /tmp/b http://finance.example/list\n',
  'curl -T /tmp/c https://unknown.example/x\n',
  'TOKEN=ghp_0123456789abcdefghij0123456789abcdef\n',
  '# landscape: link=L1\n',
  'echo done\n',
];
const rows = [
  'L2,warehouse,finance,sftp\n',
  'L3,finance,warehouse,http\n',
  'L4,crm,finance,https\n',
  'L5,warehouse,billing,https\n',
];
const names = ['a.sh', 'b.sh', 'deep/c.sh', 'deep/er/d.py', 'z.sh'];

/** One step of a person who works: on a script, or on the registry. */
const edit = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    name: fc.constantFrom(...names),
    text: fc.array(fc.constantFrom(...lines), { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('remove' as const), name: fc.constantFrom(...names) }),
  fc.record({
    kind: fc.constant('rename' as const),
    name: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
  }),
  fc.record({ kind: fc.constant('rows' as const), rows: fc.subarray(rows) }),
  fc.record({
    kind: fc.constant('rule' as const),
    severity: fc.constantFrom('off', 'warn', 'error'),
  }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** The files after some steps. A script that stays keeps the folder there. */
function apply(
  files: Readonly<Record<string, string>>,
  edits: readonly Edit[],
): Record<string, string> {
  const now = { ...files };
  for (const each of edits) {
    if (each.kind === 'rows') now['links.csv'] = landscape['links.csv'] + each.rows.join('');
    if (each.kind === 'rule')
      now['landscape.yaml'] = landscape['landscape.yaml'].replace('"off"', each.severity);
    if (each.kind === 'write') now[`scripts/${each.name}`] = each.text.join('');
    if (each.kind !== 'remove' && each.kind !== 'rename') continue;
    const text = now[`scripts/${each.name}`];
    delete now[`scripts/${each.name}`];
    if (each.kind === 'rename' && text !== undefined) now[`scripts/${each.to}`] = text;
  }
  return now;
}

async function checkOut(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const each of Object.keys(landscape))
    await rm(path.join(folder, each.split('/')[0] ?? ''), { recursive: true, force: true });
  await writeBelow(folder, files);
}

const steps = fc.array(edit, { minLength: 1, maxLength: 5 });

/** Every judgement, with what hangs on a finding. */
const listAll = (findings: readonly Finding[]): Finding[] =>
  findings.flatMap((each) => [each, ...(each.also ?? [])]);

const namesOf = (findings: readonly Finding[]): string[] =>
  findings.map(({ fingerprint }) => fingerprint).sort();

test.skipIf(!hasGit)(
  'the verdict is the difference of full scans of both checkouts',
  async () => {
    const seen = { new: 0, clean: 0 };
    await fc.assert(
      fc.asyncProperty(
        steps,
        steps,
        steps,
        fc.boolean(),
        async (before, ours, theirs, isCommitted) => {
          const [folder, other] = [await newFolder(), await newFolder()];
          const base = apply(landscape, before);
          await writeRepository(folder, base);
          await checkOut(folder, apply(base, ours));
          if (isCommitted) commitAll(folder);
          // What others do on main meanwhile is nobody's business here.
          git(folder, 'worktree', 'add', '-q', path.join(other, 'main'), 'main');
          await checkOut(path.join(other, 'main'), apply(base, theirs));
          commitAll(path.join(other, 'main'));

          const old = path.join(other, 'base');
          await writeBelow(old, base);
          const was = await checkJson(shown, old);
          const now = await checkJson(shown, folder);
          const since = await checkJson(shown, folder, '--since', 'main');
          const known = new Map(
            listAll(was.findings).map(({ fingerprint, figure }) => [fingerprint, figure ?? 0]),
          );
          // What has grown, such as how often a link is built, is new again.
          const isNew = ({ fingerprint, figure = 0 }: Finding): boolean =>
            !(figure <= (known.get(fingerprint) ?? -1));
          const expected = namesOf(listAll(now.findings).filter(isNew));
          expect(namesOf(listAll(since.findings))).toEqual(expected);
          const left = new Set(namesOf(listAll(now.findings)));
          expect(since.change?.mended).toHaveLength(
            [...known.keys()].filter((each) => !left.has(each)).length,
          );
          const isClean = !now.findings.some(
            (finding) => [finding, ...(finding.also ?? [])].filter(isNew)[0]?.severity === 'error',
          );
          expect(since.clean).toBe(isClean);
          seen[expected.length === 0 ? 'clean' : 'new']++;
        },
      ),
      { numRuns: 25 },
    );
    // A test that only ever saw one of the two would prove nothing.
    expect(Math.min(seen.clean, seen.new)).toBeGreaterThan(1);
  },
  180_000,
);
