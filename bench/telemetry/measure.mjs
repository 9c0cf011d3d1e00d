/**
 * Time and peak resident memory of reading traces, with a small and a large file that hold the same
 * pairs of services, each read in a process of its own. The calls that are counted must be those that
 * were drawn. Ends with 1 where the large one takes over a quarter more memory.
 *
 *   npm run bench:telemetry -- [--sizes 256MB,1GB] [--services 40] [--seed 1]
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { toBytes } from '../gateway/generate.mjs';
import { openRandom } from '../open-random.mjs';

const script = fileURLToPath(import.meta.url);
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '256MB,1GB' },
    services: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    dist: { type: 'string', default: path.join(path.dirname(script), '../../dist') },
    /** Reads the folder and prints what it took: what the processes started here do. */
    read: { type: 'string' },
  },
});

if (values.read === undefined) process.exitCode = measureAll();
else await readOnce(values.read);

async function readOnce(folder) {
  const load = (file) => import(pathToFileURL(path.join(values.dist, file)).href);
  const { audit } = await load('audit.js');
  const { parseConfig } = await load('config.js');
  const { nodeFiles } = await load('files.js');
  const { sourceKinds } = await load('scanners/index.js');
  const config = parseConfig(
    'sources:\n  - inventory: systems.csv\n  - telemetry: traces.jsonl\n',
    'landscape.yaml',
    sourceKinds,
  );
  const files = nodeFiles(folder);
  // The configuration is among the inputs of an audit, and is no file here.
  const digest = async (file) => (file === 'landscape.yaml' ? '0' : files.digest(file));
  const start = performance.now();
  const { links } = await audit(
    config,
    { ...files, digest },
    { today: '2026-11-02', strict: false },
  );
  const seconds = (performance.now() - start) / 1000;
  const calls = links.reduce((sum, { traffic }) => sum + (traffic?.calls ?? 0), 0);
  const peak = process.resourceUsage().maxRSS * 1024;
  const { user, system } = process.cpuUsage();
  const processor = (user + system) / 1e6;
  console.log(JSON.stringify({ peak, seconds, processor, calls, links: links.length }));
}

function measureAll() {
  const work = mkdtempSync(path.join(tmpdir(), 'landscape-telemetry-'));
  try {
    const [small, large] = values.sizes.split(',').map((size) => measure(work, size));
    const ratio = large.peak / small.peak;
    console.log(`ratio ${ratio.toFixed(2)}`);
    return ratio <= 1.25 ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function measure(work, size) {
  const names = Array.from({ length: Number(values.services) }, (_, at) => `service-${at}`);
  writeFileSync(
    path.join(work, 'systems.csv'),
    `id,name\n${names.map((each) => `${each},${each}\n`).join('')}`,
  );
  const drawn = writeTraces(path.join(work, 'traces.jsonl'), toBytes(size));
  const args = [script, '--read', work, '--dist', values.dist];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`reading ends with ${status}: ${stderr}`);
  const run = JSON.parse(stdout);
  if (run.calls !== drawn.calls) throw new Error(`${run.calls} calls of ${drawn.calls}`);
  console.log(
    `${size.padStart(6)}: ${drawn.spans} spans, ${run.links} links, ${run.seconds.toFixed(1)} s, ${run.processor.toFixed(1)} s of processors, peak ${(run.peak / 2 ** 20).toFixed(0)} MiB`,
  );
  return run;
}

/** Calls between services as the file exporter of the collector writes them: both spans of each. */
function writeTraces(file, bytes) {
  const random = openRandom(Number(values.seed));
  const services = Number(values.services);
  const start = Date.UTC(2026, 9, 5, 6);
  const descriptor = openSync(file, 'w');
  const written = { bytes: 0, spans: 0, calls: 0 };
  try {
    while (written.bytes < bytes) {
      const lines = [];
      for (let count = 0; count < 1_000; count++) {
        const from = Math.floor(random() * services);
        const to = (from + 1 + Math.floor(random() * 5)) % services;
        const id = (++written.calls).toString(16).padStart(15, '0');
        const at = start + written.calls * 7;
        const lasts = 2 + Math.floor(random() * 80);
        const status = random() < 0.01 ? 503 : 200;
        lines.push(
          toLine(`service-${from}`, `c${id}`, '', 3, at, lasts + 2, status),
          toLine(`service-${to}`, `5${id}`, `c${id}`, 2, at + 1, lasts, status),
        );
      }
      const block = Buffer.from(`${lines.join('\n')}\n`);
      writeSync(descriptor, block);
      written.bytes += block.length;
      written.spans += lines.length;
    }
  } finally {
    closeSync(descriptor);
  }
  return written;
}

function toLine(service, id, parent, kind, at, lasts, status) {
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: id.slice(1).padStart(32, '0'),
                spanId: id,
                parentSpanId: parent,
                name: 'GET /orders/{id}',
                kind,
                startTimeUnixNano: `${at}000000`,
                endTimeUnixNano: `${at + lasts}000000`,
                attributes: [
                  { key: 'http.request.method', value: { stringValue: 'GET' } },
                  { key: 'http.response.status_code', value: { intValue: String(status) } },
                  { key: 'http.route', value: { stringValue: '/orders/{id}' } },
                ],
                status: status === 200 ? {} : { code: 2 },
              },
            ],
          },
        ],
      },
    ],
  });
}
