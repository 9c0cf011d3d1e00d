import type { Audit } from '../../audit.ts';
import type { Link } from '../../landscape.ts';

export type Plan = Audit['analysis']['waves'];
export type Wave = Plan['waves'][number];

/** What a plan refers to by key, at hand by name. */
export interface PlanIndex {
  readonly audit: Audit;
  readonly plan: Plan;
  nameOf(system: string): string;
  link(key: string): Link | undefined;
  choice(key: string): Plan['patterns'][number] | undefined;
  risk(key: string): Plan['risks'][number] | undefined;
  item(key: string): Plan['model']['items'][number] | undefined;
  /** `ERP → Warehouse`. */
  title(key: string): string;
}

/**
 * Opens the plan of an audit.
 * @param nameOf how a report calls a system; its plain name where nothing is said
 */
export function indexPlan(audit: Audit, nameOf = namePlainly(audit)): PlanIndex {
  const plan = audit.analysis.waves;
  const links = new Map(audit.links.map((link) => [link.key, link]));
  const choices = new Map(plan.patterns.map((choice) => [choice.link, choice]));
  const risks = new Map(plan.risks.map((risk) => [risk.link, risk]));
  const items = new Map(
    plan.model.items.flatMap((item) => item.links.map((key) => [key, item] as const)),
  );
  return {
    audit,
    plan,
    nameOf,
    link: (key) => links.get(key),
    choice: (key) => choices.get(key),
    risk: (key) => risks.get(key),
    item: (key) => items.get(key),
    title: (key) => {
      const link = links.get(key);
      return link ? `${nameOf(link.from)} → ${nameOf(link.to)}` : key;
    },
  };
}

function namePlainly({ systems }: Audit): (system: string) => string {
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  return (system) => names.get(system) || system;
}

/** The adapter of a wave in the model: its hours and team. */
export function findAdapter(
  { model }: Plan,
  { system, platform }: Wave['adapters'][number],
): Plan['model']['adapters'][number] | undefined {
  return model.adapters.find(
    (one) => one.system === system && model.platforms[one.platform]?.name === platform,
  );
}

/** Platforms that a wave sets up; those that are there already are none of its work. */
export function listSetUps({ model }: Plan, wave: Wave): Plan['model']['platforms'][number][] {
  return model.platforms.filter(({ name, proven }) => !proven && wave.platforms.includes(name));
}
