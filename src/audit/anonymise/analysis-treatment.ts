import type { Analysis } from '../../analyzers/analysis.ts';
import type { MigrationPlan } from '../../analyzers/plan/plan-migration.ts';
import type { Costs } from '../../assumptions.ts';
import { safeguardProof, schedule } from './landscape-treatment.ts';
import * as text from './texts.ts';
import { type Treatment, word } from './treatment.ts';

const figures = { cyclicGroups: text.system, bridges: text.system, growth: {} } as const;
const timeSpan = { from: text.date, to: text.date } as const;

/** What becomes of each text in a migration plan. */
const plan: Treatment<MigrationPlan> = {
  start: text.date,
  waves: {
    first: text.date,
    last: text.date,
    links: text.link,
    adapters: { system: text.system, platform: text.platform },
    platforms: text.platform,
  },
  kept: text.link,
  retired: text.link,
  blocked: { link: text.link, reason: text.sentence },
  unmoved: { link: text.link, because: word },
  fixed: { task: text.task, status: word },
  changes: { link: text.link },
  patterns: { link: text.link, pattern: word, reasons: text.sentence, runnerUp: word },
  risks: { link: text.link, parts: {} },
  certificate: { solver: text.version },
  simulation: {
    steps: { on: text.date, largestBlastRadius: { system: text.system } },
    breakEven: { on: text.date, points: { on: text.date } },
  },
  targets: { name: word, platformsToSetUp: text.platform, hoursWithGrowth: {} },
  sensitivity: {
    bars: { figure: word, assumed: {} },
    withoutEffect: word,
    replanned: {
      scenarios: { figure: word, reading: word, movedIn: text.link, movedOut: text.link },
      robust: text.link,
    },
  },
  model: {
    waves: { teamHours: { keys: text.team, values: null } },
    items: { links: text.link, team: text.team, stay: {} },
    adapters: { system: text.system, team: text.team },
    platforms: { name: text.platform },
    bridges: { object: text.object },
  },
  existing: word,
  settings: {
    start: text.date,
    teamHours: { keys: text.team, values: null },
    existing: word,
    freezes: { from: text.date, to: text.date, systems: text.reference, domains: text.domain },
    overrides: {
      link: text.link,
      object: text.object,
      domain: text.domain,
      system: text.reference,
      pattern: word,
      reason: text.remark,
    },
  },
};

const platformCosts = {
  platformBuildHours: {},
  platformHoursPerYear: {},
  platformLicencePerYear: {},
  adapterBuildHours: {},
  adapterHoursPerYear: {},
  routeBuildHours: {},
  routeHoursPerYear: {},
} as const;

const costs: Treatment<Costs> = {
  ...platformCosts,
  linkHoursPerYear: {},
  bridgeHours: {},
  discountRate: {},
  growthPerYear: {},
  currency: text.currency,
  platforms: {
    'api-gateway': platformCosts,
    event: platformCosts,
    'integration-platform': platformCosts,
    'shared-data-layer': platformCosts,
    'data-pipeline': platformCosts,
  },
};

/** What becomes of each text in the measurements. */
export const analysisTreatment: Treatment<Analysis> = {
  coupling: {
    ...figures,
    all: figures,
    domains: { within: { domain: text.domain }, flows: { from: text.domain, to: text.domain } },
    leftOut: { systems: text.system, links: text.link },
  },
  hotspots: { system: text.system, role: word },
  structure: {
    architecture: word,
    view: word,
    roles: { role: word },
    matrix: text.system,
    published: { name: text.published, source: text.published },
  },
  communities: {
    communities: { systems: text.system, domain: text.domain },
    misplaced: { system: text.system, domain: text.domain, wiredWith: text.domain },
    crossing: text.link,
  },
  ownership: {
    systemsWithoutOwner: text.system,
    linksWithoutOwner: text.link,
    orphanedLinks: text.link,
    ownersGone: { subject: text.reference, team: text.team, leftOn: text.date },
    unknownTeams: text.team,
    ownedElsewhere: text.link,
    acrossTeams: text.link,
    acrossTeamsWithoutContract: text.link,
    soleAuthors: { code: text.code, links: text.link, teams: text.team, leftOn: text.date },
    attestation: { never: text.registration, ages: { registration: text.registration } },
    teams: { team: text.team, systems: text.system, links: text.link, criticality: {} },
  },
  duplicates: {
    implementations: { link: text.link, by: text.code },
    sharedObjects: { system: text.system, object: text.object, consumers: text.system },
    rebuilt: {
      types: text.typesOfLink,
      links: text.link,
      sites: text.site,
      protocols: text.protocol,
    },
    repeats: {
      from: text.system,
      to: text.system,
      object: text.object,
      links: text.link,
      registrations: text.registration,
      protocols: text.protocol,
    },
    detours: {
      from: text.system,
      to: text.system,
      object: text.object,
      through: text.system,
    },
  },
  contracts: {
    schemas: {
      system: text.system,
      tables: text.table,
      users: {
        system: text.system,
        does: word,
        tables: text.table,
        code: text.code,
        links: text.link,
      },
    },
    interfaces: {
      name: text.route,
      system: text.system,
      users: text.code,
      links: text.link,
    },
    clearText: {
      link: text.link,
      protocols: text.protocol,
      origins: safeguardProof.origin,
    },
    sharedAccounts: {
      account: text.account,
      systems: text.system,
      users: text.code,
      code: text.code,
    },
  },
  inventoryQuality: {
    nearDuplicates: { systems: text.system, names: text.givenName },
    blankOwners: text.system,
    unknownSystems: text.reference,
    isolated: text.system,
  },
  waves: plan,
  hub: { cases: { name: word }, costs },
  safeguards: {
    jobs: {
      id: text.code,
      links: text.link,
      safeguards: { safeguard: word, state: word, proofs: safeguardProof },
      failureModes: { mode: word, reasons: text.sentence },
    },
    counts: { safeguard: word },
  },
  freshness: {
    consumer: text.system,
    object: text.object,
    origin: text.system,
    as: text.object,
    path: text.link,
    horizon: timeSpan,
    criticalRuns: { link: text.link, job: text.code, run: text.date, oldestAt: text.date },
    certainty: word,
    ways: word,
    assumedDurations: text.link,
  },
  schedules: {
    timezone: text.timezone,
    horizon: timeSpan,
    week: {},
    jobs: {
      id: text.code,
      links: text.link,
      hosts: text.systemOrHost,
      schedules: schedule,
      words: text.scheduleInWords,
      runs: {},
    },
    failedRuns: {
      link: text.link,
      job: text.code,
      run: text.date,
      origin: text.system,
      object: text.object,
      sentence: text.sentence,
      timezone: text.timezone,
      effects: {
        consumer: text.system,
        object: text.object,
        origin: text.system,
        as: text.object,
        certainty: word,
        oldestAtRest: text.date,
        oldestAtRead: text.date,
        from: text.date,
        until: text.date,
      },
    },
    sharedMinutes: {
      place: word,
      name: text.systemOrHost,
      jobs: text.code,
      first: text.date,
    },
    overlaps: { job: text.code, first: text.date },
    unknown: { subject: text.reference, job: text.code, reason: text.sentence },
    notes: text.sentence,
    leftOut: {},
  },
  impact: {
    systems: {
      system: text.system,
      outage: { direct: {}, reach: {} },
      late: { direct: {}, reach: {} },
      apiChange: { direct: {} },
      retire: { direct: {} },
    },
    objects: {
      object: text.object,
      origins: text.system,
      derivedFrom: { system: text.system, from: text.object },
    },
  },
  observation: { link: text.link, name: word },
};
