import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { logColumns, mapping, openLandscapes, readAll, runTool } from './engine-landscape.ts';
import { startTrinoServer, type TrinoManners, type TrinoServer } from './trino-server.ts';

const password = 'p4ss-of-trino';
const { write } = openLandscapes();

let server: TrinoServer | undefined;
afterEach(() => server?.stop());

/** A landscape whose gateway source asks a coordinator that behaves so. */
async function open(manners: TrinoManners, options: Readonly<Record<string, unknown>> = {}) {
  server = await startTrinoServer(manners);
  const source = { gateway: 'hive.logs.access', engine: 'trino', url: server.url };
  const access = { user: 'reader', password: { env: 'TRINO_PASSWORD' }, ...options };
  return write({ ...source, ...access, columns: logColumns, ...mapping });
}

const env = { TRINO_PASSWORD: password };

describe('landscape scan of what Trino holds', () => {
  test.each<[string, TrinoManners, Readonly<Record<string, unknown>>, RegExp]>([
    ['forbids it', { authorization: 'none' }, {}, /HTTP 401/],
    ['fails', { isEndless: true }, { timeout: 1 }, /took longer than the 1 s/],
    ['repeats the password', { instead: { status: 500, text: `no ${password}` } }, {}, /no \*\*\*/],
  ])('%s: exit 2, one line, no report, no secret', async (_, manners, options, expected) => {
    const folder = await open(manners, options);
    const { code, out, errors } = await runTool(['scan', folder, '--no-cache'], env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toMatch(expected);
    expect(errors).toMatch(/landscape\.yaml:\d+:\d+: hive\.logs\.access: /);
    const files = await readAll(folder);
    expect([...files.keys()]).toEqual(['landscape.yaml', 'links.csv', 'systems.csv']);
    const secrets = [password, Buffer.from(`reader:${password}`).toString('base64')];
    for (const secret of secrets) expect(`${out}${errors}`).not.toContain(secret);
  });

  test.skipIf(process.platform === 'win32')('Ctrl-C ends the query', async () => {
    const folder = await open({ isEndless: true });
    const args = [path.resolve('bin/landscape.js'), 'scan', folder, '--no-cache'];
    const tool = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
    const ended = once(tool, 'exit');
    while ((server?.requests.length ?? 0) < 4) await wait(50);
    tool.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(server?.requests.at(-1)?.method).toBe('DELETE');
  });

  test('every wrong entry of "columns" is named by its line', async () => {
    const columns = { ...logColumns, tme: 'ts', status: 'code ms', path: 'a b c' };
    server = await startTrinoServer();
    const source = { gateway: 'logs.access', engine: 'trino', url: server.url, columns };
    const folder = await write(source);
    const { code, errors } = await runTool(['scan', folder, '--no-cache']);
    expect(code).toBe(2);
    for (const said of [
      /no role "tme"\. Did you mean "time"\?/,
      /"status" the unit "ms"/,
      /"path" the column "a b c"/,
    ])
      expect(errors).toMatch(said);
    expect(errors.match(/landscape\.yaml:\d+:\d+: /g)?.length).toBe(3);
    expect(server.requests).toEqual([]);
  });
});
