import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadAudit, loadAuditHead } from '../../src/audit/load-audit.ts';
import { InputError } from '../../src/errors.ts';
import { memoryFiles } from '../../src/files.ts';
import { auditFiles } from '../audit-files.ts';

const audit = await auditFiles({
  'landscape.yaml': 'name: A company\nsources:\n  - inventory: systems.csv\n',
  'systems.csv': 'id,hosts\nerp,erp.example\nwms,wms.example\n',
});
const text = JSON.stringify(audit, null, 2);

test('an audit is read, packed or not', async () => {
  const files = memoryFiles({ 'a.json': text, 'a.json.gz': gzipSync(text) });
  expect(await loadAudit(files, 'a.json', 'x/a.json')).toEqual({ ...audit, tool: audit.tool });
  expect(await loadAudit(files, 'a.json.gz', 'x/a.json.gz')).toEqual({ ...audit });
});

test('one that is too large is refused by name, with what to do', async () => {
  const files = memoryFiles({ 'a.json': text });
  const size = Buffer.byteLength(text);
  const reading = loadAudit(files, 'a.json', 'x/a.json', size - 1);
  await expect(reading).rejects.toThrow(InputError);
  await expect(reading).rejects.toThrow(/^x\/a\.json: holds more than 0 MB.*"scope: member"/);
  await expect(loadAudit(files, 'a.json', 'x/a.json', size)).resolves.toBeDefined();
});

test('what orders audits stands at their beginning, and no more is read', async () => {
  const start = new TextEncoder().encode(`${text.slice(0, text.indexOf('"inputs"'))}"inputs": [`);
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield start;
    yield new Uint8Array(64 * 1024).fill(32);
    throw new Error('the rest was read');
  }
  expect(await loadAuditHead({ stream }, 'a.json')).toMatchObject({
    name: 'A company',
    asOf: audit.asOf,
    today: audit.today,
  });
});

test.each([
  ['another order of keys', '{"inputs":[],"name":"a","asOf":"b","today":"c"}'],
  ['another file', '{"name":"package"}'],
  ['no JSON', 'name: x'],
  ['nothing', ''],
])('%s is not taken for the beginning of an audit', async (_, content) => {
  expect(await loadAuditHead(memoryFiles({ 'a.json': content }), 'a.json')).toBeUndefined();
});
