import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rules } from '../../../src/checks/index.ts';
import { toVerdict } from '../../../src/finding/verdict.ts';
import type { Finding } from '../../../src/finding.ts';
import { renderAzure } from '../../../src/renderers/checks/azure.ts';
import { type Checked, placeFinding } from '../../../src/renderers/checks/checked.ts';
import { drawFindings } from '../../../src/renderers/checks/findings-mermaid.ts';
import { checkFormats } from '../../../src/renderers/checks/formats.ts';
import { renderGithub } from '../../../src/renderers/checks/github.ts';
import { renderGitlab } from '../../../src/renderers/checks/gitlab.ts';
import { renderJunit } from '../../../src/renderers/checks/junit.ts';
import { renderCheckMarkdown } from '../../../src/renderers/checks/markdown.ts';
import { renderSarif, tellOmitted } from '../../../src/renderers/checks/sarif.ts';
import { renderTeamcity } from '../../../src/renderers/checks/teamcity.ts';
import { tellFinding } from '../../../src/renderers/checks/words.ts';
import { drawInventory } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { hostileFindings, hostileText, loan, makeFinding, openChecked } from './checked-audit.ts';
import { type Element, readAzure, readGithub, readTeamcity, readXml } from './readers.ts';
import { sarifSchema } from './sarif-schema.ts';

let toChecked: Awaited<ReturnType<typeof openChecked>>;
beforeAll(async () => {
  toChecked = await openChecked();
});

/** What a check of any findings must hold. */
function forAll(check: (checked: Checked, findings: readonly Finding[]) => void): void {
  fc.assert(
    fc.property(hostileFindings, fc.constantFrom('error', 'warn'), (findings, failOn) => {
      check(toChecked(findings, { failOn }), findings);
    }),
    { numRuns: 200 },
  );
}

const isOpen = ({ accepted }: Finding): boolean => !accepted;
const say = (checked: Checked, finding: Finding): string =>
  tellFinding(checked, finding).join('\n');
const levels = { error: 'error', warn: 'warning', info: 'notice' } as const;

