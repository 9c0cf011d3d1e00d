/** A resource of Terraform with the values that are written out in it. */
export interface TerraformBlock {
  readonly type: string;
  readonly name: string;
  readonly line: number;
  /** By the path of keys: `configuration.host`. Items of lists count from 0. */
  readonly values: ReadonlyMap<string, string>;
}

const mostValues = 5_000;

/** The resources of a Terraform file, line by line, as its formatter lays them out. */
export function readTerraformBlocks(text: string): TerraformBlock[] {
  const found: TerraformBlock[] = [];
  let block: (TerraformBlock & { values: Map<string, string> }) | undefined;
  let path: string[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const line = written
      .slice(0, 4_000)
      .replace(/\s+/g, ' ')
      .replace(/^ ?(?:#|\/\/).*$/, '')
      .trim();
    if (line === '') continue;
    const head = /^resource\s+"([\w-]{1,200})"\s+"([\w-]{1,200})"\s*\{/.exec(line);
    if (head) {
      block = { type: head[1] ?? '', name: head[2] ?? '', line: index + 1, values: new Map() };
      found.push(block);
      path = [];
      continue;
    }
    if (!block) continue;
    const entry =
      /^"?([\w-]{1,200})"?\s*[=:]?\s*([{[]|"[^"]{0,2000}"|[^"{[\s][^{[]{0,2000})?\s*[{[]?\s*,?$/.exec(
        line,
      );
    const value = entry?.[2];
    const opens = /[{[]\s*$/.test(line);
    if (opens) path.push(entry?.[1] ?? String(path.length));
    else if (/^[}\]]/.test(line)) {
      if (path.pop() === undefined) block = undefined;
    } else if (entry && value !== undefined && block.values.size < mostValues)
      block.values.set([...path, entry[1]].join('.'), value.replace(/^"|"$|,$/g, ''));
    if (path.length > 50) block = undefined;
  }
  return found;
}
