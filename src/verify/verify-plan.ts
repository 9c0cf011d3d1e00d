import type { WrittenPlan } from './plan-shape.ts';

/** Differences below this are rounding: of hours, and of an objective relative to its size. */
const rounding = 1e-4;

/**
 * Checks a plan against docs/plan-model.md by computing everything again. It shares no code with the
 * planner, so that a mistake there is not repeated here.
 * @returns a sentence for everything that is wrong; none where the plan holds
 */
export function verifyPlan(plan: WrittenPlan): string[] {
  const wrong = checkPlaces(plan);
  if (wrong.length > 0) return wrong;
  const at = locate(plan);
  return [
    ...at.wrong,
    ...checkBuilding(plan, at),
    ...checkHours(plan, at),
    ...checkFreezes(plan, at),
    ...checkRisk(plan, at),
    ...checkProof(plan, at),
    ...checkBridges(plan, at),
    ...checkCertificate(plan, at),
  ];
}

/** Wave of each item, adapter and platform, from 1; 0 where it is in none. */
interface Located {
  readonly items: readonly number[];
  readonly adapters: readonly number[];
  readonly platforms: readonly number[];
  readonly wrong: readonly string[];
}

/** Numbers that stand for places in a list have to be places in it. */
function checkPlaces({ waves, model }: WrittenPlan): string[] {
  const wrong: string[] = [];
  const check = (places: readonly number[], size: number, what: string): void => {
    for (const place of places)
      if (place >= size) wrong.push(`${what} names place ${place}, and there are ${size}.`);
  };
  for (const item of model.items) {
    check(item.adapters, model.adapters.length, `The adapters of ${item.links[0]}`);
    check(item.frozen, model.waves.length, `The freezes of ${item.links[0]}`);
  }
  for (const { system, platform } of model.adapters)
    check([platform], model.platforms.length, `The adapter of ${system}`);
  for (const { object, items } of model.bridges)
    check(items, model.items.length, `The bridge of ${object}`);
  for (const { number, bridges } of waves) {
    check(bridges, model.bridges.length, `Wave ${number}`);
    if (number > model.waves.length)
      wrong.push(`There is no wave ${number}: the model has ${model.waves.length}.`);
  }
  if (new Set(waves.map(({ number }) => number)).size < waves.length)
    wrong.push('Two waves have one number.');
  return wrong;
}

function locate(plan: WrittenPlan): Located {
  const { model, waves } = plan;
  const wrong: string[] = [];
  const homes = new Map<string, string[]>();
  const put = (link: string, home: string): void => {
    homes.set(link, [...(homes.get(link) ?? []), home]);
  };
  const waveOf = new Map<string, number>();
  for (const { number, links } of waves)
    for (const link of links) {
      put(link, `wave ${number}`);
      waveOf.set(link, number);
    }
  for (const link of plan.kept) put(link, 'kept');
  for (const link of plan.retired) put(link, 'retired');
  for (const { link } of plan.blocked) put(link, 'blocked');
  for (const { task } of plan.fixed ?? [])
    if (task.startsWith('move:')) put(task.slice('move:'.length), 'done or under way');
  for (const [link, found] of homes)
    if (found.length > 1)
      wrong.push(`${link} is there ${found.length} times: ${found.join(', ')}.`);
  const known = new Set(model.items.flatMap(({ links }) => links));
  for (const link of waveOf.keys())
    if (!known.has(link)) wrong.push(`${link} moves, and the model does not know it.`);
  const items = model.items.map(({ links }) => {
    const waves_ = new Set(links.map((link) => waveOf.get(link) ?? 0));
    for (const link of links) {
      const home = homes.get(link)?.[0];
      if (home === undefined) wrong.push(`${link} is in no wave, and not kept either.`);
      else if (home !== 'kept' && !home.startsWith('wave '))
        wrong.push(`${link} is ${home}, and the model plans it.`);
    }
    if (waves_.size > 1) wrong.push(`${links.join(' and ')} move together, and do not here.`);
    return Math.max(...waves_);
  });
  const built = new Map<string, number[]>();
  const open = new Map<string, number[]>();
  for (const { number, adapters, platforms } of waves) {
    for (const { system, platform } of adapters)
      add(built, `the adapter of ${system} to ${platform}`, number);
    for (const name of platforms) add(open, name, number);
  }
  const nameOf = ({ system, platform }: { system: string; platform: number }): string =>
    `the adapter of ${system} to ${model.platforms[platform]?.name}`;
  for (const [what, times] of [...built, ...open])
    if (times.length > 1) wrong.push(`Built ${times.length} times: ${what}.`);
  for (const what of built.keys())
    if (!model.adapters.some((one) => nameOf(one) === what))
      wrong.push(`Built, and the model does not know it: ${what}.`);
  return {
    items,
    adapters: model.adapters.map((one) => built.get(nameOf(one))?.[0] ?? 0),
    platforms: model.platforms.map(({ name }) => open.get(name)?.[0] ?? 0),
    wrong,
  };
}

