import { InputError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { readDelimited } from './delimited.ts';
import { readLists, toCellText } from './lists.ts';
import { toTable } from './make-table.ts';
import type { IsKnownHeader, Table } from './table.ts';
import { openWorkbook } from './workbook.ts';

/**
 * Reads the tables of one inventory file by its extension.
 * @throws InputError if the file is no table at all
 */
export async function readTables(
  files: Files,
  file: string,
  isKnown: IsKnownHeader,
): Promise<Table[]> {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  switch (extension) {
    case 'csv':
    case 'tsv':
    case 'txt':
      return [readDelimited(await files.text(file), file, isKnown)];
    case 'xlsx':
      return readSheets(await files.bytes(file), file, isKnown);
    case 'yaml':
    case 'yml':
    case 'json':
      return readLists(await files.text(file), file);
    default:
      throw new InputError(
        `${file}:1:1: an inventory is a .csv, .tsv, .xlsx, .yaml or .json file; save it as one of these.`,
      );
  }
}

async function readSheets(
  bytes: Uint8Array,
  file: string,
  isKnown: IsKnownHeader,
): Promise<Table[]> {
  const safe = openWorkbook(bytes, file);
  const { default: readWorkbook } = await import('read-excel-file/node');
  let sheets: { sheet: string; data: unknown[][] }[];
  try {
    sheets = (await readWorkbook(Buffer.from(safe))) as typeof sheets;
  } catch (error) {
    throw new InputError(
      `${file}:1:1: is no Excel workbook that can be read; open it and save it again as .xlsx.`,
      { cause: error },
    );
  }
  return sheets.map(({ sheet, data }) =>
    toTable(
      sheet,
      data.map((row, index) => ({
        cells: row.map(toCellText),
        // Rows of several sheets have the same numbers.
        place: { file: `${file}#${sheet}`, line: index + 1, column: 1 },
      })),
      [],
      isKnown,
    ),
  );
}
