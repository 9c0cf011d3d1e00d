import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const systemCount = 200;
const perFolder = 20;

/** Runs git in a folder, whatever the machine's own configuration says. */
export function git(folder, ...args) {
  return execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.org',
    },
  });
}

/**
 * Writes a repository whose branch `main` has so many files: nine in ten are no scripts that speak to
 * anybody, as in any repository, and every tenth calls a system.
 */
export function writeRepository(folder, files) {
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const systems = Array.from({ length: systemCount }, (_, index) => `s${index}`);
  write(
    'landscape.yaml',
    'name: Generated\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: jobs\n    owners: { "own/**": s0 }\n',
  );
  write(
    'systems.csv',
    `id,hosts,team\n${systems.map((id) => `${id},${id}.example,T`).join('\n')}\n`,
  );
  const rows = [];
  for (let index = 0; index < files - 3; index++) {
    const folderName = `jobs/area${Math.floor(index / perFolder / 25)}/part${Math.floor(index / perFolder)}`;
    const other = 1 + (index % (systemCount - 1));
    const [name, text] =
      index % 10 === 0
        ? [
            `pull${index}.sh`,
            `#!/bin/sh\nset -eu\ncurl -fsS https://s${other}.example/orders > /tmp/in${index}\ncurl -fsS -T /tmp/in${index} https://s0.example/in\n`,
          ]
        : index % 10 < 6
          ? [
              `tidy${index}.py`,
              `import os\n\ndef tidy(path):\n    for name in os.listdir(path):\n        print(name, ${index})\n`,
            ]
          : [`notes${index}.md`, `# Notes ${index}\n\nNothing of interest.\n`];
    write(`${folderName}/${name}`, text);
  }
  for (let other = 1; other < systemCount; other++) rows.push(`L${other},s${other},s0,https`);
  write('links.csv', `id,from,to,protocol\n${rows.join('\n')}\n`);
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  // What git tidies up behind a commit would run beside the measurement, and under a copy of the folder.
  git(folder, '-c', 'gc.auto=0', 'commit', '-q', '-m', 'Begin');
  git(folder, 'gc', '-q');
  git(folder, 'config', 'gc.auto', '0');
}
