import { z } from 'zod';
import { rules } from '../checks/index.ts';
import { type Config, isoDate, parseOptions } from '../config.ts';
import { ConfigError, didYouMean, formatPlace, InputError, type Place } from '../errors.ts';
import { toPlainText } from '../evidence/plain-text.ts';
import type { Files } from '../files.ts';
import { mostDays } from '../finding/longest-loan.ts';
import { saysSomething } from '../finding/says-something.ts';
import { type BaselineEntry, countDaysBetween } from '../finding.ts';
import { parseYaml } from '../yaml.ts';
import type { InputFile } from './scan-sources.ts';

/** The file that is read where there is one and the configuration names none. */
export const defaultBaseline = 'landscape-baseline.yaml';

/** The rules that an entry can be of. */
export const knownRules: readonly string[] = rules.map(({ name }) => name);

/** What a baseline accepts. */
export interface Baseline {
  /** Relative to the landscape's folder; undefined where there is no baseline. */
  readonly file: string | undefined;
  readonly entries: readonly BaselineEntry[];
  readonly inputs: readonly InputFile[];
}

const written = z.strictObject({
  version: z.literal(1, 'expected 1; a baseline of a newer version needs a newer landscape'),
  accepted: z.array(z.unknown()),
});

/** A name or reason that says something. */
const said = z
  .string()
  .transform(toPlainText)
  .refine(saysSomething, 'expected who answers for it, and why; nothing is accepted by nobody');

const entrySchema = z.strictObject({
  fingerprint: z
    .string('expected 16 hexadecimal digits, in quotes')
    .regex(
      /^[0-9a-f]{16}$/,
      'expected 16 hexadecimal digits, as "landscape check --json" has them',
    ),
  rule: z.string().min(1),
  subject: z.string().transform(toPlainText),
  message: z.string().transform(toPlainText).optional(),
  owner: said,
  reason: said,
  acceptedOn: isoDate,
  expires: isoDate,
  figure: z.number().min(0).optional(),
});

/**
 * Reads the baseline of a landscape: the given file, else the one of the configuration, else
 * `landscape-baseline.yaml` where there is one.
 * @param isBegun whether a file that is named may not be there yet
 * @throws InputError or ConfigError, with every problem and its line
 */
export async function readBaseline(
  config: Config,
  files: Files,
  given: {
    readonly file?: string | undefined;
    readonly isBegun?: boolean;
  } = {},
): Promise<Baseline> {
  const named = given.file ?? config.baseline;
  const file = named ?? defaultBaseline;
  const isThere = await hasFile(files, file);
  if (!isThere) {
    if (named === undefined || given.isBegun) return { file: undefined, entries: [], inputs: [] };
    const place = given.file === undefined ? `${formatPlace(config.placeOf('baseline'))}: ` : '';
    throw new InputError(
      `${place}${file}: no such file, so nobody knows what is accepted; write it with "landscape baseline", or correct the name.`,
    );
  }
  return {
    file,
    entries: parseBaseline(await files.text(file), file),
    inputs: [{ file, sha256: await files.digest(file) }],
  };
}

async function hasFile(files: Files, file: string): Promise<boolean> {
  try {
    await files.size(file);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return false;
  }
}

function parseBaseline(text: string, file: string): BaselineEntry[] {
  const yaml = parseYaml(text, file);
  const placeOf = (...path: (string | number)[]): Place => yaml.placeOf(path);
  const { accepted } = parseOptions(written, yaml.value ?? {}, placeOf);
  const problems: string[] = [];
  const entries = accepted.flatMap((value, index): BaselineEntry[] => {
    const placeOfKey = (...path: (string | number)[]): Place => placeOf('accepted', index, ...path);
    try {
      const { message, figure, ...entry } = parseOptions(entrySchema, value, placeOfKey);
      return [
        {
          ...entry,
          ...(message === undefined ? {} : { message }),
          ...(figure === undefined ? {} : { figure }),
          origin: placeOfKey(),
        },
      ];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  const refuse = (index: number, key: string, problem: string): void => {
    problems.push(`${formatPlace(placeOf('accepted', index, key))}: ${problem}`);
  };
  const seen = new Map<string, Place>();
  // Indexes are those of the file only where every entry is understood.
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  for (const [index, { fingerprint, rule, acceptedOn, expires, origin }] of entries.entries()) {
    const first = seen.get(fingerprint);
    if (first)
      refuse(
        index,
        'fingerprint',
        `${fingerprint} is accepted at ${formatPlace(first)} already; keep one of the two.`,
      );
    seen.set(fingerprint, origin);
    if (!knownRules.includes(rule))
      refuse(index, 'rule', `"${rule}" is no rule.${didYouMean(rule, knownRules)}`);
    const days = countDaysBetween(acceptedOn, expires);
    if (days < 0)
      refuse(
        index,
        'expires',
        `ends before it begins, on ${acceptedOn}; correct one of the dates.`,
      );
    if (days > mostDays)
      refuse(
        index,
        'expires',
        `is ${days} days after ${acceptedOn}; a loan lasts ${mostDays} days at most, and can then be renewed.`,
      );
  }
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return entries;
}
