import { execFileSync } from 'node:child_process';

/** Whether this machine has git, which only tests use. */
export const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('git is not installed, so tests that compare with it are skipped');
    return false;
  }
})();

/** Submodules may be files; and git tidies nothing up behind the back of a test that ends. */
const settings = [
  'protocol.file.allow=always',
  'gc.auto=0',
  'gc.autoDetach=false',
  'maintenance.auto=false',
].flatMap((each) => ['-c', each]);

/** Runs git in a folder, whatever the machine's own configuration says. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...settings, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.org',
      ...dates(),
    },
  }).trim();
}

let clock = Date.UTC(2024, 0, 1) / 1000;

/** A minute after the last, so that the order of commits is that of the calls. */
function dates(): Record<string, string> {
  clock += 60;
  return { GIT_AUTHOR_DATE: `${clock} +0000`, GIT_COMMITTER_DATE: `${clock} +0000` };
}

/** Commits all that lies in a folder, on what is checked out; returns the id. */
export function commitAll(folder: string): string {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'change');
  return git(folder, 'rev-parse', 'HEAD');
}
