import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { AuditOptions } from '../../../src/audit.ts';
import { type Files, memoryFiles } from '../../../src/files.ts';
import { toVerdict } from '../../../src/finding/verdict.ts';
import { redact, redactLines } from '../../../src/redact.ts';
import { type Frame, readFrames } from '../../../src/renderers/checks/frames.ts';
import { renderText } from '../../../src/renderers/checks/text.ts';
import { writeFrame } from '../../../src/renderers/terminal-frame.ts';
import { auditFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';

const config =
  'sources:\n  - inventory: systems.csv\n  - scripts: scripts\n    system: wms\nrules:\n  no-owner: error\n';
const base = {
  'landscape.yaml': config,
  'systems.csv': 'id,hosts,team\nerp,erp.example,\nwms,wms.example,A\n',
};

async function openFrames(
  contents: Record<string, string | Uint8Array>,
  later: Record<string, string | Uint8Array> = {},
  options: Partial<AuditOptions> = {},
) {
  const audit = await auditFiles({ ...base, ...contents }, options);
  const files = memoryFiles({ ...base, ...contents, ...later });
  return { audit, files, frames: await readFrames(audit, files) };
}

async function frameOf(text: string | Uint8Array, later = {}): Promise<Frame | undefined> {
  const { audit, frames } = await openFrames({ 'scripts/push.sh': text }, later);
  const link = audit.findings.find(({ rule }) => rule === 'unregistered-link');
  return frames.get(link?.fingerprint ?? '');
}

const push = '# sends stock\nset -eu\ncurl -d @stock https://erp.example/stock\nexit 0\n';

describe('the lines of an error', () => {
  test('are its own and one on each side', async () => {
    expect(await frameOf(push)).toEqual({
      lines: [
        { number: 2, text: 'set -eu' },
        { number: 3, text: 'curl -d @stock https://erp.example/stock' },
        { number: 4, text: 'exit 0' },
      ],
      marked: 3,
      column: 1,
    });
  });

  test('end where the file ends, and lose the line ends of Windows', async () => {
    expect((await frameOf('curl -d @x https://erp.example/stock'))?.lines).toHaveLength(1);
    const frame = await frameOf(push.replaceAll('\n', '\r\n'));
    expect(frame?.lines.map(({ text }) => text)).toEqual(push.split('\n').slice(1, 4));
  });

  test.each<[string, Record<string, string | Uint8Array>]>([
    ['has changed since', { 'scripts/push.sh': `${push}\n` }],
    ['is packed now', { 'scripts/push.sh': gzipSync(push) }],
    ['is no text now', { 'scripts/push.sh': `\u0000${push}` }],
  ])('are not shown of a file that %s', async (_what, later) => {
    expect(await frameOf(push, later)).toBeUndefined();
  });

  test('are not shown of a file that is gone or broken', async () => {
    const { audit, files } = await openFrames({ 'scripts/push.sh': push });
    const broken: Files = { ...files, bytes: memoryFiles({}).bytes };
    expect((await readFrames(audit, files)).size).toBe(1);
    expect(await readFrames(audit, broken)).toEqual(new Map());
    expect(await readFrames(audit, memoryFiles({}))).toEqual(new Map());
  });

  test('are not shown of inventories, which name people', async () => {
    const { audit, frames } = await openFrames({ 'scripts/push.sh': push });
    const owner = audit.findings.find(({ rule }) => rule === 'no-owner');
    expect(owner).toMatchObject({ severity: 'error', evidence: [{ file: 'systems.csv' }] });
    expect(frames.has(owner?.fingerprint ?? '')).toBe(false);
  });

  test('are not shown of what is accepted or no error', async () => {
    const { audit, files } = await openFrames({ 'scripts/push.sh': push });
    const [finding] = audit.findings;
    if (!finding) throw new Error('no finding');
    const read = (changes: object) =>
      readFrames({ ...audit, findings: [{ ...finding, ...changes }] }, files);
    expect((await read({})).size).toBe(1);
    expect((await read({ severity: 'warn' })).size).toBe(0);
    expect((await read({ accepted: { owner: 'A' } })).size).toBe(0);
  });

  const secret = 'Tr0ub4dorAnd3Horses';
  test.each([
    [`curl -u "etl:${secret}" -d @x https://erp.example/stock\n`],
    [`export DB_PASS=${secret}\ncurl -d @x https://erp.example/stock\n`],
    [`curl -d @x https://erp.example/stock\n<password>${secret}</password>\n`],
    [`PASSWORD=\\\n"${secret}"\ncurl -d @x https://erp.example/stock\n`],
    [
      `K='-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n${secret}'\ncurl -d @x https://erp.example/stock\n`,
    ],
  ])('hide secrets: %j', async (text) => {
    const frame = await frameOf(text);
    expect(frame).toBeDefined();
    expect(JSON.stringify(frame)).not.toContain(secret);
  });

  test('of a key keep their numbers and hide its body', () => {
    const key = ['A1b2C3d4'.repeat(8), 'E5f6G7h8'.repeat(8)];
    const text = [
      'x=1',
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      ...key,
      '-----END OPENSSH PRIVATE KEY-----',
      'y=2',
    ];
    const lines = redactLines(text.join('\n'));
    expect(lines).toHaveLength(text.length);
    expect(lines.at(-1)).toBe('y=2');
    for (const part of key) expect(lines.join()).not.toContain(part);
  });

  test('are as many as before, and hide whatever one line alone would hide', () => {
    const piece = fc.constantFrom(
      'password',
      ' = ',
      ':\n',
      '"s3cr3t!"',
      "'two\nlines'",
      '-----BEGIN PRIVATE KEY-----\n',
      '-----END PRIVATE KEY-----',
      'https://u:p4ss@h.example/x',
      '\n',
      'token=abcdefgh1234',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const lines = redactLines(text);
        expect(lines).toHaveLength(text.split('\n').length);
        for (const line of lines) expect(redact(line)).toBe(line);
        expect(lines.join('\n')).not.toMatch(/p4ss|abcdefgh1234/);
      }),
    );
  });
});

