import type { Included, ModelReader } from './model.ts';
import { readStatements } from './structurizr-tokens.ts';
import { StructurizrWorkspace } from './structurizr-workspace.ts';

const deepestIncludes = 10;
const word =
  /^\s*(?:workspace\b|model\b|!\w|[^"\n]{0,200}\b(?:softwaresystem|container|person|deploymentnode)\b|[\w.]{1,200}\s+->)/im;

/** Reads workspaces, and pieces of them, in the Structurizr DSL: https://docs.structurizr.com/dsl/language */
export const structurizrReader: ModelReader = {
  name: 'Structurizr DSL',
  matches: (file, text) =>
    /\.dsl$/i.test(file)
      ? word.test(text)
      : /^\s*workspace\b[^{\n]{0,500}\{/m.test(text) && /^\s*model\s*\{/m.test(text),
  async read(text, _file, include) {
    const workspace = new StructurizrWorkspace();
    await readText(text, workspace, include, 0, undefined);
    return workspace.finish();
  },
};

/** What an included file says counts as said where it is included. */
async function readText(
  text: string,
  workspace: StructurizrWorkspace,
  include: (path: string) => Promise<Included>,
  depth: number,
  at: number | undefined,
): Promise<void> {
  for (const statement of readStatements(text)) {
    const line = at ?? statement.line;
    const path = workspace.take(statement, line);
    if (path === undefined) continue;
    const found: Included =
      depth < deepestIncludes
        ? await include(path)
        : { reason: 'files include each other without end' };
    if ('text' in found) await readText(found.text, workspace, include, depth + 1, line);
    else workspace.skip(line, `${path.slice(0, 200)} is not included: ${found.reason}`);
  }
}
