import { expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();

test('--help lists every command under what it is for', async () => {
  expect(await run(['node', 'landscape', '--help'])).toBe(0);
  const left = /\nCommands:\n((?: +\S.*\n)+)/.exec(shown.out)?.[1] ?? '';
  expect(left.trim()).toMatch(/^help \[command\] +display help for command$/);
  for (const title of ['Begin:', 'Share:']) expect(shown.out).toContain(`\n${title}\n  `);
});
