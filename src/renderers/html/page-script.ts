import type { Files } from '../../files.ts';

/** The parts of the page's script, in the order in which they build on each other. */
const parts = [
  'elements',
  'address',
  'state',
  'contents',
  'csv',
  'tables',
  'copy',
  'links',
  'findings',
  'systems',
  'narrow',
  'paper',
  'sideways',
  'start',
] as const;

/** Reads the script that every page has: sorting, filters, addresses, copying. It leaves one name, `report`. */
export async function readPageScript(templates: Files): Promise<string> {
  const texts = await Promise.all(parts.map((part) => templates.text(`page/${part}.js`)));
  return `const report = (() => {\n'use strict';\n${texts.join('\n')}\nreturn report;\n})();\n`;
}
