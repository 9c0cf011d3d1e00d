import type { CodeFate, Impact, LinkFate } from '../../analyzers/impact/model.ts';
import type { ImpactReport } from '../../audit/audit-impact.ts';
import type { Audit } from '../../audit.ts';
import {
  type Block,
  type Item,
  type Page,
  toFacts,
  toItems,
  toSection,
  toText,
} from '../explain/page.ts';
import { listNames, plural } from '../wording.ts';
import {
  groupHits,
  questionWords,
  type ToldHit,
  tellContacts,
  tellImpact,
  tellObjects,
  tellSeverity,
  tellWay,
} from './words.ts';

/** Names of systems and links as people know them. */
interface Names {
  readonly system: (id: string) => string;
  readonly link: (key: string) => string;
  /** With the id of a system, where it differs. */
  readonly title: string;
  readonly subject: string;
}

/** No terminal is read further. */
const mostHits = 20;

/** One question in full, or several in short, for a terminal. */
export function layOutImpact({ impacts, notes }: ImpactReport, audit: Audit): Page {
  const [first, ...others] = impacts;
  if (!first) return { title: '', sections: [] };
  const names = openNames(audit, first);
  const told = notes.map(toText);
  const sections =
    others.length === 0
      ? tellInFull(first, names, told, audit)
      : [
          ...(told.length === 0 ? [] : [{ blocks: told }]),
          ...impacts.map((impact) => tellInShort(impact, names)),
          {
            blocks: [
              toText(
                `Ways and owners: landscape impact ${quote(first.id)} --outage, and so on. docs/impact.md has the rules.`,
              ),
            ],
          },
        ];
  return { title: names.title, sections };
}

function openNames({ systems, links }: Audit, { subject, id }: Impact): Names {
  const byId = new Map(systems.map((system) => [system.id, system.name]));
  const byKey = new Map(links.map((link) => [link.key, link]));
  const system = (one: string): string => byId.get(one) ?? one;
  const link = (key: string): string => {
    const found = byKey.get(key);
    return found
      ? `${system(found.from)} → ${system(found.to)} over ${found.protocol ?? found.family}`
      : key;
  };
  const name = subject === 'link' ? link(id) : system(id);
  return { system, link, subject: name, title: name === id ? id : `${name} (${id})` };
}

function tellInFull(
  impact: Impact,
  names: Names,
  told: readonly Block[],
  audit: Audit,
): Page['sections'] {
  return [
    {
      blocks: [
        ...told,
        toText(tellImpact(impact, names.subject)),
        ...toFacts([
          ['Systems hit', tellSeverity(impact)],
          ['Talk to', tellContacts(impact)],
        ]),
      ],
    },
    ...groupHits(impact).flatMap(({ title, hits }) =>
      toSection(
        `${title}: ${plural(hits.length, 'system')}`,
        cut(hits.map((hit) => toItem(hit, names))),
      ),
    ),
    ...tellCarriers(impact),
    ...tellRetirement(impact, names),
    ...toSection('Next', tellNext(impact, audit)),
  ];
}

function toItem(hit: ToldHit, names: Names): Item {
  const objects = tellObjects(hit);
  const also = listNames(hit.alsoFrom.map(names.system));
  return {
    head: `${names.system(hit.system)}, ${hit.criticality}${objects === '' ? '' : `: ${objects}`}`,
    lines: [
      tellWay(hit, names.system),
      ...hit.also,
      ...(also === '' ? [] : [`It gets the same from ${also} too.`]),
    ],
  };
}

function cut(items: readonly Item[]): Block[] {
  const more = items.length - mostHits;
  if (more <= 1) return toItems(items);
  return toItems([
    ...items.slice(0, mostHits),
    { head: `and ${plural(more, 'more', 'more')}; --json lists them all` },
  ]);
}

/** What each question makes of code that belongs to neither end. */
const carrierTitles: Readonly<Record<Impact['question'], string>> = {
  outage: 'Scripts and jobs that fail with it',
  late: '',
  'api-change': 'Scripts and jobs that must change, too',
  retire: '',
};

function tellCarriers({ question, carriers }: Impact): Page['sections'] {
  const title = carrierTitles[question];
  return title === '' ? [] : toSection(title, cut(carriers.map((head) => ({ head }))));
}

const fateTitles: Readonly<Record<LinkFate['fate'], string>> = {
  rebuild: 'Links whose data must come from elsewhere',
  move: 'Links that need another way',
  drop: 'Links that can be dropped',
};

function tellRetirement({ retirement }: Impact, names: Names): Page['sections'] {
  if (!retirement) return [];
  const { links, code, isolated } = retirement;
  const fates = (['rebuild', 'move', 'drop'] as const).flatMap((fate) =>
    toSection(
      fateTitles[fate],
      cut(
        links.filter((link) => link.fate === fate).map(({ link }) => ({ head: names.link(link) })),
      ),
    ),
  );
  const ids = (fate: CodeFate): string[] =>
    code.filter((one) => one.fate === fate).map(({ id }) => id);
  return [
    ...fates,
    ...toSection('Code that can go', cut(ids('drop').map((head) => ({ head })))),
    ...toSection(
      'Code that must change, for it does other work too',
      cut(ids('change').map((head) => ({ head }))),
    ),
    ...toSection('Code that needs another host', cut(ids('move').map((head) => ({ head })))),
    ...toSection(
      'Exchanges data with nothing else',
      cut(isolated.map((id) => ({ head: names.system(id) }))),
    ),
  ];
}

/** What a reader asks next, ready to be pasted. */
function tellNext(impact: Impact, audit: Audit): Block[] {
  const { id, question, hits, object } = impact;
  const lines: string[] = [];
  const keys = new Set(hits.map(({ path }) => path[0]));
  const links = audit.links.filter(({ key }) => keys.has(key));
  const [scheduled] = links.filter(({ schedules }) => schedules.length > 0);
  if ((question === 'outage' || question === 'late') && scheduled)
    lines.push(`landscape impact ${quote(scheduled.key)} --failed-run <time>`);
  const carried = links.flatMap(({ objects }) => objects).sort()[0];
  if (question !== 'retire' && object === undefined && carried !== undefined && links.length > 1)
    lines.push(
      `landscape impact ${quote(id)} ${questionWords[question].flag} --object ${quote(carried)}`,
    );
  if (question === 'retire') lines.push(`landscape explain ${quote(id)}`);
  return lines.length === 0 ? [] : [{ kind: 'paste', lines }];
}

function quote(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `"${text}"`;
}

function tellInShort(impact: Impact, names: Names): Page['sections'][number] {
  return {
    title: questionWords[impact.question].title,
    blocks: [
      toText(tellImpact(impact, names.subject)),
      ...toItems(
        groupHits(impact).map(({ title, hits }) => ({
          head: `${title}: ${listNames(
            hits.map(({ system }) => names.system(system)),
            6,
          )}`,
        })),
      ),
    ],
  };
}
