import ipaddr from 'ipaddr.js';
import type { AddressEvidence } from '../../evidence.ts';
import { toAddressReference } from '../../evidence.ts';
import type { SkippedJob } from '../schedulers/scheduled-job.ts';

/** A name that a hosts file gives an address. */
interface HostName {
  readonly name: string;
  readonly address: string;
  readonly line: number;
}

/** A hosts file as read. */
export interface HostsFile {
  readonly names: readonly HostName[];
  readonly skipped: readonly SkippedJob[];
  /** Lines with an address, those of the machine itself among them. */
  readonly lines: number;
}

/** Hosts files of ad blockers have more, and none of their names is anybody's system. */
const mostNames = 20_000;

/**
 * Reads hosts(5): an address and the names for it. Addresses that mean the machine itself, or many, say
 * nothing about others.
 */
export function readHostsFile(text: string): HostsFile {
  const names: HostName[] = [];
  const skipped: SkippedJob[] = [];
  let lines = 0;
  for (const [index, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = whole.slice(0, 10_000).replace(/#.*$/s, '').trim();
    if (line === '') continue;
    const [address = '', ...words] = line.split(/\s+/);
    const plain = address.replace(/%\w+$/, '');
    // A bare number is an address to some programs, and a mistake here.
    if (!/[.:]/.test(plain) || !ipaddr.isValid(plain) || words.length === 0) {
      skipped.push({ line: index + 1, reason: 'expected an address and a name' });
      continue;
    }
    lines++;
    if (!standsForOne(plain)) continue;
    for (const name of words)
      if (/^[A-Za-z0-9_][\w.-]{0,252}$/.test(name) && names.length < mostNames)
        names.push({ name: name.replace(/\.$/, ''), address: plain, line: index + 1 });
  }
  return { names, skipped, lines };
}

function standsForOne(address: string): boolean {
  const range = ipaddr.process(address).range();
  return !['loopback', 'unspecified', 'broadcast', 'multicast', 'linkLocal'].includes(range);
}

/** The names as evidence, by which references to the names and to the addresses are resolved. */
export function* toAddressEvidence(
  { names }: HostsFile,
  file: string,
  environment: string,
): Iterable<AddressEvidence> {
  for (const { name, address, line } of names)
    yield {
      kind: 'address',
      scanner: 'cron',
      witness: 'coded',
      environment,
      confidence: 1,
      origin: { file, line, column: 1 },
      name,
      target: toAddressReference(address.includes(':') ? `[${address}]` : address),
    };
}
