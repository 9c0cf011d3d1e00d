import { taskIds } from '../analyzers/plan/carry-over.ts';
import type { Audit } from '../audit.ts';
import { toCsv } from './csv.ts';
import {
  findAdapter,
  indexPlan,
  listSetUps,
  type PlanIndex,
  type Wave,
} from './migration-plan/plan-index.ts';
import { tellFixed } from './plan-words.ts';

/** One piece of work of the plan, for a tracker. */
interface Task {
  /** The same as long as the work is: a tracker can be filled again without doubles. */
  readonly id: string;
  readonly kind: 'owner' | 'platform' | 'adapter' | 'move' | 'bridge' | 'retire';
  readonly title: string;
  readonly wave: number | '';
  readonly start: string;
  readonly due: string;
  readonly owner: string;
  readonly hours: number | '';
  readonly risk: number | '';
  /** Open where it is not told. */
  readonly status?: 'started' | 'done';
  readonly actualHours?: number;
  readonly after: readonly string[];
  readonly description: string;
}

const header = [
  'id',
  'kind',
  'title',
  'wave',
  'start',
  'due',
  'owner',
  'hours',
  'status',
  'actual hours',
  'risk',
  'after',
  'description',
];

/** Renders `plan-tasks.csv`: every piece of work of the plan, with what it has to wait for. */
export function renderPlanTasks(audit: Audit): string {
  return toCsv([
    header,
    ...listTasks(audit).map((task) => [
      task.id,
      task.kind,
      task.title,
      task.wave,
      task.start,
      task.due,
      task.owner,
      task.hours,
      task.status ?? 'open',
      task.actualHours ?? '',
      task.risk,
      task.after.join(' '),
      task.description,
    ]),
  ]);
}

/** What belongs to no wave has no days. */
const undated = { wave: '', start: '', due: '', hours: '', risk: '', after: [] } as const;

function listTasks(audit: Audit): Task[] {
  const index = indexPlan(audit);
  return [
    ...listBegun(index),
    ...listMissingOwners(index),
    ...index.plan.waves.flatMap((wave) => [
      ...listPlatforms(index, wave),
      ...listAdapters(index, wave),
      ...listMoves(index, wave),
      ...listBridges(index, wave),
    ]),
    ...listRetirements(index),
  ];
}

/** A link's ends with its protocol: two links of one pair are two tasks. */
function titleLink(index: PlanIndex, key: string): string {
  const link = index.link(key);
  return link ? `${index.title(key)} (${link.protocol ?? link.family})` : key;
}

function listBegun(index: PlanIndex): Task[] {
  return index.plan.fixed.map(({ task, wave, status, plannedHours, actualHours }) => ({
    ...undated,
    id: task,
    kind: kindOf(task),
    title: tellFixed(task, (key) => titleLink(index, key), index.nameOf),
    wave,
    owner: '',
    hours: plannedHours,
    status,
    ...(actualHours !== undefined && { actualHours }),
    description: '',
  }));
}

function listMissingOwners(index: PlanIndex): Task[] {
  return index.plan.blocked.map(({ link, reason }) => ({
    ...undated,
    id: `owner:${link}`,
    kind: 'owner',
    title: `Name an owner of ${titleLink(index, link)}`,
    owner: '',
    description: reason,
  }));
}

function listPlatforms({ plan }: PlanIndex, wave: Wave): Task[] {
  return listSetUps(plan, wave).map(({ name, hours }) => ({
    ...daysOf(wave),
    id: taskIds.platform(name),
    kind: 'platform',
    title: `Set up the platform for ${name}`,
    owner: '',
    hours,
    risk: '',
    after: [],
    description: '',
  }));
}

function listAdapters({ plan, nameOf }: PlanIndex, wave: Wave): Task[] {
  const proven = new Set(plan.model.platforms.filter((one) => one.proven).map(({ name }) => name));
  return wave.adapters.map(({ system, platform }) => {
    const adapter = findAdapter(plan, { system, platform });
    return {
      ...daysOf(wave),
      id: taskIds.adapter(system, platform),
      kind: 'adapter',
      title: `Connect ${nameOf(system)} to ${platform}`,
      owner: adapter?.team ?? '',
      hours: adapter?.hours ?? '',
      risk: '',
      after: proven.has(platform) ? [] : [taskIds.platform(platform)],
      description: '',
    };
  });
}

function listMoves(index: PlanIndex, wave: Wave): Task[] {
  return wave.links.map((key) => {
    const item = index.item(key);
    const choice = index.choice(key);
    const others = item?.links.filter((other) => other !== key) ?? [];
    const titles = others.map((other) => titleLink(index, other)).join(', ');
    return {
      ...daysOf(wave),
      id: taskIds.move(key),
      kind: 'move',
      title: `Move ${titleLink(index, key)} to ${choice?.pattern}`,
      owner: item?.team ?? '',
      hours: (item?.hours ?? 0) / (item?.links.length ?? 1),
      risk: index.risk(key)?.score ?? '',
      after: listNeeded(index, key),
      description: [
        ...(choice?.reasons ?? []),
        ...(titles === '' ? [] : [`moves together with ${titles}`]),
      ].join('; '),
    };
  });
}

/** The adapters of a link's own ends; an item can hold more, for the links that move with it. */
function listNeeded(index: PlanIndex, key: string): string[] {
  const { adapters, platforms } = index.plan.model;
  const link = index.link(key);
  return (index.item(key)?.adapters ?? []).flatMap((at) => {
    const adapter = adapters[at];
    const platform = platforms[adapter?.platform ?? -1];
    const isEnd = [link?.from, link?.to].includes(adapter?.system);
    return adapter && platform && isEnd && platform.name === index.choice(key)?.pattern
      ? [taskIds.adapter(adapter.system, platform.name)]
      : [];
  });
}

function listBridges({ plan: { model } }: PlanIndex, wave: Wave): Task[] {
  return wave.bridges.map((at) => {
    const object = model.bridges[at]?.object;
    return {
      ...daysOf(wave),
      id: `bridge:${object}:${wave.number}`,
      kind: 'bridge',
      title: `Bridge ${object} until wave ${wave.number + 1} has moved`,
      owner: '',
      hours: model.bridgeHours,
      risk: '',
      after: [],
      description: `part of what carries ${object} moves later`,
    };
  });
}

function listRetirements(index: PlanIndex): Task[] {
  return index.plan.retired.map((key) => ({
    ...undated,
    id: `retire:${key}`,
    kind: 'retire',
    title: `Retire ${titleLink(index, key)}`,
    owner: index.link(key)?.owner?.team ?? '',
    description: index.choice(key)?.reasons.join('; ') ?? '',
  }));
}

function daysOf(wave: Wave): Pick<Task, 'wave' | 'start' | 'due'> {
  return { wave: wave.number, start: wave.first, due: wave.last };
}

function kindOf(task: string): Task['kind'] {
  return task.startsWith('move:') ? 'move' : task.startsWith('adapter:') ? 'adapter' : 'platform';
}
