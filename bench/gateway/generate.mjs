/**
 * Writes a gateway log of any size in a format of `line-formats.mjs`; the same options always give
 * the same bytes.
 *
 *   node bench/gateway/generate.mjs --format nginx --size 256MB [--seed 1] [--dirt 0.001] --out FILE
 *
 * `--dirt` is the share of lines that no parser may take for a call: cut, garbled, binary.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { lineFormats } from './line-formats.mjs';
import { toRandom, toTraffic } from './traffic.mjs';

const blockSize = 1 << 20;
/** Longer than any line. */
const spare = 1 << 14;

const dirt = [
  '',
  '\0\0\0\0 cut here \0',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  '{"request":{"method":"GET","uri":"/cut',
  '10.1.4.7 - - [05/Jan/2026:06:00',
  '[{"not":"a record"',
  'Traceback (most recent call last):',
  '\xff\xfe\xc3\x28 \xe2\x82',
].map((text) => Buffer.from(`${text}\n`, 'latin1'));

/** `256MB`, `4GB`, `500000` as bytes (decimal units). */
export function toBytes(text) {
  const match = /^(\d+(?:\.\d+)?)\s*(|k|M|G)B?$/i.exec(text);
  if (!match) throw new Error(`"${text}" is no size: write 256MB or 4GB.`);
  return Number(match[1]) * { '': 1, k: 1e3, m: 1e6, g: 1e9 }[match[2].toLowerCase()];
}

/**
 * Writes whole lines until `bytes` are reached.
 * @param {string} file overwritten
 * @param {{ format: string, bytes: number, seed?: number, dirt?: number }} options
 * @returns {{ bytes: number, calls: number, dirt: number }} what was written; empty lines are no dirt
 */
export function writeLog(file, { format, bytes, seed = 1, dirt: share = 0 }) {
  const known = lineFormats[format];
  if (!known) throw new Error(`"${format}" is none of ${Object.keys(lineFormats).join(', ')}.`);
  const draw = toTraffic({ seed });
  const random = toRandom(seed + 0x5eed);
  const block = Buffer.allocUnsafe(blockSize + spare);
  const descriptor = openSync(file, 'w');
  const written = { bytes: 0, calls: 0, dirt: 0 };
  let used = block.latin1Write(known.head ?? '', 0);
  try {
    while (written.bytes + used < bytes) {
      if (share > 0 && random() / 2 ** 32 < share) {
        const line = dirt[random() % dirt.length];
        used += line.copy(block, used);
        if (line.length > 1) written.dirt++;
      }
      used += block.latin1Write(known.line(draw()), used);
      block[used++] = 10;
      written.calls++;
      if (used >= blockSize) {
        writeSync(descriptor, block, 0, used);
        written.bytes += used;
        used = 0;
      }
    }
    writeSync(descriptor, block, 0, used);
    written.bytes += used;
  } finally {
    closeSync(descriptor);
  }
  return written;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      format: { type: 'string', default: 'nginx' },
      size: { type: 'string', default: '256MB' },
      seed: { type: 'string', default: '1' },
      dirt: { type: 'string', default: '0' },
      out: { type: 'string' },
    },
  });
  if (!values.out) {
    console.error(
      `Usage: node bench/gateway/generate.mjs --format <${Object.keys(lineFormats).join('|')}> --size 256MB --out <file>`,
    );
    process.exit(2);
  }
  const start = performance.now();
  const written = writeLog(values.out, {
    format: values.format,
    bytes: toBytes(values.size),
    seed: Number(values.seed),
    dirt: Number(values.dirt),
  });
  const rate = written.bytes / 1000 / (performance.now() - start);
  console.log(
    `${values.out}: ${written.bytes} bytes, ${written.calls} calls, ${written.dirt} lines of dirt; ${rate.toFixed(0)} MB/s`,
  );
}
