import { published as publishedCases } from '../../analyzers/structure.ts';
import { rules } from '../../checks/index.ts';
import { isTimezone } from '../../schedule.ts';
import { familyOfProtocol, platforms, safeguards, systemKinds } from '../../vocabulary.ts';
import { plainWords } from './plain-words.ts';
import { hidden, isPlainWord, scrub } from './scrub.ts';
import { digest, type Kind } from './stand-ins.ts';
import type { TextTreatment } from './treatment.ts';

const as =
  (kind: Kind): TextTreatment =>
  (standIns, text) =>
    standIns.of(kind, text);

const asAny =
  (fallback: Kind): TextTreatment =>
  (standIns, text) =>
    standIns.ofAny(fallback, text);

/** Keeps what passes a test; all else gets a stand-in of a kind. */
const keepIf =
  (isKept: (text: string) => boolean, otherwise: Kind): TextTreatment =>
  (standIns, text) =>
    isKept(text) ? text : standIns.of(otherwise, text);

const among = (words: readonly string[]): ((text: string) => boolean) => {
  const known = new Set(words);
  return (text) => known.has(text);
};

export const system = as('system');
export const domain = as('domain');
export const team = as('team');
export const person = as('person');
export const site = as('site');
export const type = as('type');
export const object = as('object');
export const host = as('host');
export const tag = as('tag');
export const contract = as('contract');
export const table = as('table');
export const route = as('route');
export const account = as('account');
export const file = as('file');
export const repository = as('repository');
export const commit = as('commit');
export const registration = as('registration');
export const source = as('source');
export const collection = as('collection');
export const task = as('task');

/** The key of a link, as long as there is such a link. */
export const link = asAny('thing');
/** A system, or a host by its name. */
export const systemOrHost = asAny('host');
/** A script, a job, or a link that is its own job. */
export const code = asAny('code');
/** A system, an alias or a host, as it was given. */
export const givenName = asAny('alias');
/** How a source names an end, or a place on a store. */
export const reference = asAny('thing');

/** A sentence of the tool, or what it quotes. */
export const sentence: TextTreatment = scrub;

/** What somebody wrote in their own words. */
export const remark: TextTreatment = (_standIns, text) => (text === '' ? '' : hidden);

/** A protocol that everybody knows. */
export const protocol = keepIf((text) => familyOfProtocol(text) !== 'other', 'protocol');

/** `prod`, `test` and their like. */
export const environment = keepIf(
  among([
    'prod',
    'production',
    'test',
    'dev',
    'development',
    'stage',
    'staging',
    'qa',
    'uat',
    'int',
  ]),
  'environment',
);

export const lifecycle = keepIf(
  among(['active', 'planned', 'retired', 'retiring', 'phase-out', 'production', 'experimental']),
  'lifecycle',
);

export const platform = keepIf(among(platforms), 'thing');
export const safeguard = keepIf(among(safeguards), 'thing');
export const rule = keepIf(among(rules.map(({ name }) => name)), 'thing');
export const sourceKind = keepIf(
  among([
    'inventory',
    'model',
    'cron',
    'jobs',
    'scripts',
    'gateway',
    'evidence',
    'registry',
    'people',
    'incidents',
    ...systemKinds,
  ]),
  'thing',
);

/** What the tool cites from studies. */
export const published = keepIf(
  among(publishedCases.flatMap(({ name, source }) => [name, source])),
  'thing',
);

/** A word or a few that the tool itself says, such as what records are called. */
export const saying = keepIf((text) => text.split(/[\s-]+/).every(isPlainWord), 'thing');

/** What a file ends in, where that says no more than its language. */
export const ending = keepIf((text) => plainWords.has(text.replace(/^\./, '')), 'thing');

/** `ERP → WMS`: types of systems, the way the data goes. */
export const typesOfLink: TextTreatment = (standIns, text) =>
  text
    .split(' → ')
    .map((one) => standIns.of('type', one))
    .join(' → ');

const time =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** A date or a time. */
export const date: TextTreatment = (_standIns, text) => (time.test(text) ? text : hidden);

/** A time zone by its IANA name. */
export const timezone: TextTreatment = (_standIns, text) =>
  text !== '' && isTimezone(text) && /^[A-Za-z_+\-/0-9]{1,40}$/.test(text) ? text : '';

/** Letters that schedules are written with, beside the names of days and months. */
const scheduleWords = new Set(
  'mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec l w h c lw d m s min r rrule freq daily weekly hourly monthly yearly byday bymonth byhour byminute interval t p pt utc'.split(
    ' ',
  ),
);

/** When a job runs: figures, signs, and words that schedules are made of. */
export const schedule = keepIf(
  (text) =>
    text.length <= 200 &&
    !/\d{5}/.test(text) &&
    !/\d{1,3}\.\d{1,3}\.\d{1,3}/.test(text) &&
    /^[A-Za-z0-9 */,\-#?~@:.=;()+]*$/.test(text) &&
    text
      .split(/[^A-Za-z]+/)
      .filter((part) => part !== '')
      .every((part) => scheduleWords.has(part.toLowerCase()) || isPlainWord(part.toLowerCase())),
  'schedule',
);

/** What is told of a schedule in words: the name of its time zone may stand behind them. */
export const scheduleInWords: TextTreatment = (standIns, text) =>
  text
    .split(', ')
    .map((part) => (isTimezone(part) ? part : scrub(standIns, part)))
    .join(', ');

/** A digest would prove what a file or a finding holds: that of its stand-in says that they are two. */
export const proof: TextTreatment = (standIns, text) =>
  digest(standIns.of('thing', text)).slice(0, text.length);

/** The version of a program. */
export const version: TextTreatment = (_standIns, text) =>
  /^(?:[A-Za-z]{1,10} )?\d{1,4}(?:\.\d{1,4}){0,3}$/.test(text) ? text : '';

/** A currency by its ISO 4217 code. */
export const currency: TextTreatment = (_standIns, text) =>
  /^[A-Z]{3}$/.test(text) ? text : hidden;
