/**
 * One contestant in a process of its own, so that none shares memory or threads with another. Does
 * one task for each message and answers with its wall time, its processor time (of all threads and
 * children) and, where asked for, its rows.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [name, settings] = process.argv.slice(2);
const { threads, peers, dist } = JSON.parse(settings);
const require = createRequire(path.join(path.resolve(peers), 'package.json'));
const load = (library) => import(pathToFileURL(require.resolve(library)).href);

let contestant;

process.on('message', async (task) => {
  try {
    process.send(await answer(task));
  } catch (error) {
    process.send({ fault: error.stack ?? String(error) });
  }
});
process.on('disconnect', () => process.exit(0));

async function answer({ kind, task, withRows }) {
  if (kind === 'open') {
    const { open } = await import(`./contestants/${name}.mjs`);
    contestant = await open({ threads, load, dist });
    const queries = Object.fromEntries(
      task.formats.map((format) => [format, contestant.queries(format)]),
    );
    return { version: contestant.version, error: contestant.error, queries };
  }
  const before = process.cpuUsage();
  const start = performance.now();
  const rows = await contestant.run(task);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6, ...(withRows ? { rows } : {}) };
}
