import { InputError } from '../../errors.ts';
import { inflateBounded } from '../../files/inflate-bounded.ts';

/** No inventory that people keep by hand unpacks to more; a bomb unpacks to thousands of times its size. */
const maxUnpackedBytes = 100 * 1024 * 1024;
const maxEntries = 10_000;
/** A sheet is read up to its last cell, and one cell can stand anywhere. */
const maxCells = 5_000_000;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const longestComment = 65_535;
const stored = 0;
const deflated = 8;

interface Part {
  readonly name: string;
  readonly data: Uint8Array;
  readonly crc: number;
}

/**
 * Unpacks the parts of a workbook that say something, within limits, and packs them again without
 * compression: so its reader sees nothing that was not looked at, wherever a file hides it. The zip
 * file is read by its central directory (APPNOTE.TXT 4.3.12 and 4.3.16).
 * @throws InputError where it is no workbook, too large, or declares entities
 */
export function openWorkbook(bytes: Uint8Array, file: string): Uint8Array {
  const parts = unpack(bytes, file);
  for (const { name, data } of parts) {
    const text = new TextDecoder('utf-8').decode(data);
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
      throw new InputError(
        `${file}:1:1: ${name} in the workbook declares entities, which no spreadsheet writes; save its sheets as .csv.`,
      );
    if (/worksheets\//.test(name) && countCells(text) > maxCells)
      throw new InputError(
        `${file}:1:1: ${name} in the workbook reaches over more than ${maxCells} cells; delete the cells far below or beside the table.`,
      );
  }
  return pack(parts);
}

function unpack(bytes: Uint8Array, file: string): Part[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) throw noWorkbook(file);
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let left = maxUnpackedBytes;
  const parts: Part[] = [];
  for (let entry = 0; entry < entries; entry++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== entrySignature)
      throw noWorkbook(file);
    const size = view.getUint32(at + 20, true);
    left -= Math.max(view.getUint32(at + 24, true), size);
    if (left < 0 || entries > maxEntries) throw tooLarge(file);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (/\.(?:xml|rels)$/i.test(name)) {
      const packed = readPacked(view, bytes, view.getUint32(at + 42, true), size);
      const method = view.getUint16(at + 10, true);
      if (!packed || (method !== stored && method !== deflated)) throw noWorkbook(file);
      const data = method === stored ? packed : inflateBounded(packed, maxUnpackedBytes);
      if (!data) throw tooLarge(file);
      // What an entry says of its size may be a lie.
      left -= Math.max(0, data.length - view.getUint32(at + 24, true));
      if (left < 0) throw tooLarge(file);
      parts.push({ name, data, crc: view.getUint32(at + 16, true) });
    }
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
  }
  return parts;
}

function readPacked(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  size: number,
): Uint8Array | undefined {
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== localSignature) return undefined;
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return start + size > bytes.length ? undefined : bytes.subarray(start, start + size);
}

/** The cells up to the last row and column that a cell stands in. */
function countCells(sheet: string): number {
  let rows = 0;
  let columns = 0;
  for (const [, letters = '', digits = ''] of sheet.matchAll(/\sr="([A-Z]{1,4})(\d{1,9})"/gi)) {
    let column = 0;
    for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
    columns = Math.max(columns, column);
    rows = Math.max(rows, Number(digits));
  }
  return rows * columns;
}

function pack(parts: readonly Part[]): Uint8Array {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data, crc } of parts) {
    const written = new TextEncoder().encode(name);
    const header = new DataView(new ArrayBuffer(30));
    const entry = new DataView(new ArrayBuffer(46));
    header.setUint32(0, localSignature, true);
    entry.setUint32(0, entrySignature, true);
    for (const [view, field] of [
      [header, 14],
      [entry, 16],
    ] as const) {
      view.setUint32(field, crc, true);
      view.setUint32(field + 4, data.length, true);
      view.setUint32(field + 8, data.length, true);
      view.setUint16(field + 12, written.length, true);
    }
    entry.setUint32(42, offset, true);
    local.push(new Uint8Array(header.buffer), written, data);
    central.push(new Uint8Array(entry.buffer), written);
    offset += 30 + written.length + data.length;
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, endSignature, true);
  end.setUint16(8, parts.length, true);
  end.setUint16(10, parts.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Uint8Array(Buffer.concat([...local, ...central, new Uint8Array(end.buffer)]));
}

function findEnd(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return -1;
}

function tooLarge(file: string): InputError {
  return new InputError(
    `${file}:1:1: the workbook unpacks to more than ${maxUnpackedBytes / 1024 / 1024} MB; save the sheets that matter as .csv.`,
  );
}

function noWorkbook(file: string): InputError {
  return new InputError(
    `${file}:1:1: is no Excel workbook that can be read; open it and save it again as .xlsx.`,
  );
}
