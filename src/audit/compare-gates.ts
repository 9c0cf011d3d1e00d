import { rules } from '../checks/index.ts';
import { presets } from '../checks/presets.ts';
import type { Config, Source } from '../config.ts';
import { type Severity, severities } from '../finding.ts';

/**
 * What of a gate is weaker in a change than it was, or judges by something else, a clause each: the
 * change is judged by its own configuration, so a reader must know what of that it brings along.
 */
export function compareGates(base: Config, head: Config): string[] {
  return [
    ...compareSeverities(base, head),
    ...compareOverrides(base, head),
    ...compareSources(base, head),
    ...compareLimits(base, head),
    ...compareLists(base, head),
    ...(base.scope === 'whole' && head.scope === 'member' ? ['scope whole → member'] : []),
    ...comparePaths(base, head),
  ];
}

function severityOf(config: Config, rule: (typeof rules)[number]): Severity {
  const given = config.rules[rule.name] as Severity | undefined;
  return given ?? presets[config.extends ?? 'recommended'][rule.name] ?? rule.defaultSeverity;
}

function isLower(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) > severities.indexOf(other);
}

function compareSeverities(base: Config, head: Config): string[] {
  return rules.flatMap((rule) => {
    const [before, now] = [severityOf(base, rule), severityOf(head, rule)];
    return isLower(now, before) ? [`${rule.name} ${before} → ${now}`] : [];
  });
}

/** New overrides that let go, and old ones that held and are gone. */
function compareOverrides(base: Config, head: Config): string[] {
  const known = (config: Config): Set<string> =>
    new Set(config.overrides.map((override) => JSON.stringify(override)));
  const [before, now] = [known(base), known(head)];
  const tell = (
    config: Config,
    others: ReadonlySet<string>,
    isMeant: (severity: Severity, general: Severity) => boolean,
    words: string,
  ): string[] =>
    config.overrides
      .filter((override) => !others.has(JSON.stringify(override)))
      .flatMap(({ rules: given, ...facets }) => {
        const changed = rules.flatMap((rule) => {
          const severity = given[rule.name];
          const general = severityOf(config, rule);
          return severity !== undefined && isMeant(severity, general)
            ? [`${rule.name} ${general} → ${severity}`]
            : [];
        });
        const about = Object.entries(facets)
          .flatMap(([facet, names]) => (names ? [`${facet} ${names.join(', ')}`] : []))
          .join(' and ');
        return changed.length > 0 ? [`${words} for ${about}: ${changed.join(', ')}`] : [];
      });
  return [
    ...tell(head, before, isLower, 'a new override'),
    ...tell(base, now, (severity, general) => isLower(general, severity), 'no longer an override'),
  ];
}

function compareSources(base: Config, head: Config): string[] {
  const told = new Set<string>();
  return base.sources.flatMap((before) =>
    before.patterns.flatMap((pattern) => {
      const name = `${before.kind}: ${pattern}`;
      const now = findSource(head, before, pattern);
      if (!now) return [`${name} is no longer read`];
      return compareSource(before, now).flatMap((change) => {
        const sentence = `${name} ${change}`;
        if (told.has(sentence)) return [];
        told.add(sentence);
        return [sentence];
      });
    }),
  );
}

/** The same source in the change; of two with one pattern the one that is most alike. */
function findSource({ sources }: Config, before: Source, pattern: string): Source | undefined {
  const all = sources.filter(
    ({ kind, patterns }) => kind === before.kind && patterns.includes(pattern),
  );
  return all.find((now) => compareSource(before, now).length === 0) ?? all[0];
}

function compareSource(before: Source, now: Source): string[] {
  const keys = [...new Set([...Object.keys(before.options), ...Object.keys(now.options)])].sort();
  const changed = keys.filter(
    (key) => JSON.stringify(before.options[key]) !== JSON.stringify(now.options[key]),
  );
  return [
    ...(now.optional && !before.optional ? ['is now optional'] : []),
    ...(now.minParsed < before.minParsed
      ? [`minParsed ${before.minParsed} → ${now.minParsed}`]
      : []),
    ...(now.environment !== before.environment
      ? [`environment ${before.environment} → ${now.environment}`]
      : []),
    ...(changed.length > 0 ? [`is read with another ${changed.join(', ')}`] : []),
  ];
}

function compareLimits({ limits: before }: Config, { limits: now }: Config): string[] {
  const compare = (name: string, old?: number, most?: number): string[] =>
    old !== undefined && (most === undefined || most > old)
      ? [`limit ${name} ${old} → ${most ?? 'none'}`]
      : [];
  const hasOther =
    now.fanIn?.except !== undefined &&
    JSON.stringify(now.fanIn.except) !== JSON.stringify(before.fanIn?.except);
  return [
    ...compare('fanIn', before.fanIn?.most, now.fanIn?.most),
    ...(before.fanIn && hasOther ? ['limit fanIn excepts others'] : []),
    ...compare('saturation', before.saturation, now.saturation),
    ...compare('cyclicGroup', before.cyclicGroup, now.cyclicGroup),
  ];
}

/** Policies, aliases and naming: each entry that is gone or another. New aliases can hide a link, too. */
function compareLists(base: Config, head: Config): string[] {
  const policies = new Map(head.policies.map((policy) => [policy.name, JSON.stringify(policy)]));
  const before = new Map(base.aliases.map(({ pattern, system }) => [pattern, system]));
  const now = new Map(head.aliases.map(({ pattern, system }) => [pattern, system]));
  const patterns = [...new Set([...before.keys(), ...now.keys()])];
  return [
    ...base.policies.flatMap((policy) => {
      const same = policies.get(policy.name);
      if (same === JSON.stringify(policy)) return [];
      return [`the policy "${policy.name}" is ${same === undefined ? 'gone' : 'another'}`];
    }),
    ...patterns
      .filter((pattern) => before.get(pattern) !== now.get(pattern))
      .map(
        (pattern) =>
          `the alias "${pattern}" ${before.get(pattern) ?? 'none'} → ${now.get(pattern) ?? 'none'}`,
      ),
    ...(JSON.stringify(base.naming) === JSON.stringify(head.naming) ? [] : ['naming is another']),
  ];
}

function comparePaths(base: Config, head: Config): string[] {
  const compare = (name: string, before?: string, now?: string): string[] =>
    before === now ? [] : [`${name} ${before ?? 'none'} → ${now ?? 'none'}`];
  return [
    ...compare('registry', base.registry, head.registry),
    ...compare('baseline', base.baseline, head.baseline),
    ...(base.hold === undefined ? [] : compare('plan.hold', base.hold, head.hold)),
  ];
}
