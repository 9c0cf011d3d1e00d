import { InputError } from '../../errors.ts';

/** No inventory that people keep by hand unpacks to more; a bomb unpacks to thousands of times its size. */
const maxUnpackedBytes = 100 * 1024 * 1024;
const maxEntries = 10_000;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const longestComment = 65_535;

/**
 * Adds up what a workbook says it unpacks to, before anything of it is unpacked. The figures stand in
 * the central directory of the zip file (APPNOTE.TXT 4.3.12 and 4.3.16).
 * @throws InputError where it is no zip file, or too large
 */
export function checkWorkbook(bytes: Uint8Array, file: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) throw noWorkbook(file);
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let entry = 0; entry < entries; entry++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== entrySignature)
      throw noWorkbook(file);
    const packed = view.getUint32(at + 20, true);
    const declared = view.getUint32(at + 24, true);
    unpacked += Math.max(declared, packed);
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
  }
  if (unpacked > maxUnpackedBytes || entries > maxEntries) {
    throw new InputError(
      `${file}:1:1: the workbook unpacks to more than ${maxUnpackedBytes / 1024 / 1024} MB; save the sheets that matter as .csv.`,
    );
  }
}

function findEnd(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return -1;
}

function noWorkbook(file: string): InputError {
  return new InputError(
    `${file}:1:1: is no Excel workbook that can be read; open it and save it again as .xlsx.`,
  );
}
