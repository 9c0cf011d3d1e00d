/**
 * How long `landscape --version` takes beside a bare `node -e 0`, in one run: the median of each,
 * taken in turns so that a busy machine slows both.
 *
 *   npm run bench:startup
 */
import { spawnSync } from 'node:child_process';

const rounds = 25;
const commands = {
  'node -e 0': ['-e', '0'],
  'landscape --version': ['bin/landscape.js', '--version'],
  'landscape --help': ['bin/landscape.js', '--help'],
};
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));

for (let round = 0; round < rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const start = process.hrtime.bigint();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`${name} exits ${status}`);
    times[name].push(Number(process.hrtime.bigint() - start) / 1e6);
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const base = median(times['node -e 0']);
for (const [name, values] of Object.entries(times)) {
  const time = median(values);
  console.log(
    `${name.padEnd(20)} ${time.toFixed(0).padStart(5)} ms  ${(time / base).toFixed(2)} × node`,
  );
}
