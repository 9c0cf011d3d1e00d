import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { nodeFiles } from '../../src/files.ts';
import { readTables } from '../../src/scanners/inventory/tables.ts';
import fc from '../fast-check.ts';
import { scan } from './scan.ts';
import { workbookFile, zipFile } from './workbook-file.ts';

const patch = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
  // Another length would move every offset of the zip file.
  expect(from).toHaveLength(to.length);
  return new Uint8Array(
    Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'),
  );
};

describe('workbooks', () => {
  test('a bomb that lies about its size is stopped while it is unpacked', async () => {
    const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024, 0x20));
    const name = 'xl/workbook.xml';
    const bomb = Buffer.from(zipFile({ [name]: packed.toString('latin1') }, 100));
    // The test's zip file holds text; its entry is replaced by the deflated bytes.
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(100, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(100, 24);
    entry.writeUInt16LE(name.length, 28);
    const end = bomb.subarray(bomb.length - 22);
    end.writeUInt32LE(30 + name.length + packed.length, 16);
    const file = Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
    await expect(scan('inventory', { 'i.xlsx': file })).rejects.toThrow(/^i\.xlsx:1:1: .*100 MB/);
  });

  test('entities are refused by the name of the part', async () => {
    const book = zipFile({
      'xl/workbook.xml':
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;">]><workbook>&y;</workbook>',
    });
    await expect(scan('inventory', { 'i.xlsx': book })).rejects.toThrow(
      /^i\.xlsx:1:1: xl\/workbook\.xml .*entities/,
    );
    const outside = zipFile({
      'xl/workbook.xml': '<!DOCTYPE a SYSTEM "file:///etc/passwd"><workbook/>',
    });
    await expect(scan('inventory', { 'i.xlsx': outside })).rejects.toThrow(/entities/);
  });

  test('one cell at the end of the world is refused, for all before it would be made', async () => {
    const wide = patch(
      workbookFile({ A: [['id', 'name', 'xx']] }),
      'r="C1" t="inlineStr"',
      'r="XFD1048576" t="s"',
    );
    await expect(scan('inventory', { 'i.xlsx': wide })).rejects.toThrow(/5000000 cells/);
  });

  test('a part that only the stream knows, not the directory, is not read', async () => {
    const good = Buffer.from(workbookFile({ A: [['id'], ['erp']] }));
    const hidden = Buffer.from(zipFile({ 'xl/hidden.xml': '<!DOCTYPE a>' }));
    const localOnly = hidden.subarray(0, 30 + 'xl/hidden.xml'.length + 12);
    const file = Buffer.concat([localOnly, good]);
    // Offsets of the directory move by what was put in front.
    await expect(scan('inventory', { 'i.xlsx': file })).rejects.toThrow(InputError);
  });

  test('any bytes are refused by name, or read', async () => {
    const good = workbookFile({
      A: [
        ['id', 'name'],
        ['erp', 'ERP'],
      ],
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Uint8Array.from(good);
        bytes[at] = byte;
        await scan('inventory', { 'i.xlsx': bytes }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(InputError);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('texts', () => {
  test('a gigabyte is refused by name before it is read', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'inventory-'));
    try {
      const handle = await open(path.join(folder, 'big.csv'), 'w');
      await handle.truncate(1024 ** 3);
      await handle.close();
      await expect(readTables(nodeFiles(folder), 'big.csv', () => true)).rejects.toThrow(
        /^big\.csv: 1024 MB is more than the limit of 64 MB/,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('deep JSON is refused with its place', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await expect(scan('inventory', { 'd.json': deep })).rejects.toThrow(/^d\.json:\d+:\d+: /);
    const keys = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    await expect(scan('inventory', { 'd.json': keys })).rejects.toThrow(/^d\.json:\d+:\d+: /);
  });

  test('a million headers, cells and rows without headers end soon', async () => {
    const wide = `id,${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\nerp\n`;
    const { of, coverage } = await scan('inventory', { 'w.csv': wide });
    expect(of('system')).toHaveLength(1);
    expect(Object.keys(coverage.unread).length).toBeLessThanOrEqual(200);
    const quotes = `id,name\n${'"'.repeat(300_000)}\n`;
    await scan('inventory', { 'q.csv': quotes });
    const brackets = `${'('.repeat(50_000)},${'['.repeat(50_000)}\n1,2\n`;
    await scan('inventory', { 'b.csv': brackets });
  }, 30_000);

  test('any text is read or refused by name, in every form', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('a.csv', 'a.tsv', 'a.json', 'a.yaml', 'a.txt'),
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.json({ maxDepth: 6 }),
          fc
            .array(
              fc.constantFrom(',', ';', '\n', '"', "'", 'id', 'from', 'to', 'x', 'sep=,', '\t'),
            )
            .map((parts) => parts.join('')),
        ),
        async (file, text) => {
          await scan('inventory', { [file]: text }).catch((error: unknown) => {
            expect(error).toBeInstanceOf(InputError);
            expect((error as Error).message).toMatch(/^a\./);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('secrets in cells and headers are not shown', async () => {
    const text =
      'from,to,hosts,password=hunter2secret\nerp,https://ada:hunter2secret@wms.example.org/x,a,b\n';
    const found = await scan('inventory', { 'l.csv': text });
    expect(JSON.stringify([found.evidence, found.coverage])).not.toContain('hunter2secret');
  });
});