function add(map: Map<string, number[]>, key: string, value: number): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function checkBuilding({ model }: WrittenPlan, at: Located): string[] {
  const wrong: string[] = [];
  for (const [index, item] of model.items.entries()) {
    const wave = at.items[index] ?? 0;
    if (wave === 0) continue;
    for (const place of item.adapters) {
      const built = at.adapters[place] ?? 0;
      const system = model.adapters[place]?.system;
      if (built === 0) wrong.push(`${item.links[0]} moves without the adapter of ${system}.`);
      else if (built > wave)
        wrong.push(
          `${item.links[0]} moves in wave ${wave}, before the adapter of ${system} is built in wave ${built}.`,
        );
    }
  }
  for (const [index, { system, platform }] of model.adapters.entries()) {
    const built = at.adapters[index] ?? 0;
    if (built === 0) continue;
    const open = at.platforms[platform] ?? 0;
    if (open === 0 || open > built)
      wrong.push(
        `The adapter of ${system} is built before its platform ${model.platforms[platform]?.name} is set up.`,
      );
  }
  return wrong;
}

function checkHours(plan: WrittenPlan, at: Located): string[] {
  const { model } = plan;
  return model.waves.flatMap(({ capacityHours, teamHours }, index) => {
    const number = index + 1;
    const wave = plan.waves.find((one) => one.number === number);
    const work = [
      ...model.items.filter((_, place) => at.items[place] === number),
      ...model.adapters.filter((_, place) => at.adapters[place] === number),
    ];
    const platforms = model.platforms.filter((_, place) => at.platforms[place] === number);
    const sum =
      [...work, ...platforms].reduce((total, { hours }) => total + hours, 0) +
      (wave?.bridges.length ?? 0) * model.bridgeHours;
    const wrong: string[] = [];
    if (sum > capacityHours + rounding)
      wrong.push(`Wave ${number} takes ${cut(sum)} hours, and has ${cut(capacityHours)}.`);
    if (Math.abs(sum - (wave?.effortHours ?? 0)) > rounding)
      wrong.push(
        `Wave ${number} is said to take ${cut(wave?.effortHours ?? 0)} hours, and takes ${cut(sum)}.`,
      );
    for (const [team, limit] of Object.entries(teamHours)) {
      const own = work
        .filter((one) => one.team === team)
        .reduce((total, { hours }) => total + hours, 0);
      if (own > limit + rounding)
        wrong.push(`Wave ${number} takes ${cut(own)} hours of ${team}, which has ${cut(limit)}.`);
    }
    return wrong;
  });
}

function checkFreezes({ model }: WrittenPlan, at: Located): string[] {
  return model.items.flatMap(({ links, frozen }, index) =>
    frozen.some((wave) => wave + 1 === at.items[index])
      ? [`${links[0]} moves in wave ${at.items[index]}, which is frozen for it.`]
      : [],
  );
}

function checkRisk({ model }: WrittenPlan, at: Located): string[] {
  const moved = model.items.flatMap(({ links, band }, index) => {
    const wave = at.items[index] ?? 0;
    return wave === 0 ? [] : [{ link: links[0], band, wave }];
  });
  // The highest band of all earlier waves against each link of a wave.
  return model.waves.flatMap((_, index) => {
    const number = index + 1;
    const before = moved.filter(({ wave }) => wave < number);
    const top = before.reduce((most, one) => (one.band > most ? one.band : most), 0);
    return moved
      .filter(({ wave, band }) => wave === number && band < top)
      .map(
        ({ link, band }) =>
          `${link} of risk band ${band} moves in wave ${number}, after one of band ${top}.`,
      );
  });
}

