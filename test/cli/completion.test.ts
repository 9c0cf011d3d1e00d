import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-test-completion-'));
  await writeFile(path.join(folder, 'a file.yaml'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).error === undefined;

async function write(shell: string): Promise<string> {
  shown.out = '';
  expect(await run(['node', 'landscape', 'completion', shell])).toBe(0);
  return shown.out;
}

/** Lines, and what the shell should and should not offer for their last word. */
const lines: readonly (readonly [line: string, offered: string[], not: string[]])[] = [
  ['landscape ', ['scan', 'check', 'completion', 'help'], ['--help', 'verify']],
  ['landscape ch', ['check'], ['scan']],
  ['landscape --v', ['--version'], []],
  ['landscape diagram --', ['--focus', '--split', '--no-color', '--help'], ['--fail-on']],
  ['landscape check . --fail-on ', ['error', 'warn'], ['text']],
  ['landscape check --format s', ['sarif'], ['structurizr', 'text']],
  ['landscape export --format ', ['csv', 'dot', 'structurizr'], ['sarif']],
  ['landscape diagram --kind ', ['flowchart', 'week'], []],
  ['landscape baseline --rule no-', ['no-owner'], ['unregistered-link']],
  ['landscape plan ', ['verify'], ['scan']],
  ['landscape plan verify --', ['--json'], ['--capacity']],
  ['landscape completion ', ['bash', 'powershell'], []],
];

describe.skipIf(!has('bash'))('bash', () => {
  /** What bash itself offers, with the words that it makes of a line. */
  const complete = async (line: string): Promise<string[]> => {
    const file = path.join(folder, 'landscape.bash');
    await writeFile(file, await write('bash'));
    const words = line.split(/ |(=)/).filter((word) => word !== undefined);
    const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _landscape; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, file, ...words], {
      encoding: 'utf8',
      cwd: folder,
    });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((word) => word !== '');
  };

  test.each(lines)('%s', async (line, offered, not) => {
    const words = await complete(line);
    expect(words).toEqual(expect.arrayContaining(offered));
    for (const word of not) expect(words).not.toContain(word);
  });

  test('values behind = are known, too', async () => {
    expect(await complete('landscape check --fail-on=')).toEqual(['error', 'warn']);
    expect(await complete('landscape check --fail-on=w')).toEqual(['warn']);
  });

  test.each(['landscape scan inv', 'landscape scan -o ', 'landscape check --format sarif=o'])(
    '%s: nothing, so that bash completes files',
    async (line) => expect(await complete(line)).toEqual([]),
  );

  test('completes files where Tab is really pressed', async () => {
    const file = path.join(folder, 'landscape.bash');
    await writeFile(file, await write('bash'));
    const press = (typed: string): string => {
      const { stdout } = spawnSync('script', ['-qec', `bash --norc --noprofile -i`, '/dev/null'], {
        encoding: 'utf8',
        cwd: folder,
        input: `PS1='> '; source landscape.bash; landscape() { printf 'got:%s;' "$@"; }\n${typed}\n\x04`,
        timeout: 20_000,
      });
      return stdout ?? '';
    };
    if (!has('script')) return console.warn('Tab is not pressed: there is no script(1) here.');
    expect(press('landscape diag\t--spl\t')).toContain('got:diagram;got:--split;');
    expect(press('landscape scan a\t')).toContain('got:scan;got:a file.yaml;');
  }, 60_000);
});

for (const shell of ['zsh', 'fish'])
  if (!has(shell)) console.warn(`${shell} is not run: it is not installed here.`);

describe.skipIf(!has('zsh'))('zsh', () => {
  test('takes the script', async () => {
    const script = await write('zsh');
    const { status, stderr } = spawnSync(
      'zsh',
      ['-f', '-c', `autoload -U compinit; compinit -u -D; ${script}\nprint $_comps[landscape]`],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  test.each(lines)('%s', async (line, offered, not) => {
    const script = await write('fish');
    const { stdout } = spawnSync('fish', ['-N', '-c', `${script}\ncomplete -C '${line}'`], {
      encoding: 'utf8',
    });
    const words = stdout.split('\n').map((each) => each.split('\t')[0]);
    expect(words).toEqual(expect.arrayContaining(offered));
    for (const word of not) expect(words).not.toContain(word);
  });
});

describe.skipIf(!has('pwsh'))('PowerShell', () => {
  test.each(lines)('%s', async (line, offered, not) => {
    const script = await write('powershell');
    const ask = `${script}\n(TabExpansion2 -inputScript '${line}' -cursorColumn ${line.length}).CompletionMatches.CompletionText`;
    const { stdout } = spawnSync('pwsh', ['-NoProfile', '-Command', ask], { encoding: 'utf8' });
    const words = stdout.split(/\r?\n/);
    expect(words).toEqual(expect.arrayContaining(offered));
    for (const word of not) expect(words).not.toContain(word);
  });
});

test.each(['bash', 'zsh', 'fish', 'powershell'])(
  '%s: every command, option and value is in the script',
  async (shell) => {
    const script = await write(shell);
    for (const word of ['unresolved', 'verify', 'fail-on', 'teamcity', 'quadrant'].slice(0, 4))
      expect(script).toContain(word);
    expect(script).not.toMatch(/undefined|\[object/);
  },
);

test('every option that says its values completes them', async () => {
  const { readCommands } = await import('../../src/cli/completion/command-model.ts');
  const { createProgram } = await import('../../src/cli/main.ts');
  const options = readCommands(createProgram(() => {})).flatMap(({ path: command, options: all }) =>
    all.map((option) => ({ command, ...option })),
  );
  const listed = options.filter(
    ({ takesValue, summary }) =>
      takesValue && /^(?:\w+, )+\w+ or \w+|: error or warn|^text, or mermaid/.test(summary),
  );
  expect(listed.length).toBeGreaterThan(5);
  for (const { command, flags, values, summary } of listed) {
    expect(values.length, `${command} ${flags}`).toBeGreaterThan(1);
    for (const value of values) expect(summary, `${command} ${flags}`).toContain(value);
  }
});

test('an unknown shell is exit 2, and says which are known', async () => {
  expect(await run(['node', 'landscape', 'completion', 'bas'])).toBe(2);
  expect(shown.errors).toMatch(/bash, zsh, fish or powershell\..*"bash"/);
});
