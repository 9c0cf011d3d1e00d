import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// @ts-expect-error the configuration is plain JavaScript, as its tool wants it
import config from '../.dependency-cruiser.mjs';

/** Code that breaks the import table, and the rule that must catch it. */
const violations: readonly (readonly [rule: string, file: string, code: string])[] = [
  ['room-scanners', 'src/scanners/peek.ts', "import '../landscape.ts';"],
  ['room-analyzers', 'src/analyzers/judge.ts', "import '../checks/rules.ts';"],
  ['room-checks', 'src/checks/read.ts', "import '../scanners/peek.ts';"],
  ['room-reconcile', 'src/reconcile/read.ts', "import '../files.ts';"],
  ['room-renderers', 'src/renderers/think.ts', "import '../reconcile/read.ts';"],
  ['room-landscape', 'src/landscape.ts', "import './graph.ts';"],
  ['room-errors', 'src/errors.ts', "import './landscape.ts';"],
  ['owner-of-node-fs', 'src/scanners/disk.ts', "import 'node:fs';"],
  ['owner-of-node-zlib', 'src/scanners/unpack.ts', "import 'node:zlib';"],
  ['owner-of-js-yaml', 'src/scanners/yaml.ts', "import 'js-yaml';"],
  ['owner-of-graphology', 'src/analyzers/graph.ts', "import 'graphology';"],
  ['owner-of-graphology-metrics', 'src/checks/metrics.ts', "import 'graphology-metrics';"],
  ['owner-of-croner', 'src/scanners/clock.ts', "import 'croner';"],
  ['owner-of-ts-morph', 'src/scanners/types.ts', "import 'ts-morph';"],
  ['owner-of-csv-parse', 'src/scanners/table.ts', "import 'csv-parse/sync';"],
  ['owner-of-handlebars', 'src/cli/page.ts', "import 'handlebars';"],
  ['owner-of-commander', 'src/renderers/ask.ts', "import 'commander';"],
  ['scanners-open-no-connection', 'src/scanners/call.ts', "import 'node:http';"],
  ['scanners-start-no-thread', 'src/scanners/thread.ts', "import 'node:worker_threads';"],
  ['commands-load-when-called', 'src/cli/main.ts', "import '../audit.ts';"],
  ['commands-load-when-called', 'src/cli/comparison-commands.ts', "import '../audit.ts';"],
  ['commands-load-when-called', 'src/scanners/index.ts', "import './peek.ts';"],
  ['no-homeless-file', 'src/utils/helper.ts', "import '../errors.ts';"],
  ['no-cycles', 'src/reconcile/one.ts', "import './two.ts';"],
  ['not-to-dev-dependency', 'src/reconcile/check.ts', "import 'fast-check';"],
];

const support: Record<string, string> = {
  'src/graph.ts': '',
  'src/files.ts': '',
  'src/audit.ts': '',
  'src/checks/rules.ts': '',
  'src/reconcile/two.ts': "import './one.ts';",
};

let folder = '';
let caught: { rule: string; from: string }[] = [];
let cruised = 0;

beforeAll(async () => {
  // Inside the project, so that libraries resolve as they do for the real sources.
  folder = await mkdtemp(path.resolve('test/.rooms-'));
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'dir');
  for (const name of ['package.json', 'tsconfig.json']) {
    await symlink(path.resolve(name), path.join(folder, name));
  }
  const sources = {
    ...support,
    ...Object.fromEntries(violations.map(([, file, code]) => [file, code])),
  };
  for (const [file, code] of Object.entries(sources)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), `${code}\nexport const planted = 1;\n`);
  }
  const { forbidden, options } = config;
  const result = await cruise(['src'], {
    ...options,
    baseDir: folder,
    ruleSet: { forbidden },
    validate: true,
  } as never);
  if (typeof result.output === 'string') throw new Error('expected a result, not a report');
  cruised = result.output.summary.totalCruised;
  caught = result.output.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('modules are cruised at all', () => expect(cruised).toBeGreaterThan(violations.length));

describe('each planted violation is caught', () => {
  test.each(violations)('%s: %s', (rule, file) => {
    expect(caught.filter(({ from }) => from === file).map((violation) => violation.rule)).toContain(
      rule,
    );
  });
});

test('the real sources are clean, and all of them are looked at', async () => {
  const { forbidden, options } = config;
  const result = await cruise(['src'], {
    ...options,
    ruleSet: { forbidden },
    validate: true,
  } as never);
  if (typeof result.output === 'string') throw new Error('expected a result, not a report');
  expect(result.output.summary.violations).toEqual([]);
  expect(
    result.output.modules.filter(({ source }) => source.startsWith('src/')).length,
  ).toBeGreaterThan(60);
});
