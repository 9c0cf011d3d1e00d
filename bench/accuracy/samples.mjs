/** The sample landscapes against the tables of links in their READMEs, which people wrote by hand. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { figures } from './edges.mjs';

/**
 * A row for each sample whose README says which links a scan must find.
 * @param scan folder of a landscape → its audit
 */
export function scoreSamples(inventories, scan) {
  return readdirSync(inventories, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = path.join(inventories, name);
      const truth = new Set(readTable(path.join(folder, 'README.md')));
      const { audit, seconds } = scan(folder);
      const found = audit.links.map(({ key }) => key);
      const extra = found.filter((key) => !truth.has(key));
      const hits = found.length - extra.length;
      return [
        name,
        { truth: truth.size, hits, extra, ...figures(hits, extra.length, truth.size) },
        seconds,
        audit,
      ];
    })
    .filter(([, { truth }]) => truth > 0);
}

/** The keys of the rows `| from | to | family | initiator | yes or no | … |`. */
function readTable(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells.length === 7 && ['yes', 'no'].includes(cells[4]))
    .map(([from, to, family]) => `${from}=>${to}#${family}`);
}
