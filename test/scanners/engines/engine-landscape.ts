import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dump } from 'js-yaml';
import { afterAll } from 'vitest';
import { logFormat, toLine, toRow } from './log-rows.ts';

/** What the command line said and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** A landscape whose systems call each other through one gateway. */
const inventory = {
  'systems.csv': [
    'id,name,type,team,hosts',
    'orders,Orders,ERP,Trade,orders.svc.example orders-core.svc.example',
    'stock,Stock,WMS,Logistics,stock.svc.example',
    'billing,Billing,Finance,Finance,billing.svc.example',
    'customers,Customers,CRM,Trade,',
    'prices,Prices,Pricing,Trade,',
    'portal,Portal,Portal,Web,',
    'warehouse,Warehouse jobs,WMS,Logistics,',
    'gateway,API gateway,,Platform,',
  ],
  'links.csv': [
    'id,from,to,protocol,via',
    'L1,orders,portal,https,gateway',
    'L2,stock,warehouse,https,gateway',
    'L3,customers,billing,https,',
  ],
};

/** What the source says of callers and routes, by names, addresses, agents, hosts and paths. */
export const mapping = {
  intermediary: 'gateway',
  routes: {
    'stock-core.svc.example/api/v1/': 'stock',
    'billing-core.svc.example': 'billing',
    'customers.svc.example': 'customers',
    '/api/v1/batches': 'prices',
  },
  callers: {
    'stock-portal-1': 'portal',
    'orders-sync-0': 'orders',
    'orders-sync-6': 'orders',
    '10.1.32.0/20': 'warehouse',
    'okhttp/4': 'portal',
  },
};

/** The columns of the generated table. */
export const logColumns = {
  time: 'time',
  address: 'address',
  user: 'user',
  method: 'method',
  host: 'host',
  path: 'path',
  status: 'status',
  bytes: 'bytes',
  duration: 'wait_ms ms',
  agent: 'agent',
};

/** Folders with a landscape each, gone after the tests of a file. */
export function openLandscapes(): {
  /** Writes a landscape whose gateway source is as given, and whatever files it reads. */
  write(
    source: Readonly<Record<string, unknown>>,
    files?: Readonly<Record<string, string | Uint8Array>>,
  ): Promise<string>;
} {
  const made: string[] = [];
  afterAll(async () => {
    for (const folder of made) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    async write(source, files = {}) {
      const folder = await mkdtemp(path.join(tmpdir(), 'landscape-asked-'));
      made.push(folder);
      const sources = [{ inventory: 'systems.csv' }, { inventory: 'links.csv' }, source];
      const all: Record<string, string | Uint8Array> = {
        ...files,
        'landscape.yaml': dump({ name: 'Calls', sources }),
      };
      for (const [name, lines] of Object.entries(inventory)) all[name] = lines.join('\n');
      for (const [name, content] of Object.entries(all)) {
        const file = path.join(folder, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
      }
      return folder;
    },
  };
}

/** The generated calls as a log file of the landscape, and the source that reads it. */
export function logSource(total: number): {
  readonly source: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
} {
  const lines = Array.from({ length: total }, (_, number) => toLine(toRow(number, total)));
  return {
    source: { gateway: 'access.log', format: logFormat, ...mapping },
    files: { 'access.log': `${lines.join('\n')}\n` },
  };
}

/** Runs the command line as a user does; `npm test` builds it first. */
export function runTool(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, ['bin/landscape.js', ...args], options, (error, out, errors) => {
      resolve({ code: error ? Number(error.code) : 0, out, errors });
    });
  });
}

/** Where evidence stands differs between a file and an engine; nothing else may. */
const ofPlaces = new Set(['inputs', 'origin', 'origins', 'coverage', 'file', 'line', 'column']);

/** An audit without the places of its evidence, whose order is theirs. */
export async function readWithoutPlaces(folder: string): Promise<Record<string, unknown>> {
  const text = await readFile(path.join(folder, 'audit.json'), 'utf8');
  return JSON.parse(text, (key, value) => {
    if (ofPlaces.has(key)) return undefined;
    const isSorted = Array.isArray(value) && (key === 'evidence' || value[0]?.summary);
    return isSorted ? value.map((item) => JSON.stringify(item)).sort() : value;
  });
}

/** Every file below a folder, with what it holds. */
export async function readAll(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const contents = await Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), await readFile(file)] as const;
    }),
  );
  return new Map(contents.sort(([a], [b]) => (a < b ? -1 : 1)));
}
