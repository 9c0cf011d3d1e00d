import { type AuditOptions, type Judged, judge } from '../audit.ts';
import { type Config, parseConfig } from '../config.ts';
import { InputError, LandscapeError } from '../errors.ts';
import type { Outside } from '../files/base-files.ts';
import type { Cache } from '../files/cache.ts';
import type { Base } from '../files/open-base.ts';
import { readPattern } from '../files/pattern.ts';
import { sourceKinds } from '../scanners/index.ts';
import { readJudged } from './read-audit.ts';

const name = 'base';
/** Another number for other keys, or another shape of what is kept. */
const format = 2;

/** Sources that may be brought along instead of committed; of all others a new file is new code. */
const broughtKinds: readonly string[] = ['inventory', 'gateway', 'evidence'];

/**
 * The audit of the version that a change began at, and its configuration; of an earlier run where nothing else was read
 * from outside of git. Undefined where that version has no such configuration.
 * @param file the configuration, relative to the folder of the landscape
 * @param kept where audits of bases are kept
 * @throws InputError where the base cannot be read or judged
 */
export async function judgeBase(
  base: Base,
  file: string,
  kept: Cache,
  options: AuditOptions,
): Promise<{ readonly audit: Judged; readonly config: Config } | undefined> {
  try {
    const text = await base.textOf(file);
    if (text === undefined) return undefined;
    const config = parseConfig(text, file, sourceKinds);
    const files = base.open(openChange(config));
    const key = JSON.stringify([
      format,
      base.commit,
      file,
      options.tool,
      options.asOf,
      options.today,
      options.baseline,
      options.severities,
    ]);
    const [known, outside, judged] = split(await kept.load(name));
    const before = known === key ? parseOutside(outside) : undefined;
    if (before && (await files.isSame(before))) {
      const audit = tryRead(judged);
      if (audit) return { audit, config };
    }
    const result = await judge(config, files, {
      ...options,
      // Its own base is not looked at, and what it accepts makes nothing new.
      isBaselineBegun: true,
      severities: { ...options.severities, ratchet: 'off' },
    });
    const [read, written] = [await files.outside(), JSON.stringify(result)];
    await kept.store(name, [key, JSON.stringify(read), written].join('\n'));
    return { audit: result, config };
  } catch (error) {
    if (!(error instanceof LandscapeError)) throw error;
    throw new InputError(
      `--since ${base.name}: the base cannot be judged, so nobody knows what is new. ${error.message}\nCheck without --since until the base is mended, or name an audit of it with --base-audit.`,
      { cause: error },
    );
  }
}

/** Tells of files that git does not keep which are part of a change. */
function openChange(config: Config): (file: string) => boolean {
  const isBrought = ({ kind }: Config['sources'][number]): boolean => broughtKinds.includes(kind);
  const patternsOf = (sources: Config['sources']) =>
    sources.flatMap(({ patterns }) => patterns).map(readPattern);
  const code = patternsOf(config.sources.filter((source) => !isBrought(source)));
  const brought = [
    ...patternsOf(config.sources.filter(isBrought)),
    ...[config.registry, config.people?.file, config.incidents, config.baseline]
      .filter((each) => each !== undefined)
      .map(readPattern),
  ];
  return (file) =>
    code.some(({ names }) => names(file)) && !brought.some(({ names }) => names(file));
}

function split(text: string | undefined): [string?, string?, string?] {
  if (text === undefined) return [];
  const first = text.indexOf('\n');
  const second = text.indexOf('\n', first + 1);
  if (first < 0 || second < 0) return [];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

/** What another program left under the name is nothing that can be compared. */
function parseOutside(text: string | undefined): Outside | undefined {
  try {
    const { patterns, files } = JSON.parse(text ?? '') as Partial<Outside>;
    const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null;
    return isMap(patterns) && isMap(files) ? ({ patterns, files } as Outside) : undefined;
  } catch {
    return undefined;
  }
}

function tryRead(text: string | undefined): Judged | undefined {
  try {
    return readJudged(text ?? '', name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return undefined;
  }
}
