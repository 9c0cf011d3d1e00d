import { describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';

const yaml = `sources:
  - inventory: s.csv
  - inventory: l.csv
  - scripts: bin
    system: wms
`;
const sound = {
  'landscape.yaml': yaml,
  's.csv': 'id,hosts,team\nerp,erp.example,A\nwms,,A\n',
  'l.csv': 'id,from,to,protocol\n',
  'bin/x.sh': 'curl -T x https://erp.example/in\n',
};

const gate = (files: Record<string, string>): Promise<Audit> =>
  auditFiles({ ...sound, ...files }, { strict: true });

const open = ({ findings }: Audit): string[] =>
  listJudgements(findings)
    .filter(({ severity, accepted }) => severity === 'error' && !accepted)
    .map(({ rule, subject }) => `${rule} ${subject}`);

describe('a check that cannot know is refused, and not green', () => {
  test('what is found where nothing is wrong with the input', async () => {
    expect(open(await gate({}))).toEqual(['unregistered-link wms=>erp#http']);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a glob without a file',
      { 'landscape.yaml': yaml.replace('bin', 'bun') },
      /bun: .*no such file|names no file/,
    ],
    [
      'no system',
      { 'landscape.yaml': 'sources:\n  - scripts: none\n', 'none/a.sh': 'ls\n' },
      /the sources hold no system/,
    ],
    ['no source', { 'landscape.yaml': 'name: x\n' }, /names no source/],
    ['a misspelt key', { 'landscape.yaml': `${yaml}extend: strict\n` }, /Did you mean "extends"/],
    ['a misspelt preset', { 'landscape.yaml': `${yaml}extends: stict\n` }, /extends/],
    [
      'a misspelt rule',
      { 'landscape.yaml': `${yaml}rules: { unregistered-lnk: error }\n` },
      /Did you mean "unregistered-link"/,
    ],
    [
      'a misspelt severity',
      { 'landscape.yaml': `${yaml}rules: { unregistered-link: eror }\n` },
      /unregistered-link/,
    ],
    [
      'an override of nothing',
      {
        'landscape.yaml': `${yaml}overrides:\n  - systems: [wsm]\n    rules: { unregistered-link: error }\n`,
      },
      /nothing is found of "wsm"/,
    ],
    [
      'an override that holds for all',
      { 'landscape.yaml': `${yaml}overrides:\n  - rules: { unregistered-link: "off" }\n` },
      /belongs under "rules:"/,
    ],
    [
      'a registry row that is not understood',
      { 'l.csv': 'id,from,to,protocol\nL1,wms,,https\n' },
      /l\.csv:2/,
    ],
    [
      'a baseline that is named and not there',
      { 'landscape.yaml': `${yaml}baseline: b.yaml\n` },
      /b\.yaml: no such file/,
    ],
    [
      'a baseline of a newer version',
      { 'landscape-baseline.yaml': 'version: 2\naccepted: []\n' },
      /expected 1/,
    ],
    ['an empty baseline file', { 'landscape-baseline.yaml': '' }, /version/],
    [
      'a log without a line that is understood',
      {
        'landscape.yaml': `${yaml}  - gateway: a.log\n    format: nginx-combined\n    intermediary: wms\n`,
        'a.log': 'x\ny\n',
      },
      /0 of 2 .*were understood|understood/,
    ],
    [
      'a log half understood',
      {
        'landscape.yaml': `${yaml}  - gateway: a.log\n    format: nginx-combined\n    intermediary: wms\n`,
        'a.log': '1.2.3.4 - - [02/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "-"\nx\n',
      },
      /1 of 2/,
    ],
    [
      'a system that nobody describes',
      { 'landscape.yaml': yaml.replace('system: wms', 'system: wsm') },
      /no source describes the system "wsm"/,
    ],
    [
      'a bundle that is not there',
      { 'landscape.yaml': `${yaml}registry: bundle.json\n` },
      /bundle\.json/,
    ],
    [
      'a ratchet without a base',
      { 'landscape.yaml': `${yaml}rules: { ratchet: error }\n` },
      /--since/,
    ],
  ])('%s', async (_, files, message) => {
    await expect(gate(files)).rejects.toThrow(message);
  });
});

describe('a row that would match everything matches no link of its own', () => {
  test.each([
    ['a star', 'L1,*,*,'],
    ['a glob', 'L1,w*,e*,'],
  ])('%s', async (_, row) => {
    const result = gate({ 'l.csv': `id,from,to,protocol\n${row}\n` });
    const found = await result.then(open, (error: Error) => [error.message]);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('what builds and documents name never blocks', () => {
  test.each([
    [
      'build tooling',
      { 'bin/build.sh': 'curl -O https://registry.npmjs.org/left-pad\nnpm install\n' },
    ],
    ['an address in a comment', { 'bin/y.sh': '# see https://wiki.other.example/howto\nls\n' }],
    [
      'an address that is only mentioned',
      { 'bin/y.py': 'DOCS = "https://docs.other.example/x"\n' },
    ],
  ])('%s', async (_, files) => {
    expect(open(await gate({ 'bin/x.sh': 'ls\n', ...files }))).toEqual([]);
  });
});
