import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { JobSafeguards } from '../../src/analyzers/safeguards.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';
import { scan } from './scan.ts';

const landscape = `sources:
  - inventory: systems.csv
  - cron: crontab
    host: etl01.example
    user: etl
  - scripts: scripts
`;
const systems = `id,name,kind,hosts
wms,WMS,application,wms.example
erp,ERP,application,erp.example
crm,CRM,application,crm.example
`;

async function audit(crontab: string, scripts: Record<string, string>) {
  const files = Object.fromEntries(
    Object.entries(scripts).map(([name, text]) => [`scripts/${name}`, text]),
  );
  return auditFiles({
    'landscape.yaml': landscape,
    'systems.csv': systems,
    crontab: `${crontab}\n`,
    ...files,
  });
}

/** The safeguards that a job has, and where that is shown: `locking crontab:1`. */
function has(jobs: readonly JobSafeguards[], id: string): string[] {
  return (jobs.find((job) => job.id === id)?.safeguards ?? [])
    .filter(({ state }) => state === 'has')
    .map(
      ({ safeguard, proofs }) =>
        `${safeguard} ${proofs.map(({ origin }) => `${origin.file}:${origin.line}`).join(' ')}`,
    );
}

const carry = 'curl -f -o a https://wms.example/a && scp a erp.example:/in/a\n';
const carryMore = 'curl -f -o b https://wms.example/b && scp b crm.example:/in/b\n';

describe('calls', () => {
  test('a script has what the job that starts it does for it', async () => {
    const { analysis } = await audit('0 1 * * * flock -n /l /opt/carry.sh', { 'carry.sh': carry });
    expect(has(analysis.safeguards.jobs, 'scripts/carry.sh')).toEqual([
      'locking crontab:1',
      'failure-propagation scripts/carry.sh:1',
    ]);
  });

  test('a script has what a script that starts it does, over several calls', async () => {
    const { analysis } = await audit('0 1 * * * /opt/night.sh', {
      'night.sh': 'timeout 1h ./steps.sh\n',
      'steps.sh': './carry.sh 2>&1 | logger -t carry\n',
      'carry.sh': carry,
    });
    expect(has(analysis.safeguards.jobs, 'scripts/carry.sh')).toEqual([
      'traceability scripts/steps.sh:1',
      'timeout scripts/night.sh:1',
      'failure-propagation scripts/carry.sh:1',
    ]);
  });

  test('a wrapper lends its lock and time limit to the script that it is told to run, and to no other', async () => {
    const { analysis, links } = await audit(
      '0 1 * * * /opt/guard.sh /opt/carry.sh\n0 2 * * * /opt/more.sh',
      {
        'guard.sh': 'set -e\nexec flock -n /l timeout 1h "$@"\n',
        'carry.sh': carry,
        'more.sh': carryMore,
      },
    );
    expect(has(analysis.safeguards.jobs, 'scripts/carry.sh')).toEqual([
      'locking scripts/guard.sh:2',
      'timeout scripts/guard.sh:2',
      'failure-propagation scripts/carry.sh:1',
    ]);
    expect(has(analysis.safeguards.jobs, 'scripts/more.sh')).toEqual([
      'failure-propagation scripts/more.sh:1',
    ]);
    expect(
      links.find(({ key }) => key === 'wms=>erp#file')?.implementations[0]?.schedules,
    ).toMatchObject([{ expression: '0 1 * * *' }]);
  });

  test('a script has what it sources; what it starts keeps its own', async () => {
    const { analysis } = await audit('0 1 * * * /opt/carry.sh\n0 2 * * * /opt/more.sh', {
      'lib.sh': 'set -e\ntrap "mail -s failed ops@a.example" ERR\n',
      'carry.sh': `. ./lib.sh\n${carry}`,
      'more.sh': `./lib.sh\n${carryMore}`,
    });
    expect(has(analysis.safeguards.jobs, 'scripts/carry.sh')).toContain(
      'alerting scripts/lib.sh:2',
    );
    expect(has(analysis.safeguards.jobs, 'scripts/more.sh')).toEqual([
      'failure-propagation scripts/more.sh:2',
    ]);
  });

  test('two scripts of one job share nothing', async () => {
    const { analysis } = await audit('0 1 * * * /opt/carry.sh; /opt/more.sh', {
      'carry.sh': `flock -n 9 || exit 1\n${carry}`,
      'more.sh': carryMore,
    });
    expect(has(analysis.safeguards.jobs, 'scripts/more.sh')).toEqual([
      'failure-propagation scripts/more.sh:1',
    ]);
  });
});

test('the Friday-night export is told with every line that hides it', async () => {
  const folder = new URL('../../inventories/nordfisk/', import.meta.url);
  const read = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');
  const { findings, analysis } = await auditFiles({
    'landscape.yaml': `sources:
  - inventory: systems.csv
  - cron: cron.d/etl01-stock
    host: etl01.nordfisk.example
    timezone: Europe/Oslo
  - scripts: scripts
`,
    'systems.csv': await read('systems.csv'),
    'cron.d/etl01-stock': await read('cron.d/etl01-stock'),
    'scripts/stock_export.sh': await read('scripts/stock_export.sh'),
  });
  const [finding, ...rest] = listJudgements(findings).filter(({ rule }) => rule === 'no-safeguard');
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ subject: 'warehouse=>erp#file', severity: 'warn' });
  const places = [
    'cron.d/etl01-stock:5',
    'cron.d/etl01-stock:7',
    'scripts/stock_export.sh:17',
    'scripts/stock_export.sh:22',
    'scripts/stock_export.sh:28',
  ];
  for (const place of places) expect(finding?.message).toContain(place);
  expect(finding?.evidence.map(({ file, line }) => `${file}:${line}`)).toEqual(
    expect.arrayContaining(places),
  );
  const [job] = analysis.safeguards.jobs;
  expect(job?.failureModes.map(({ mode }) => mode)).toEqual([
    'partial',
    'delayed',
    'silent',
    'semantic',
  ]);
});

test('a real crontab: two of its 32 jobs have a time limit, and nobody is told of a failure', async () => {
  const file = new URL('../fixtures/cron/iem-crontab', import.meta.url);
  const { of } = await scan('cron', { crontab: await readFile(file, 'utf8') }, { user: 'ldm' });
  expect(of('job')).toHaveLength(32);
  expect(
    of('safeguard').map(({ origin, effect, safeguard }) => `${origin.line} ${effect} ${safeguard}`),
  ).toEqual(['53 provides timeout', '54 provides timeout']);
});
