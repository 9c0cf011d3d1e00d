import { stripVTControlCharacters } from 'node:util';
import type { ReadBytes } from '../scanners/scanner.ts';
import type { CommonOptions } from './landscape-options.ts';
import { openRateMeter, type Rate } from './rate-meter.ts';

/** Tells a person who waits what is being read. */
export interface Progress {
  readonly show: (kind: string, file: string, bytes?: ReadBytes) => void;
  readonly stop: () => void;
}

/** Ten times a second is as often as a person can read. */
const updateMilliseconds = 100;
/** Less than this is read before anyone has read how far it is. */
const worthCountingBytes = 16 * 1024 * 1024;

/** Progress on standard error, on a terminal only; in pipelines and with --quiet there is none. */
export async function startProgress(
  options: CommonOptions,
  stream: NodeJS.WriteStream = process.stderr,
): Promise<Progress> {
  const isWanted =
    options.progress && !options.quiet && !process.env['CI'] && stream.isTTY === true;
  // A terminal without a size, as some containers give, would be cleared line by line for ever.
  if (!isWanted || stream.columns === 0) return { show: () => {}, stop: () => {} };
  const { default: ora } = await import('ora');
  const spinner = ora({
    text: 'Reading',
    stream,
    discardStdin: false,
    interval: updateMilliseconds,
  }).start();
  let meter = openRateMeter();
  let shownKind = '';
  let shownAt = 0;
  return {
    show: (kind, file, bytes) => {
      const now = performance.now();
      if (kind !== shownKind) meter = openRateMeter();
      else if (bytes && now - shownAt < updateMilliseconds) return;
      shownKind = kind;
      shownAt = now;
      spinner.text = formatProgress(kind, file, bytes, bytes && meter(bytes, now));
    },
    stop: () => {
      spinner.stop();
    },
  };
}

/** What is read, and of much data how much of it, how fast, and for how long still. */
export function formatProgress(kind: string, file: string, bytes?: ReadBytes, rate?: Rate): string {
  const parts = [`Reading ${kind}: ${stripVTControlCharacters(file).slice(0, 60)}`];
  const isRows = bytes?.unit === 'rows';
  if (bytes && (isRows || Math.max(bytes.done, bytes.total) >= worthCountingBytes)) {
    const format = isRows ? formatRows : formatBytes;
    const of = bytes.total > 0 ? ` of ${format(bytes.total)}` : '';
    parts.push(`${format(bytes.done)}${of}${isRows ? ' rows' : ''}`);
    if (rate) parts.push(`${format(rate.bytesPerSecond)}/s`);
    if (rate?.secondsLeft !== undefined) parts.push(`${formatSeconds(rate.secondsLeft)} left`);
  }
  return parts.join(', ');
}

/** Units of 1000, as file managers and disks count. */
function formatBytes(bytes: number): string {
  const megabytes = bytes / 1e6;
  return megabytes >= 1000 ? `${(megabytes / 1000).toFixed(1)} GB` : `${Math.round(megabytes)} MB`;
}

function formatRows(rows: number): string {
  if (rows >= 1e9) return `${(rows / 1e9).toFixed(1)} billion`;
  return rows >= 1e6 ? `${(rows / 1e6).toFixed(1)} million` : String(Math.round(rows));
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
