import type { Audit } from '../../src/audit.ts';
import { auditFiles } from '../audit-files.ts';

export const systems = `id,name,kind,hosts,partOf,criticality
erp,ERP,application,erp.example;10.0.1.5,,mission-critical
wms,Warehouse,application,wms.example;10.0.2.0/28,,operational
fin,Finance,application,fin.example,,administrative
dwh,Data platform,data-platform,dwh.example,,operational
erp-db,ERP database,database,erpdb.example,erp,
nas,File exchange,file-store,nas.example,,
bus,Broker,broker,kafka.example,,
gw,Gateway,api-gateway,api.example,,
etl,Job server,host,etl01.example,,
`;

/** Audits scripts, crontabs, logs and registry rows against the systems above. */
export async function audit(sources: {
  links?: string;
  scripts?: Record<string, string>;
  owners?: Record<string, string>;
  cron?: string;
  log?: string;
  extra?: string;
}): Promise<Audit> {
  const owners = Object.entries(sources.owners ?? {}).map(([glob, id]) => `      "${glob}": ${id}`);
  const yaml = [
    'sources:',
    '  - inventory: systems.csv',
    ...(sources.links === undefined ? [] : ['  - inventory: links.csv']),
    ...(sources.scripts
      ? ['  - scripts: scripts', ...(owners.length ? ['    owners:', ...owners] : [])]
      : []),
    ...(sources.cron === undefined ? [] : ['  - cron: crontab', '    host: etl01.example']),
    ...(sources.log === undefined
      ? []
      : [
          '  - gateway: access.log',
          '    intermediary: gw',
          '    routes: { "/erp/": erp, "/wms/": wms }',
          '    callers: { "10.0.1.0/24": erp, "svc-fin": fin, "10.0.9.9": etl }',
        ]),
    sources.extra ?? '',
  ].join('\n');
  return auditFiles({
    'landscape.yaml': yaml,
    'systems.csv': systems,
    ...(sources.links === undefined ? {} : { 'links.csv': sources.links }),
    ...(sources.cron === undefined ? {} : { crontab: sources.cron }),
    ...(sources.log === undefined ? {} : { 'access.log': sources.log }),
    ...Object.fromEntries(
      Object.entries(sources.scripts ?? {}).map(([name, text]) => [`scripts/${name}`, text]),
    ),
  });
}

export const keys = ({ links }: Audit): string[] => links.map(({ key }) => key);
export const line = (address: string, request: string, user = '-'): string =>
  `${address} - ${user} [02/Nov/2026:10:00:00 +0000] "${request} HTTP/1.1" 200 12 "-" "x"\n`;
