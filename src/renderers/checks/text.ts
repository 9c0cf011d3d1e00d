import { renderChange } from '../change.ts';
import { renderCheck } from '../terminal-check.ts';
import type { Checked } from './checked.ts';
import { readFrames } from './frames.ts';
import { disarm } from './words.ts';

/** What a person reads: findings by severity and rule, with the lines that errors are about. */
export async function renderText({
  audit,
  verdict,
  files,
  terminal,
  change,
}: Checked): Promise<string> {
  const list = renderCheck(audit, verdict, terminal, await readFrames(audit, files));
  return disarm(`${list}${change ? renderChange(change, terminal.width) : ''}`);
}
