import { fileURLToPath } from 'node:url';
import { type Files, nodeFiles } from '../../files.ts';

/** What the page reckons with, so that it can never say anything else than the command line. */
const entries = [
  'analyzers/impact/find-impact.js',
  'analyzers/impact/landscape-index.js',
  'analyzers/impact/model.js',
  'renderers/impact/words.js',
  'renderers/wording.js',
] as const;

/** From `src/` and from `dist/`, where the package holds its compiled modules. */
const compiled = new URL('../../../dist/', import.meta.url);

/**
 * Our own compiled modules as one script that leaves the name `compiled`, with all that they export.
 * Each is a function of its own, behind those that it imports.
 */
export async function readCompiledModules(
  files: Files = nodeFiles(fileURLToPath(compiled)),
): Promise<string> {
  const texts = new Map<string, string>();
  for (const entry of entries) await gather(entry, files, texts);
  const names = [...texts.keys()];
  const modules = [...texts].map(([name, text], index) => {
    const exported: string[] = [];
    const body = text
      .replaceAll(
        /^import \{([^}]*)\} from "([^"]+)";$/gm,
        (_, imported: string, from: string) =>
          `const {${imported}} = modules[${names.indexOf(resolve(name, from))}];`,
      )
      .replaceAll(
        /^export ((?:const|function\*?) ([\w$]+))/gm,
        (_, declaration: string, called: string) => {
          exported.push(called);
          return declaration;
        },
      );
    return `modules[${index}] = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();`;
  });
  const own = entries.map((entry) => `...modules[${names.indexOf(entry)}]`);
  return `const compiled = (() => {\nconst modules = [];\n${modules.join('\n')}\nreturn { ${own.join(', ')} };\n})();\n`;
}

/** Those that a module imports come before it. */
async function gather(name: string, files: Files, texts: Map<string, string>): Promise<void> {
  if (texts.has(name)) return;
  const text = await files.text(name);
  for (const [, from] of text.matchAll(/^import \{[^}]*\} from "([^"]+)";$/gm))
    await gather(resolve(name, from as string), files, texts);
  texts.set(name, text);
}

function resolve(name: string, from: string): string {
  return new URL(from, `file:///${name}`).pathname.slice(1);
}
