import { readFile } from 'node:fs/promises';

type Example = Record<string, string>;

/**
 * The examples of a rule's page: the files under `## Fails` and `## Passes`, each a fence with a
 * title. A new `landscape.yaml` begins a new example. Files below `base/` are how the same landscape
 * looked before; those that did not change stand once.
 */
export async function readExamples(page: string): Promise<{ fails: Example[]; passes: Example[] }> {
  const text = await readFile(page, 'utf8');
  return { fails: readSection(text, 'Fails'), passes: readSection(text, 'Passes') };
}

function readSection(text: string, heading: string): Example[] {
  const section =
    new RegExp(`^## ${heading}\\b[^\\n]*\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(
      text,
    )?.[1] ?? '';
  const examples: Example[] = [];
  for (const match of section.matchAll(/^(`{3,})\w* title="([^"]+)"\n([\s\S]*?)^\1/gm)) {
    const [, , name = '', content = ''] = match;
    if (name === 'landscape.yaml' || examples.length === 0) examples.push({});
    const example = examples.at(-1);
    if (example) example[name] = content;
  }
  return examples;
}

const before = 'base/';

/** The files of an example as they were before, where it says so. */
export function findBase(example: Example): Example | undefined {
  const changed = Object.entries(example).filter(([name]) => name.startsWith(before));
  if (changed.length === 0) return undefined;
  return {
    ...example,
    ...Object.fromEntries(changed.map(([name, text]) => [name.slice(before.length), text])),
  };
}
