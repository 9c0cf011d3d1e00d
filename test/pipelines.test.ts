import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAzure, readGithub, readXml } from './renderers/checks/readers.ts';
import { sarifSchema } from './renderers/checks/sarif-schema.ts';

const root = process.cwd();
const actionFolder = path.join(root, '.github/actions/landscape');

/** An unregistered link in a script, which is an error, and a system without an owner. */
const sample = {
  'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - scripts: scripts\n    system: wms\n',
  'systems.csv': 'id,hosts,team\nerp,erp.example,\nwms,wms.example,A\n',
  'scripts/push.sh': '# stock\ncurl -d @/tmp/stock https://erp.example/stock\n',
};

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: object;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

let folder = '';
const at = (...names: string[]): string => path.join(folder, ...names);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-pipeline-'));
  await mkdir(at('work', '.git'), { recursive: true });
  await mkdir(at('work', 'scripts'));
  for (const [name, text] of Object.entries(sample)) await writeFile(at('work', name), text);
  await writeFile(at('work', '.git', 'HEAD'), 'ref: refs/heads/main\n');
  await program(
    at('work', 'node_modules', '.bin'),
    'landscape',
    `exec node "${root}/bin/landscape.js" "$@"`,
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(place: string, name: string, script: string): Promise<void> {
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, name), `#!/usr/bin/env bash\n${script}\n`);
  await chmod(path.join(place, name), 0o755);
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script in the checkout as a pipeline does. */
function bash(script: string, env: Record<string, string> = {}): Promise<Run> {
  const npm = { npm_config_offline: 'true', npm_config_cache: at('npm') };
  const options = {
    cwd: at('work'),
    env: {
      ...process.env,
      ...npm,
      npm_config_update_notifier: 'false',
      GITHUB_STEP_SUMMARY: '',
      ...env,
    },
  };
  return new Promise((resolve) => {
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
    execFile('bash', args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('the action of GitHub', () => {
  async function open(): Promise<Action> {
    return load(await readFile(path.join(actionFolder, 'action.yml'), 'utf8')) as Action;
  }

  /** Runs the script of one step with the inputs that a workflow gives, and else its defaults. */
  async function step(id: string, inputs: Record<string, string>, env = {}): Promise<Run> {
    const action = await open();
    const { run = '', env: written = {} } = action.runs.steps.find((one) => one.id === id) ?? {};
    expect(run).not.toBe('');
    const given = Object.entries(written).map(([name, value]) => [
      name,
      value.replace(
        /\$\{\{ inputs\.(\w+) \}\}/g,
        (_whole, input: string) => inputs[input] ?? action.inputs[input]?.default ?? '',
      ),
    ]);
    return bash(run, {
      ...Object.fromEntries(given),
      GITHUB_ACTION_PATH: actionFolder,
      GITHUB_OUTPUT: at('output'),
      GITHUB_STEP_SUMMARY: at('summary.md'),
      RUNNER_TEMP: folder,
      ...env,
    });
  }

  test('is composite, and no input stands in a script', async () => {
    const { runs } = await open();
    expect(runs.using).toBe('composite');
    for (const { run, uses, shell } of runs.steps) {
      expect(run === undefined).toBe(uses !== undefined);
      if (run === undefined) continue;
      expect(shell).toBe('bash');
      expect(run).not.toContain('${{');
    }
  });

  test('shows findings, writes its files and tells how it ended', async () => {
    expect((await step('install', {})).code).toBe(0);
    const { code, stdout, stderr } = await step('check', {
      sarif: 'out.sarif',
      arguments: '--no-cache',
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(readGithub(stdout)[0]).toMatchObject({
      name: 'error',
      values: { file: 'scripts/push.sh', line: '2' },
    });
    expect(await readFile(at('output'), 'utf8')).toBe('exit-code=1\n');
    const sarif = sarifSchema.parse(JSON.parse(await readFile(at('work', 'out.sarif'), 'utf8')));
    expect(sarif.runs[0].results).toHaveLength(2);
    const comment = await readFile(at('landscape-comment.md'), 'utf8');
    expect(await readFile(at('summary.md'), 'utf8')).toBe(comment);
  });

  test('passes where the check does, and fails where nothing was judged', async () => {
    const quiet = { arguments: '--max-findings 9 --no-cache' };
    expect((await step('check', quiet)).code).toBe(0);
    const { code, stderr } = await step('check', { folder: '-o $(touch x); none' });
    expect(code).toBe(2);
    expect(stderr).toContain('no such file or folder');
    await expect(readFile(at('work', 'x'))).rejects.toThrow();
    expect(await readFile(at('output'), 'utf8')).toBe('exit-code=0\nexit-code=2\n');
  });

  test.each([
    ['the first time', '', ['--method', 'POST', 'repos/o/r/issues/7/comments']],
    ['again', '41\n42', ['--method', 'PATCH', 'repos/o/r/issues/comments/42']],
  ])('comments %s', async (_when, ids, expected) => {
    await writeFile(at('landscape-comment.md'), '<!-- landscape-check A -->\n\ntext\n');
    await program(
      at('bin'),
      'gh',
      `printf '%s\\n' "$MARKER" "$@" >> "${at('calls')}"; case "$*" in *--paginate*) printf '%s' "${ids}";; esac`,
    );
    const { code, stderr } = await step(
      'comment',
      {},
      {
        NUMBER: '7',
        GITHUB_REPOSITORY: 'o/r',
        PATH: `${at('bin')}:${process.env['PATH']}`,
      },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const calls = (await readFile(at('calls'), 'utf8')).split('\n');
    expect(calls[0]).toBe('<!-- landscape-check A -->');
    expect(calls).toEqual(expect.arrayContaining(['repos/o/r/issues/7/comments', ...expected]));
    expect(calls).toContain(`body=@${at('landscape-comment.md')}`);
  });
});

describe('what docs/check.md gives to copy', () => {
  async function snippet<T>(name: string): Promise<T> {
    const text = await readFile('docs/check.md', 'utf8');
    const [, yaml = ''] =
      new RegExp(`<!-- tried: ${name} -->\n\`\`\`yaml\n([\\s\\S]*?)\n\`\`\``).exec(text) ?? [];
    expect(yaml).not.toBe('');
    return load(yaml) as T;
  }

  /** All but what installs packages. */
  const checks = (scripts: readonly string[]): string =>
    scripts.filter((script) => script !== 'npm ci').join('\n');

  test('GitHub: every input is one of the action', async () => {
    const { jobs } = await snippet<{
      jobs: { landscape: { steps: { uses: string; with?: object }[] } };
    }>('github');
    const action = load(await readFile(path.join(actionFolder, 'action.yml'), 'utf8')) as Action;
    const own = jobs.landscape.steps.find(({ uses }) => uses.includes('/landscape@'));
    expect(own?.uses).toContain('/.github/actions/landscape@');
    for (const input of Object.keys(own?.with ?? {})) expect(action.inputs).toHaveProperty(input);
  });

  test('GitLab: the reports that it collects are written', async () => {
    const { landscape } = await snippet<{
      landscape: {
        script: string[];
        artifacts: { reports: { codequality: string; junit: string } };
      };
    }>('gitlab');
    const { code, stdout } = await bash(checks(landscape.script));
    expect(code).toBe(1);
    expect(stdout).toContain('Failed: 1 error');
    const { codequality, junit } = landscape.artifacts.reports;
    expect(JSON.parse(await readFile(at('work', codequality), 'utf8'))).toHaveLength(2);
    expect(readXml(await readFile(at('work', junit), 'utf8')).attributes['failures']).toBe('1');
  });

  test('Azure Pipelines: issues, and the tests that it publishes', async () => {
    const { steps } = await snippet<{
      steps: { script?: string; inputs?: { testResultsFiles: string } }[];
    }>('azure');
    const { code, stdout } = await bash(checks(steps.flatMap(({ script }) => script ?? [])));
    expect(code).toBe(1);
    expect(readAzure(stdout)).toHaveLength(2);
    const file = steps.find(({ inputs }) => inputs)?.inputs?.testResultsFiles ?? '';
    expect(readXml(await readFile(at('work', file), 'utf8')).name).toBe('testsuites');
  });

  test('pre-commit: a hook with all that it must have, which stops a commit', async () => {
    const { repos } = await snippet<{
      repos: { repo: string; hooks: Record<string, string | boolean>[] }[];
    }>('pre-commit');
    const hook = repos[0]?.hooks[0] ?? {};
    expect(repos[0]?.repo).toBe('local');
    expect(Object.keys(hook)).toEqual(
      expect.arrayContaining(['id', 'name', 'entry', 'language', 'pass_filenames', 'files']),
    );
    const files = new RegExp(String(hook['files']));
    expect(files.test('scripts/push.sh')).toBe(true);
    expect(files.test('README.md')).toBe(false);
    expect((await bash(String(hook['entry']))).code).toBe(1);
    const passed = await bash(`${hook['entry']} --max-findings 9`);
    expect(passed).toMatchObject({ code: 0, stdout: '' });
  });
});
