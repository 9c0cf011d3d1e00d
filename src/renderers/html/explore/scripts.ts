import { createRequire } from 'node:module';
import path from 'node:path';
import { type Files, nodeFiles } from '../../../files.ts';

/** What the page needs to explore: libraries as they are published, and our own script. */
export interface ExploreScripts {
  readonly libraries: readonly string[];
  readonly explore: string;
}

/** Our own files in the order in which they build on each other. */
const parts = [
  'facts',
  'address',
  'ways',
  'choose',
  'tell',
  'colours',
  'bundles',
  'domains',
  'programs',
  'picture',
  'drawing',
  'evidence',
  'panel',
  'legend',
  'controls',
  'mermaid',
  'start-near',
  'start',
  'matrix-cells',
  'matrix-picture',
  'matrix',
] as const;

/** Reads the scripts of the explorer: graphology and sigma from where they are installed, ours from `templates`. */
export async function readExploreScripts(templates: Files): Promise<ExploreScripts> {
  const [graphology, sigma, ...own] = await Promise.all([
    readLibrary('graphology', 'graphology.umd.min.js'),
    readLibrary('sigma', 'sigma.min.js'),
    ...parts.map((part) => templates.text(`explore/${part}.js`)),
  ]);
  return {
    libraries: [
      graphology as string,
      // It opens WebGL as soon as it runs, so it may not run before somebody looks.
      `function loadSigma() {\n${sigma}\n}`,
    ],
    explore: `(() => {\n'use strict';\n${own.join('\n')}})();\n`,
  };
}

/** A library's own bundle, with its licence, and without the address of a map that is not there. */
async function readLibrary(name: string, file: string): Promise<string> {
  const main = createRequire(import.meta.url).resolve(name);
  const text = await nodeFiles(path.dirname(main)).text(file);
  const licence = await nodeFiles(path.join(path.dirname(main), '..')).text('LICENSE.txt');
  const script = text.replace(/\n\/\/# sourceMappingURL=[^\n]*\s*$/, '');
  return `/*! ${name}\n${licence.replaceAll('*/', '')}*/\n${script}`.replaceAll(
    /<(?=\/script|!--)/gi,
    '\\x3c',
  );
}
