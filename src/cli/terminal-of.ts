import type { TerminalOptions } from '../renderers/terminal-text.ts';
import { type CommonOptions, usesColor } from './landscape-options.ts';

const narrowest = 40;
const widest = 240;

/**
 * How to show text on standard output. The width is that of the terminal, else what `COLUMNS` says,
 * else 80 columns; sentences stay shorter than a wide terminal.
 */
export function terminalOf(options: Pick<CommonOptions, 'color'>): TerminalOptions {
  const said = /^\d{1,4}$/.test(process.env['COLUMNS'] ?? '') ? Number(process.env['COLUMNS']) : 0;
  const columns = process.stdout.columns || said || 80;
  return { color: usesColor(options), width: Math.min(Math.max(columns, narrowest), widest) };
}