describe('what was written is what is read', () => {
  test('GitHub: one annotation for each open finding', () => {
    forAll((checked, findings) => {
      const read = readGithub(renderGithub(checked));
      const expected = findings.filter(isOpen).map((finding) => {
        const { file, line, column } = placeFinding(checked, finding.evidence);
        return {
          name: levels[finding.severity],
          values: { file, line: String(line), col: String(column), title: finding.rule },
          data: say(checked, finding),
        };
      });
      expect(new Set(read.map((one) => JSON.stringify(one)))).toEqual(
        new Set(expected.map((one) => JSON.stringify(one))),
      );
      expect(read).toHaveLength(expected.length);
    });
  });

  test('Azure: one issue for each error and warning', () => {
    forAll((checked, findings) => {
      const expected = findings
        .filter(isOpen)
        .filter(({ severity }) => severity !== 'info')
        .map((finding) => {
          const { file, line, column } = placeFinding(checked, finding.evidence);
          return {
            name: 'task.logissue',
            values: {
              type: levels[finding.severity],
              sourcepath: file,
              linenumber: String(line),
              columnnumber: String(column),
              code: finding.rule,
            },
            data: say(checked, finding),
          };
        });
      expect(readAzure(renderAzure(checked))).toEqual(expected);
    });
  });

  test('TeamCity: types before inspections, and a problem where it fails', () => {
    forAll((checked, findings) => {
      const read = readTeamcity(renderTeamcity(checked));
      const open = findings.filter(isOpen);
      const inspections = read.filter(({ name }) => name === 'inspection');
      expect(inspections.map(({ values }) => values)).toEqual(
        open.map((finding) => {
          const { file, line } = placeFinding(checked, finding.evidence);
          return {
            typeId: finding.rule,
            message: say(checked, finding).slice(0, 4000),
            file: file.length > 4000 ? expect.stringMatching(/…$/) : file,
            line: String(line),
            SEVERITY: { error: 'ERROR', warn: 'WARNING', info: 'INFO' }[finding.severity],
          };
        }),
      );
      const types = read.filter(({ name }) => name === 'inspectionType');
      expect(new Set(types.map(({ values }) => values['id']))).toEqual(
        new Set(open.map(({ rule }) => rule)),
      );
      expect(read.filter(({ name }) => name === 'buildProblem')).toHaveLength(
        checked.verdict.isClean ? 0 : 1,
      );
    });
  });

  test('JUnit: a case for each finding, red exactly where the check is', () => {
    forAll((checked, findings) => {
      const root = readXml(renderJunit(checked));
      const suites = root.children;
      const cases = suites.flatMap(({ children }) => children);
      expect(cases).toHaveLength(findings.length + 1);
      const failed = cases.filter(({ children }) => children[0]?.name === 'failure');
      expect(failed.length > 0).toBe(!checked.verdict.isClean);
      expect(failed).toHaveLength(checked.verdict.isClean ? 0 : checked.verdict.failing);
      expect(root.attributes['failures']).toBe(String(failed.length));
      for (const suite of suites)
        expect(suite.attributes['tests']).toBe(String(suite.children.length));
      const legal = (text: string): string =>
        text.replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd');
      const texts = failed.map(({ children: [inner] }) => (inner as Element).text);
      for (const finding of findings.filter((one) => isOpen(one) && one.severity === 'error'))
        expect(texts.some((text) => text.startsWith(legal(say(checked, finding))))).toBe(true);
    });
  });

  test('GitLab: what is open, in its form', () => {
    const issue = z.strictObject({
      description: z.string().min(1),
      check_name: z.string(),
      fingerprint: z.string().min(1),
      severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
      location: z.strictObject({
        path: z.string().regex(/^(?!\.{0,2}\/)/),
        lines: z.strictObject({ begin: z.int().min(1) }),
      }),
    });
    forAll((checked, findings) => {
      const read = z.array(issue).parse(JSON.parse(renderGitlab(checked)));
      expect(read.map(({ fingerprint }) => fingerprint)).toEqual(
        findings.filter(isOpen).map(({ fingerprint }) => fingerprint),
      );
    });
  });

  test('SARIF: every finding, each place a reference inside of the repository', () => {
    forAll((checked, findings) => {
      const [run] = sarifSchema.parse(JSON.parse(renderSarif(checked))).runs;
      expect(run.results).toHaveLength(findings.length);
      for (const [index, result] of run.results.entries()) {
        const finding = findings[index] as Finding;
        const [{ physicalLocation }] = result.locations;
        const { file, line } = placeFinding(checked, finding.evidence);
        const { uri } = physicalLocation.artifactLocation;
        expect(decodeURIComponent(uri)).toBe(file.replace(/\p{Surrogate}/gu, '\ufffd'));
        const root = 'https://host.example/root/';
        expect(new URL(uri, root).href.startsWith(root)).toBe(true);
        expect(physicalLocation.region.startLine).toBe(line);
        expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
        expect(result.suppressions !== undefined).toBe(!isOpen(finding));
        expect(result.partialFingerprints.primaryLocationLineHash).toBe(finding.fingerprint);
      }
    });
  });

  test('Markdown: a row for each finding, no tag, no fence and no call of its own', () => {
    forAll((checked, findings) => {
      const text = renderCheckMarkdown(checked);
      expect(text.length).toBeLessThan(65_536);
      const outside = text.replace(/^```mermaid\n[\s\S]*?^```$/gm, '');
      expect(outside).not.toContain('```');
      const tags = outside.match(/<[^>]*>/g) ?? [];
      const own = /^<(?:br|\/?details|\/?summary|!-- landscape-check [\p{L}\p{N}-]+ --)>$/u;
      for (const tag of tags) expect(tag).toMatch(own);
      expect(outside.replaceAll('@&#8203;', '')).not.toContain('@');
      const rows = outside.split('\n').filter((line) => /^\| (?:error|warning|note) \|/.test(line));
      expect(rows).toHaveLength(findings.length);
      for (const row of rows) expect(row.replace(/\\./g, '').split('|')).toHaveLength(6);
    });
  });
});

