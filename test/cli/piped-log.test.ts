import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-piped-'));
  await writeFile(
    path.join(folder, 'landscape.yaml'),
    'sources:\n  - inventory: systems.csv\n  - gateway: "-"\n    format: combined\n    routes: { "/erp/": erp }\n    callers: { wms-client: wms }\n',
  );
  await writeFile(path.join(folder, 'systems.csv'), 'id\nerp\nwms\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lines = Array.from(
  { length: 1_000 },
  (_, index) =>
    `10.0.0.1 - wms-client [02/Nov/2026:10:00:${String(index % 60).padStart(2, '0')} +0000] "GET /erp/orders/${index} HTTP/1.1" 200 512 "-" "wms/1.0"\n`,
).join('');

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  readonly texts: { out: string; error: string };
}

/** Starts the command line as a user does; `npm test` builds it first. */
function start(output: string): Running {
  const args = ['bin/landscape.js', 'scan', folder, '-o', path.join(folder, output), '--no-cache'];
  const child = spawn(process.execPath, args, { stdio: 'pipe' });
  const texts = { out: '', error: '' };
  child.stdout.on('data', (text) => {
    texts.out += text;
  });
  child.stderr.on('data', (text) => {
    texts.error += text;
  });
  // What ends early closes its end of the pipe.
  child.stdin.on('error', () => {});
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  return { child, ended, texts };
}

describe('a log on standard input', () => {
  test.each([
    ['plain', Buffer.from(lines)],
    ['packed', gzipSync(lines)],
  ])('%s: is read to its end, and the audit says what came in', async (name, content) => {
    const { child, ended, texts } = start(name);
    child.stdin?.end(content);
    expect(await ended, texts.error).toEqual({ code: 0, signal: null });
    const audit = JSON.parse(await readFile(path.join(folder, name, 'audit.json'), 'utf8'));
    expect(audit.inputs).toContainEqual({
      file: '-',
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    const link = audit.links.find(
      ({ from, to }: { from: string; to: string }) => from === 'erp' && to === 'wms',
    );
    expect(link.traffic).toMatchObject({ calls: 1_000, errors: 0 });
  });
});

describe('stopped while it reads', () => {
  /** Writes lines until the tool has taken far more than a pipe holds: it is reading. */
  async function feed(child: ChildProcess): Promise<void> {
    for (let taken = 0; taken < 40; taken++)
      if (child.stdin?.write(lines) === false) await once(child.stdin, 'drain');
  }

  test.skipIf(process.platform === 'win32').each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: exit code %i, one line, and nothing half-written', async (signal, expected) => {
    const output = `stopped-${signal}`;
    await mkdir(path.join(folder, output));
    await writeFile(path.join(folder, output, 'report.html'), 'of the last run');
    const { child, ended, texts } = start(output);
    await feed(child);
    child.kill(signal);
    expect(await ended).toEqual({ code: expected, signal: null });
    expect(texts).toEqual({
      out: '',
      error: `landscape was stopped (${signal}); no report is half-written.\n`,
    });
    expect(await readdir(path.join(folder, output))).toEqual(['report.html']);
    expect(await readFile(path.join(folder, output, 'report.html'), 'utf8')).toBe(
      'of the last run',
    );
  });
});