describe('a frame', () => {
  const plain = (_style: unknown, text: string): string => text;
  const long = `${'x'.repeat(150)}HERE${'y'.repeat(150)}`;
  const frame: Frame = {
    lines: [
      { number: 99, text: 'short' },
      { number: 100, text: long },
      { number: 101, text: '' },
    ],
    marked: 100,
    column: 151,
  };

  test.each([80, 200])('fits %i columns, and its mark stands below its place', (width) => {
    const lines = writeFrame(frame, plain, width);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    const marked = lines.findIndex((line) => line.includes('> 100 |'));
    expect(lines[marked]?.indexOf('HERE')).toBe(lines[marked + 1]?.indexOf('^'));
    expect(lines[marked]).toContain('…');
  });

  test('has no mark where a secret before it has moved the text', () => {
    expect(writeFrame({ ...frame, column: undefined }, plain, 80).join('\n')).not.toContain('^');
  });

  test('colours only say again what it says', () => {
    const painted = writeFrame(frame, (style, text) => `<${String(style)}>${text}</>`, 80);
    expect(painted.map((line) => line.replace(/<[^>]*>/g, ''))).toEqual(
      writeFrame(frame, plain, 80),
    );
    expect(painted.join('\n')).toContain('<red>>');
  });

  test('cannot drive the terminal or hide what it shows', async () => {
    const text = '# \u001b[2J\u202E\u009b1m ##vso[task.x]y\ncurl -d @x https://erp.example/s\n';
    const { audit, files } = await openFrames({ 'scripts/push.sh': text });
    const shown = await renderText({
      audit,
      verdict: toVerdict(audit.findings),
      failOn: 'error',
      files,
      below: '',
      configFile: 'landscape.yaml',
      terminal: { color: false, width: 80 },
    });
    expect(shown).toContain('> 2 | curl -d @x https://erp.example/s');
    expect(shown).toContain('1 | #  [2J  1m ## vso[task.x]y');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});
