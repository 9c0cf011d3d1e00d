import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { scan } from './scan.ts';

/** Aliases of YAML that double a dozen times: 10^12 values of a kilobyte. */
const aliases = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`),
].join('\n');
const megabyte = 1024 * 1024;

/** What each family of readers could be made to unpack, and the reason by which it is refused. */
const bombs: readonly (readonly [
  name: string,
  kind: string,
  files: Record<string, string | Uint8Array>,
  reason: RegExp,
])[] = [
  [
    'aliases of YAML in an export of a platform',
    'platform',
    { 'kong.yaml': `_format_version: "3.0"\n${aliases}\nservices: *a12\n` },
    /alias/,
  ],
  [
    'aliases of YAML in a contract',
    'model',
    { 'api.yaml': `openapi: 3.0.0\ninfo: {title: x}\n${aliases}\nservers: *a12\n` },
    /alias/,
  ],
  [
    'a packed trace that is one value without end',
    'telemetry',
    { 'traces.json.gz': gzipSync(`{"resourceSpans":[{"a":"${'x'.repeat(96 * megabyte)}`) },
    /./,
  ],
  [
    'a packed line without end',
    'telemetry',
    {
      'traces.jsonl.gz': gzipSync(
        `{"resourceSpans":[]}\n{"resourceSpans":[{"a":"${'x'.repeat(96 * megabyte)}\n`,
      ),
    },
    /./,
  ],
  [
    'deep nesting in a trace',
    'telemetry',
    { 'traces.json': `{"data":[${'{"spans":['.repeat(100_000)}` },
    /./,
  ],
  [
    'deep nesting in flows of a platform',
    'platform',
    { 'flows.json': `[{"type":"tab","id":"a","x":${'['.repeat(100_000)}` },
    /./,
  ],
];

test.each(bombs)(
  '%s: refused with a reason, in time and within memory',
  async (_, kind, files, reason) => {
    const start = performance.now();
    const before = process.memoryUsage().rss;
    const { coverage, evidence } = await scan(kind, files);
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(1_000 * megabyte);
    const told = [...coverage.skippedPlaces, ...coverage.flaws];
    expect(told.map((each) => each.reason).join('\n')).toMatch(reason);
    expect(told[0]?.place.file).toBe(Object.keys(files)[0]);
    expect(evidence.length).toBeLessThan(10);
  },
  60_000,
);
