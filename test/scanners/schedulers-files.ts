import { readFile } from 'node:fs/promises';
import { type Scan, scan } from './scan.ts';

/** The bytes of a fixture below test/fixtures/schedulers. */
export async function readFixture(name: string): Promise<Uint8Array> {
  const url = new URL(`../fixtures/schedulers/${name}`, import.meta.url);
  return new Uint8Array(await readFile(url));
}

/** Scans one fixture as a source of jobs. */
export async function scanFixture(name: string, options = {}): Promise<Scan> {
  return scan('jobs', { [name]: await readFixture(name) }, options);
}

/** Scans one text as a source of jobs. */
export function scanText(file: string, text: string, options = {}): Promise<Scan> {
  return scan('jobs', { [file]: text }, options);
}

const without = (id: string): string => id.slice(id.indexOf(': ') + 2);

/** Each job as `line name @host user: schedules | after … | off`. */
export function drawJobs({ of }: Scan): string[] {
  return of('job').map((job) => {
    const when = job.schedules.map(
      ({ expression, timezone }) => `${expression.replaceAll('\n', '/')} ${timezone || '-'}`,
    );
    const parts = [
      `${job.origin.line} ${without(job.id)}`,
      job.host ? ` @${job.host}` : '',
      job.user ? ` ${job.user}` : '',
      `: ${when.join(' + ')}`,
      job.after ? ` | after ${job.after.map(without).join(', ')}` : '',
      job.disabled ? ' | off' : '',
    ];
    return parts.join('');
  });
}

/** What schedulers do for their jobs, each as `line name +retry text`; `-` where it is defeated. */
export function drawSafeguards({ of }: Scan, words: RegExp = /./): string[] {
  return of('safeguard')
    .filter(({ summary }) => words.test(summary))
    .map(
      ({ origin, code, safeguard, effect, summary }) =>
        `${origin.line} ${without(code)} ${effect === 'provides' ? '+' : '-'}${safeguard} ${summary}`,
    );
}

/** The scripts that jobs start, as `name > script`. */
export function drawCalls({ of }: Scan): string[] {
  return of('calls-script').map(({ caller, script }) => `${without(caller)} > ${script}`);
}

/** What was skipped or told in part, as `line reason`. */
export function drawProblems({ coverage }: Scan): string[] {
  return [...coverage.skippedPlaces, ...coverage.flaws].map(
    ({ place, reason }) => `${place.line} ${reason}`,
  );
}
