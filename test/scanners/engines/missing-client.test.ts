import { expect, test } from 'vitest';
import { logColumns, openLandscapes, runTool } from './engine-landscape.ts';

const { write } = openLandscapes();

/** Where Node finds no package of this name, as on a machine that never installed it. */
function withoutPackage(name: string): string {
  const hooks = `export async function resolve(wanted, context, next) {
    if (wanted === '${name}')
      throw Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(wanted, context);
  }`;
  const url = (script: string): string => `data:text/javascript,${encodeURIComponent(script)}`;
  const script = `import { register } from 'node:module'; register(${JSON.stringify(url(hooks))});`;
  return `--import ${url(script)}`;
}

test.each([
  ['@duckdb/node-api', { gateway: 'a.csv', engine: 'duckdb' }],
  ['@clickhouse/client', { gateway: 'log', engine: 'clickhouse', url: 'http://127.0.0.1:9' }],
])('without %s a scan says what to install', async (name, source) => {
  const folder = await write({ ...source, columns: logColumns }, { 'a.csv': 'time\n1\n' });
  const env = { NODE_OPTIONS: withoutPackage(name) };
  const { code, errors } = await runTool(['scan', folder, '--no-cache'], env);
  expect(code, errors).toBe(2);
  expect(errors).toContain(`the package ${name} is not installed; run "npm install ${name}".`);
});
