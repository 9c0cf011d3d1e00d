import { describe, expect, test } from 'vitest';
import { searchForReports } from '../src/audit/planning.ts';
import { audit } from '../src/audit.ts';
import { parseConfig } from '../src/config.ts';
import { nodeFiles } from '../src/files.ts';
import { renderReports } from '../src/renderers/index.ts';
import { sourceKinds } from '../src/scanners/index.ts';

/** The example output in `reports/`. `npm run reports` writes it anew; a person reads the difference. */
describe.each(['nordfisk', 'plant', 'webshop', 'hospital'])('reports/%s', (sample) => {
  test('is what a scan of the sample writes', async () => {
    const files = nodeFiles(`inventories/${sample}`);
    const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
    const reports = await renderReports(
      await audit(config, files, {
        today: '2026-11-02',
        strict: false,
        planning: { search: searchForReports },
      }),
    );
    expect([...reports.keys()]).toContain('report.html');
    for (const [name, text] of reports) {
      // One HTML report is enough for people to open; the others would only make the repository larger.
      if (name === 'report.html' && sample !== 'nordfisk') continue;
      await expect([...text].join('')).toMatchFileSnapshot(`../reports/${sample}/${name}`);
    }
  });
});
