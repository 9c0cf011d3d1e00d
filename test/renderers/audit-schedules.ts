import type { JobSafeguards } from '../../src/analyzers/safeguards.ts';
import type { Audit } from '../../src/audit.ts';
import { safeguards } from '../../src/vocabulary.ts';
import { auditFiles } from '../audit-files.ts';

/** The Friday-night export in an inventory of its own: five weeks without a clock change. */
export async function auditFridayNight(asOf = '2026-10-26'): Promise<Audit> {
  return auditFiles({
    'landscape.yaml': `asOf: ${asOf}
sources:
  - inventory: systems.csv
  - inventory: links.csv
freshness:
  timezone: Europe/Oslo
  objects:
    stock: { origin: warehouse }
  readers:
    - { system: erp, at: "0 6 * * 1-5" }
`,
    'systems.csv': 'id,name\nwarehouse,Warehouse\nerp,ERP\nfinance,Finance\ndata,Data\n',
    'links.csv': `id,from,to,protocol,style,objects,schedule
INT-1,warehouse,erp,sftp,file,stock,30 22 * * 1-5
INT-2,erp,finance,https,request-reply,invoices,
INT-3,warehouse,data,sftp,batch,lots,*/15 * * * *
INT-4,finance,data,sftp,batch,postings,
`,
  });
}

/** The same with jobs of these names, each of which runs every night and lacks what can be lacked. */
export async function auditJobs(names: readonly string[]): Promise<Audit> {
  const audit = await auditFridayNight();
  const { schedules } = audit.analysis;
  const model = schedules.jobs.find(({ links }) => links.includes('warehouse=>erp#file'));
  if (!model) throw new Error('the inventory has no job');
  const place = (name: string) => ({ file: name, line: 3, column: 1 });
  const jobs = names.map((name) => ({ ...model, id: name, hosts: [name], words: name }));
  const guarded = names.map(
    (name): JobSafeguards => ({
      id: name,
      links: model.links,
      safeguards: safeguards.map((safeguard, index) => ({
        safeguard,
        state: (['has', 'lacks', 'defeated'] as const)[index % 3] ?? 'lacks',
        proofs:
          index % 3 === 1
            ? []
            : [
                {
                  safeguard,
                  effect: index % 3 === 0 ? ('provides' as const) : ('defeats' as const),
                  origin: place(name),
                  summary: name,
                },
              ],
      })),
      failureModes: [{ mode: 'silent', reasons: [name] }],
    }),
  );
  const analysis = {
    ...audit.analysis,
    schedules: {
      ...schedules,
      jobs,
      overlaps: names.map((name) => ({
        job: name,
        times: 2,
        first: '2026-10-26T21:30:00Z',
        durationMinutes: 70,
        shortestGapMinutes: 60,
        assumed: true,
      })),
      unknown: names.map((name) => ({ subject: name, job: name, reason: name })),
      notes: names,
    },
    safeguards: { jobs: guarded, counts: [] },
  };
  return { ...audit, analysis };
}
