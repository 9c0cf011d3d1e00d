import { stripVTControlCharacters } from 'node:util';
import type { CommonOptions } from './landscape-options.ts';

/** Tells a person who waits what is being read. */
export interface Progress {
  readonly show: (kind: string, file: string) => void;
  readonly stop: () => void;
}

/** Progress on standard error, on a terminal only; in pipelines and with --quiet there is none. */
export async function startProgress(options: CommonOptions): Promise<Progress> {
  const isWanted =
    options.progress && !options.quiet && !process.env['CI'] && process.stderr.isTTY === true;
  if (!isWanted) return { show: () => {}, stop: () => {} };
  const { default: ora } = await import('ora');
  const spinner = ora({ text: 'Reading', stream: process.stderr, discardStdin: false }).start();
  return {
    show: (kind, file) => {
      spinner.text = `Reading ${kind}: ${stripVTControlCharacters(file).slice(0, 60)}`;
    },
    stop: () => {
      spinner.stop();
    },
  };
}
