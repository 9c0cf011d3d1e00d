/**
 * GoAccess, with every panel but those of requests and hosts left out. It has one thread up to
 * version 1.7 and keeps no pairs of caller and route, so only its totals are compared.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ignored =
  'VISITORS REQUESTS_STATIC NOT_FOUND OS BROWSERS VISIT_TIMES VIRTUAL_HOSTS REFERRERS REFERRING_SITES KEYPHRASES STATUS_CODES REMOTE_USER CACHE_STATUS GEO_LOCATION MIME_TYPE TLS_TYPE'.split(
    ' ',
  );

function goaccess(args) {
  const { status, stdout, stderr, error } = spawnSync('goaccess', args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`goaccess exits ${status}: ${stderr.slice(-300)}`);
  return stdout;
}

/** Its one row holds the calls and the bytes. */
export async function open({ threads }) {
  const version = /GoAccess - ([\d.]+)/.exec(goaccess(['--version']))?.[1]?.replace(/\.$/, '');
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  // `--jobs` came with 1.9.
  const jobs = major > 1 || minor >= 9 ? [`--jobs=${threads}`] : [];
  return {
    version: `GoAccess ${version}`,
    queries: (format) => (format === 'combined' ? ['hosts and requests'] : []),
    async run({ file }) {
      const folder = mkdtempSync(path.join(tmpdir(), 'landscape-goaccess-'));
      try {
        const out = path.join(folder, 'out.json');
        goaccess([
          file,
          '--log-format=COMBINED',
          '--no-global-config',
          '--no-progress',
          '-o',
          out,
          ...jobs,
          ...ignored.map((panel) => `--ignore-panel=${panel}`),
        ]);
        const { general } = JSON.parse(readFileSync(out, 'utf8'));
        return [[general.valid_requests, general.bandwidth]];
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
