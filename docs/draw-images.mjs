// Draws the pictures of docs/diagrams.md anew: npm run diagrams. A person looks at them.
import { execFileSync } from 'node:child_process';

const pictures = {
  'flowchart.svg': ['nordfisk'],
  'focus.svg': ['plant', '--focus', 'mes'],
  'traffic.svg': ['plant', '--kind', 'traffic'],
  'hotspots.svg': ['plant', '--kind', 'hotspots'],
  'waves.svg': ['nordfisk', '--kind', 'waves'],
  'week.svg': ['nordfisk', '--kind', 'week'],
};

for (const [name, [sample, ...options]] of Object.entries(pictures)) {
  const fixed = ['--today', '2026-11-02', '--no-cache', '--quiet', '-o', `docs/images/${name}`];
  const args = ['bin/landscape.js', 'diagram', `inventories/${sample}`, ...options, ...fixed];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
}
