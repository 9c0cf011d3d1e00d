import type { Audit } from '../audit.ts';
import { InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import { readAudit } from './read-audit.ts';

/** What orders the audits of a folder. */
export interface AuditHead {
  readonly name: string;
  readonly asOf: string;
  readonly today: string;
}

/** No text of JavaScript is longer than 2^29 - 24 characters. */
const mostBytes = 0x1fff_ffe8;
const headBytes = 64 * 1024;

/**
 * Reads the audit of an earlier scan from disk, packed or not.
 * @param shown how messages call the file
 * @throws InputError where it is none, of another version, or too large to be held
 */
export async function loadAudit(
  files: Pick<Files, 'stream'>,
  file: string,
  shown: string,
  most = mostBytes,
): Promise<Audit> {
  const { text, isWhole } = await readUpTo(files, file, most);
  if (!isWhole)
    throw new InputError(
      `${shown}: holds more than ${Math.floor(most / 1e6)} MB, which is too much to be compared; scan each domain by itself, as a landscape with "scope: member", and compare those audits.`,
    );
  return readAudit(text, shown);
}

/**
 * What an audit begins with, without reading the rest.
 * @returns undefined where the file does not begin as a scan writes it: it may be an audit still
 */
export async function loadAuditHead(
  files: Pick<Files, 'stream'>,
  file: string,
): Promise<AuditHead | undefined> {
  const { text } = await readUpTo(files, file, headBytes);
  const end = text.search(/,\s*"inputs"\s*:/);
  try {
    const head: unknown = JSON.parse(`${text.slice(0, Math.max(0, end))}}`);
    const { name, asOf, today } = head as Partial<AuditHead>;
    const isHead = [name, asOf, today].every((each) => typeof each === 'string');
    return isHead ? (head as AuditHead) : undefined;
  } catch {
    return undefined;
  }
}

async function readUpTo(
  files: Pick<Files, 'stream'>,
  file: string,
  most: number,
): Promise<{ text: string; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isWhole = true;
  for await (const chunk of files.stream(file)) {
    chunks.push(Uint8Array.from(chunk.subarray(0, most - length)));
    length += chunk.length;
    if (length > most) {
      isWhole = false;
      break;
    }
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), isWhole };
}