describe('what a pipeline shows gives it no orders', () => {
  test.each(['text', 'json', 'sarif', 'gitlab', 'junit', 'markdown'])('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(hostileFindings, async (findings) => {
        const text = (await checkFormats[name]?.render(toChecked(findings))) ?? '';
        expect(text).not.toBe('');
        for (const line of text.split('\n')) {
          expect(line).not.toMatch(/##(?:\[|vso\[|teamcity\[)/i);
          expect(line.trimStart().startsWith('::')).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('json is the same value as before', () => {
    const value = makeFinding({ message: 'a ##vso[x] ### \\## b' });
    const text = checkFormats['json']?.render(toChecked([value])) as string;
    expect(JSON.parse(text).findings).toEqual([value]);
  });
});

test('Mermaid: no name of a system or protocol is more than a label', () => {
  const { audit } = toChecked([]);
  const [link] = audit.links;
  if (!link) throw new Error('no link');
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (name, id, protocol) => {
      const systems = audit.systems.map((system) => ({ ...system, name, id: id + system.id }));
      const links = [{ ...link, from: id + link.from, to: id + link.to, protocol }];
      const subjects = [makeFinding({ subject: link.key })];
      const lines = drawFindings({ systems, links }, subjects).text.trimEnd().split('\n');
      const label = `"(?:[\\p{L}\\p{N} .,:·…/()+–—→-]|#\\d+;)+"`;
      const forms = [
        '^---$',
        '^title: "1 link with an error"$',
        '^---$',
        '^flowchart LR$',
        `^ {2}s0\\[${label}\\]$`,
        `^ {2}s1\\[${label}\\]$`,
        `^ {2}s\\d (?:== ${label} )?==> s\\d$`,
        '^ {2}linkStyle 0 stroke:#d55e00,stroke-width:3px$',
        ...Array.from({ length: 2 }, () => '^ {2}class(?:Def)? [ \\w,.:;#-]+$'),
      ];
      expect(lines).toHaveLength(forms.length);
      for (const [index, form] of forms.entries())
        expect(lines[index]).toMatch(new RegExp(form, 'u'));
    }),
  );
});

describe('limits are told', () => {
  const many = (count: number, changes: Partial<Finding> = {}): Finding[] =>
    Array.from({ length: count }, (_none, index) =>
      makeFinding({ ...changes, fingerprint: String(index).padStart(16, '0') }),
    );

  test('GitHub takes ten annotations of each level', () => {
    const checked = toChecked([...many(12), ...many(3, { severity: 'warn' })]);
    const text = renderGithub(checked);
    expect(readGithub(text).map(({ name }) => name)).toEqual([
      ...Array<string>(10).fill('error'),
      ...Array<string>(3).fill('warning'),
    ]);
    expect(text).toContain('2 findings more');
  });

  test('code scanning takes 5,000 results', () => {
    const checked = toChecked(many(5_003));
    const [run] = sarifSchema.parse(JSON.parse(renderSarif(checked))).runs;
    expect(run.results).toHaveLength(5_000);
    expect(run.invocations[0].toolExecutionNotifications?.[0]?.message.text).toContain(
      '3 findings',
    );
    expect(tellOmitted(checked)).toContain('3 findings');
    expect(tellOmitted(toChecked(many(5_000)))).toBeUndefined();
  });

  test('a comment has its size, and says how many rows are missing', () => {
    const long = { message: '<b>|'.repeat(2_000) };
    const text = renderCheckMarkdown(
      toChecked([
        ...many(300, long),
        ...many(300, { ...long, severity: 'info' }),
        ...many(300, { ...long, accepted: loan }),
      ]),
    );
    expect(text.length).toBeLessThan(65_536);
    const rows = text.split('\n').filter((line) => /^\| (?:error|note) \|/.test(line)).length;
    const missing = [...text.matchAll(/^And (\d+) more/gm)].map(([, count]) => Number(count));
    expect(missing).toHaveLength(3);
    expect(rows + missing.reduce((sum, count) => sum + count, 0)).toBe(900);
  });

  test('the diagram has 25 links, those of errors first', async () => {
    const all = await openChecked(
      drawInventory(Array.from({ length: 40 }, (_none, at) => `a${at} -> b${at}`).join(';')),
    );
    const { links } = all([]).audit;
    const findings = links.map(({ key }, index) =>
      makeFinding({ subject: key, severity: index < 2 ? 'error' : 'warn' }),
    );
    const text = renderCheckMarkdown(all(findings));
    expect(text.match(/ s\d+ (?:==|--) "/g)).toHaveLength(25);
    // The last one is that of the legend.
    expect(text).toContain('linkStyle 0,1,25 ');
    expect(text).toContain('title: "2 links with an error, 38 with a warning"');
    expect(text).toContain('15 links left out');
    expect(renderCheckMarkdown(all([makeFinding({ subject: 'a0' })]))).not.toContain('mermaid');
  });
});

describe('what a format says of a finding', () => {
  const also = makeFinding({
    rule: 'no-safeguard',
    severity: 'warn',
    message: 'nobody is told when it fails.',
    evidence: [{ file: 'cron.d/etl', line: 2, column: 1 }],
  });

  test('SARIF: other judgements and places are related, with levels and pages', () => {
    const finding = makeFinding({
      severity: 'warn',
      also: [also],
      evidence: [
        { file: 'scripts/100% #1.sh', line: 14, column: 3 },
        { file: '../lib/send.sh', line: 7, column: 1 },
      ],
    });
    const homepage = 'https://host.example/o/landscape';
    const [run] = sarifSchema.parse(
      JSON.parse(renderSarif(toChecked([finding], { homepage, below: 'ops/x' }))),
    ).runs;
    const [result] = run.results;
    expect(result).toMatchObject({
      ruleId: 'unregistered-link',
      level: 'warning',
      properties: { also: ['no-safeguard'] },
    });
    expect(result?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'ops/x/scripts/100%25%20%231.sh', uriBaseId: '%SRCROOT%' },
      region: { startLine: 14, startColumn: 3 },
    });
    expect(
      result?.relatedLocations?.map(({ physicalLocation: { artifactLocation }, message }) => [
        artifactLocation.uri,
        message.text,
      ]),
    ).toEqual([
      ['ops/lib/send.sh', 'also shown here'],
      ['ops/x/cron.d/etl', 'no-safeguard: nobody is told when it fails.'],
    ]);
    expect(run.tool.driver).toMatchObject({ version: '1.2.3', informationUri: homepage });
    expect(run.tool.driver.rules.map(({ helpUri }) => helpUri)).toEqual([
      `${homepage}/blob/main/docs/rules/no-safeguard.md`,
      `${homepage}/blob/main/docs/rules/unregistered-link.md`,
    ]);
  });

  test('SARIF: an accepted finding is suppressed, with who accepts it and why', () => {
    const [run] = sarifSchema.parse(
      JSON.parse(renderSarif(toChecked([makeFinding({ accepted: loan })]))),
    ).runs;
    expect(run.results[0]?.suppressions?.[0]?.justification).toBe(
      'accepted 32 days ago by Lager until 2026-12-31: found at the start',
    );
    expect(run.tool.driver.rules[0]?.helpUri).toBeUndefined();
  });

  test('a loan is told, whether it holds or is over', () => {
    const say = (changes: Partial<Finding>): string[] =>
      tellFinding(toChecked([]), makeFinding(changes));
    expect(say({ accepted: loan })[1]).toBe(
      'Accepted 32 days ago by Lager until 2026-12-31: found at the start.',
    );
    expect(say({ lapsed: { ...loan, expires: '2026-11-01' } })[1]).toBe(
      'It was accepted by Lager until 2026-11-01, which is over: found at the start.',
    );
  });

  test('every rule has its words', () => {
    const findings = rules.map(({ name }) => makeFinding({ rule: name }));
    const [run] = sarifSchema.parse(JSON.parse(renderSarif(toChecked(findings)))).runs;
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(rules.map(({ name }) => name).sort());
    for (const { id, shortDescription } of run.tool.driver.rules)
      expect(shortDescription.text, id).not.toBe(id);
  });

  test.each([
    ['one of another repository', [{ file: 'etl/x.sh', line: 4, column: 1, repository: 'r' }]],
    ['one outside of the checkout', [{ file: '../../x.sh', line: 4, column: 1 }]],
    ['standard input', [{ file: '-', line: 4, column: 1 }]],
    ['an absolute path', [{ file: '/etc/cron.d/x', line: 4, column: 1 }]],
    ['no place', []],
  ])('%s is shown at the configuration, and told', (_what, evidence) => {
    const [annotation] = readGithub(renderGithub(toChecked([makeFinding({ evidence })])));
    expect(annotation?.values).toMatchObject({ file: 'ops/landscape.yaml', line: '1' });
    if (evidence[0]) expect(annotation?.data).toContain(`At ${evidence[0].file}:4:1.`);
  });

  test('JUnit: what is within the number allowed is skipped, warnings only pass', () => {
    const findings = [
      makeFinding(),
      makeFinding({ severity: 'warn' }),
      makeFinding({ accepted: loan }),
    ];
    const outcomes = (changes: Partial<Checked>): (string | undefined)[] =>
      readXml(renderJunit(toChecked(findings, changes)))
        .children.slice(1)
        .flatMap(({ children }) => children.map(({ children: [inner] }) => inner?.name));
    expect(outcomes({})).toEqual(['failure', 'system-out', 'skipped']);
    expect(outcomes({ failOn: 'warn' })).toEqual(['failure', 'failure', 'skipped']);
    expect(outcomes({ verdict: toVerdict(findings, 'error', 1) })).toEqual([
      'skipped',
      'system-out',
      'skipped',
    ]);
  });

  test('a clean check says so in every format', async () => {
    for (const [name, { render }] of Object.entries(checkFormats)) {
      const text = await render(toChecked([]));
      expect(text.endsWith('\n'), name).toBe(true);
      if (name !== 'sarif' && name !== 'gitlab' && name !== 'json')
        expect(text, name).toContain('Passed: no error');
    }
  });
});