function checkProof({ model }: WrittenPlan, at: Located): string[] {
  const uses = model.items.map(
    ({ adapters }) => new Set(adapters.map((place) => model.adapters[place]?.platform ?? -1)),
  );
  return model.items.flatMap(({ links, missionCritical }, index) => {
    const wave = at.items[index] ?? 0;
    if (!missionCritical || wave === 0) return [];
    if (wave === 1) return [`${links[0]} is mission-critical, and moves in wave 1.`];
    return [...(uses[index] ?? [])].flatMap((platform) => {
      const carries = model.items.some((_, other) => {
        const moved = at.items[other] ?? 0;
        return other !== index && moved > 0 && moved < wave && uses[other]?.has(platform);
      });
      return carries || model.platforms[platform]?.proven
        ? []
        : [
            `${links[0]} is mission-critical, and ${model.platforms[platform]?.name} has carried nothing before.`,
          ];
    });
  });
}

function checkBridges(plan: WrittenPlan, at: Located): string[] {
  const { model } = plan;
  return model.waves.flatMap((_, index) => {
    const number = index + 1;
    const wave = plan.waves.find((one) => one.number === number);
    const said = new Set(wave?.bridges);
    return model.bridges.flatMap(({ object, items, begun }, group) => {
      const moved = items.map((item) => at.items[item] ?? 0).filter((one) => one > 0);
      const isOpen =
        number < model.waves.length &&
        (moved.some((one) => one <= number) || (begun !== undefined && begun + 1 <= number)) &&
        moved.some((one) => one > number);
      if (isOpen === said.has(group)) return [];
      return [
        isOpen
          ? `After wave ${number}, ${object} needs a bridge and has none.`
          : `After wave ${number}, the bridge of ${object} joins nothing.`,
      ];
    });
  });
}

function checkCertificate(plan: WrittenPlan, at: Located): string[] {
  const { objective, bound, gap } = plan.certificate;
  const worth = weigh(plan, at);
  const scale = Math.max(1, Math.abs(objective));
  const wrong: string[] = [];
  if (Math.abs(worth - objective) > rounding * scale)
    wrong.push(`The plan is said to be worth ${cut(objective)} hours, and is worth ${cut(worth)}.`);
  if (bound < objective - rounding * scale)
    wrong.push(`The bound ${cut(bound)} is below the objective ${cut(objective)}.`);
  if (Math.abs((bound - objective) / scale - gap) > rounding)
    wrong.push(`The gap is said to be ${gap}, and is ${(bound - objective) / scale}.`);
  if (worth < -rounding * scale)
    wrong.push(`Keeping everything is worth 0, and this plan ${cut(worth)}.`);
  return wrong;
}

/** The objective, summed over what each wave does. */
function weigh({ model, waves }: WrittenPlan, at: Located): number {
  const factor = 1 / (1 + model.discountRate);
  const paidAt = (years: number): number => factor ** years;
  const earnedFrom = (years: number): number => {
    const left = model.horizonYears - years;
    if (left <= 0) return 0;
    if (model.discountRate === 0) return left;
    return (paidAt(years) * (1 - factor ** left)) / -Math.log(factor);
  };
  return model.waves.reduce((total, { startYears, endYears }, index) => {
    const number = index + 1;
    const here = <T>(of: readonly T[], where: readonly number[]): T[] =>
      of.filter((_, place) => where[place] === number);
    const [paid, runs] = [paidAt(startYears), earnedFrom(startYears)];
    let worth = 0;
    for (const { hours, savingPerYear } of here(model.items, at.items))
      worth += savingPerYear * earnedFrom(endYears) - hours * paid;
    for (const { hours, hoursPerYear } of [
      ...here(model.adapters, at.adapters),
      ...here(model.platforms, at.platforms),
    ])
      worth -= hours * paid + hoursPerYear * runs;
    const bridges = waves.find((one) => one.number === number)?.bridges.length ?? 0;
    return total + worth - bridges * model.bridgeHours * paidAt(endYears);
  }, 0);
}

function cut(value: number): number {
  return Math.round(value * 100) / 100;
}
