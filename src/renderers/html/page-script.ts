import type { Files } from '../../files.ts';
import { readCompiledModules } from './compiled-modules.ts';

/** The parts of the page's script, in the order in which they build on each other. */
const parts = [
  'elements',
  'markup',
  'address',
  'state',
  'facts',
  'contents',
  'csv',
  'tables',
  'copy',
  'find',
  'links',
  'findings',
  'systems',
  'impact',
  'hotspots',
  'waves',
  'narrow',
  'paper',
  'sideways',
  'start',
] as const;

/**
 * Reads the script that every page has: sorting, filters, addresses, copying, and our own modules
 * that it reckons with. It leaves one name, `report`.
 */
export async function readPageScript(templates: Files): Promise<string> {
  const texts = await Promise.all(parts.map((part) => templates.text(`page/${part}.js`)));
  const modules = await readCompiledModules();
  return `const report = (() => {\n'use strict';\n${modules}${texts.join('\n')}\nreturn report;\n})();\n`;
}
