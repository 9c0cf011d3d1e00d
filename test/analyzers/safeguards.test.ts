import { describe, expect, test } from 'vitest';
import { type JobSafeguards, measureSafeguards } from '../../src/analyzers/safeguards.ts';
import type { Implementation, Landscape, Link, SafeguardProof } from '../../src/landscape.ts';
import { safeguards } from '../../src/vocabulary.ts';

const schedule = { expression: '30 22 * * 1-5', timezone: 'Europe/Oslo' };

function proof(
  safeguard: SafeguardProof['safeguard'],
  effect: SafeguardProof['effect'] = 'provides',
  line = 1,
): SafeguardProof {
  return { safeguard, effect, origin: { file: 'x.sh', line, column: 1 }, summary: safeguard };
}

function job(id: string, ...proofs: SafeguardProof[]): Implementation {
  return {
    id,
    kind: 'script',
    origin: { file: id, line: 1, column: 1 },
    schedules: [schedule],
    delivers: true,
    hosts: [],
    safeguards: proofs,
  };
}

function link(key: string, implementations: Implementation[], more: Partial<Link> = {}): Link {
  const [from = '', to = ''] = key.split('=>');
  return {
    key,
    from,
    to,
    initiator: 'carrier',
    family: 'http',
    via: [],
    mediation: 'direct',
    pointToPoint: true,
    registered: true,
    registrations: [],
    class: ['coded'],
    observable: 'unknown',
    objects: [],
    criticality: 'operational',
    schedules: [],
    safeguards: [],
    tags: [],
    implementations,
    evidence: [],
    ...more,
  };
}

function measure(...links: Link[]) {
  const landscape: Landscape = {
    systems: [],
    links,
    registrations: [],
    hops: [],
    unresolved: [],
    conflicts: [],
    credentials: [],
  };
  return measureSafeguards(landscape);
}

const first = (...links: Link[]): JobSafeguards => {
  const [found] = measure(...links).jobs;
  if (!found) throw new Error('no job');
  return found;
};

const stateOf = (found: JobSafeguards, wanted: string): string | undefined =>
  found.safeguards.find(({ safeguard }) => safeguard === wanted)?.state;

const modesOf = (found: JobSafeguards): string[] => found.failureModes.map(({ mode }) => mode);

describe('states', () => {
  test.each([
    ['alerting', ['provides'], 'has'],
    ['alerting', ['defeats'], 'defeated'],
    ['alerting', ['provides', 'defeats'], 'has'],
    ['failure-propagation', ['provides'], 'has'],
    ['failure-propagation', ['provides', 'defeats'], 'defeated'],
    ['failure-propagation', [], 'lacks'],
  ] as const)('%s with %j is %s', (safeguard, effects, expected) => {
    const proofs = effects.map((effect, index) => proof(safeguard, effect, index + 1));
    const found = first(link('a=>b', [job('x.sh', ...proofs)]));
    expect(stateOf(found, safeguard)).toBe(expected);
    const status = found.safeguards.find((each) => each.safeguard === safeguard);
    expect(status?.proofs.map(({ effect }) => effect)).toEqual(effects);
  });

  test('an owner of the link and the words of the registry count', () => {
    const found = first(
      link('a=>b', [job('x.sh')], { owner: { team: 'T', people: 0 }, safeguards: ['monitoring'] }),
    );
    expect(stateOf(found, 'owner')).toBe('has');
    expect(stateOf(found, 'monitoring')).toBe('has');
    expect(stateOf(found, 'alerting')).toBe('lacks');
  });

  test('a job of two links has what the registry says of both', () => {
    const code = job('x.sh');
    const found = first(
      link('a=>b', [code], { safeguards: ['monitoring'] }),
      link('a=>c', [code], { safeguards: ['monitoring', 'alerting'] }),
    );
    expect(found.links).toEqual(['a=>b', 'a=>c']);
    expect(stateOf(found, 'monitoring')).toBe('has');
    expect(stateOf(found, 'alerting')).toBe('lacks');
  });
});

describe('which jobs', () => {
  const unscheduled = { ...job('x.sh'), schedules: [] };
  test.each([
    ['a script with a schedule', link('a=>b', [job('x.sh')]), ['x.sh']],
    ['a script without', link('a=>b', [unscheduled]), []],
    ['a batch without a known schedule', link('a=>b', [unscheduled], { style: 'batch' }), ['x.sh']],
    ['a file that only a registry knows', link('a=>b', [], { style: 'file' }), ['a=>b']],
    ['a schedule of the registry', link('a=>b', [], { schedules: [schedule] }), ['a=>b']],
    ['an event', link('a=>b', [], { style: 'event' }), []],
  ])('%s', (_, given, expected) => {
    expect(measure(given).jobs.map(({ id }) => id)).toEqual(expected);
  });

  test('the counts of each safeguard add up to the jobs', () => {
    const { jobs, counts } = measure(
      link('a=>b', [job('x.sh', proof('retry'))]),
      link('a=>c', [job('y.sh', proof('alerting', 'defeats'))]),
      link('a=>d', [], { style: 'file' }),
    );
    expect(jobs).toHaveLength(3);
    expect(counts.map(({ safeguard }) => safeguard)).toEqual([...safeguards]);
    for (const { has, lacks, defeated } of counts) expect(has + lacks + defeated).toBe(3);
    expect(counts.find(({ safeguard }) => safeguard === 'retry')).toMatchObject({
      has: 1,
      lacks: 2,
    });
    expect(counts.find(({ safeguard }) => safeguard === 'alerting')).toMatchObject({ defeated: 1 });
  });
});

describe('failure modes', () => {
  const safe = [
    proof('whole-delivery'),
    proof('retry'),
    proof('timeout'),
    proof('monitoring'),
    proof('content-check'),
    proof('failure-propagation'),
  ];
  const without = (...names: string[]): SafeguardProof[] =>
    safe.filter(({ safeguard }) => !names.includes(safeguard));

  test.each<[string, Link[], string[]]>([
    ['with everything none is open', [link('a=>b', [job('x', ...safe)], { family: 'file' })], []],
    [
      'a file that is not renamed',
      [link('a=>b', [job('x', ...without('whole-delivery'))], { family: 'file' })],
      ['partial'],
    ],
    [
      'a database without a transaction',
      [link('a=>b', [job('x', ...without('whole-delivery'))], { family: 'database' })],
      ['partial'],
    ],
    [
      'a query changes nothing at the other end',
      [
        link('a=>b', [job('x', ...without('whole-delivery'))], {
          family: 'database',
          initiator: 'to',
        }),
      ],
      [],
    ],
    ['one request', [link('a=>b', [job('x', ...without('whole-delivery'))])], []],
    ['without retry', [link('a=>b', [job('x', ...without('retry'))])], ['delayed']],
    ['without a bound', [link('a=>b', [job('x', ...without('timeout'))])], ['delayed']],
    ['a lock bounds too', [link('a=>b', [job('x', ...without('timeout'), proof('locking'))])], []],
    ['without monitoring', [link('a=>b', [job('x', ...without('monitoring'))])], ['silent']],
    [
      'alerting instead',
      [link('a=>b', [job('x', ...without('monitoring'), proof('alerting'))])],
      [],
    ],
    [
      'output thrown away',
      [link('a=>b', [job('x', ...safe, proof('traceability', 'defeats'))])],
      ['silent'],
    ],
    [
      'failures hidden',
      [link('a=>b', [job('x', ...safe, proof('failure-propagation', 'defeats'))])],
      ['silent'],
    ],
    ['nothing is checked', [link('a=>b', [job('x', ...without('content-check'))])], ['semantic']],
    [
      'an error page is taken for data',
      [link('a=>b', [job('x', ...safe, proof('content-check', 'defeats'))])],
      ['semantic'],
    ],
  ])('%s', (_, links, expected) => {
    expect(modesOf(first(...links))).toEqual(expected);
  });

  test('two deliveries need failures that are reported', () => {
    const code = job('x', ...without('failure-propagation'));
    expect(modesOf(first(link('a=>b', [code])))).toEqual([]);
    expect(modesOf(first(link('a=>b', [code]), link('a=>c', [code])))).toEqual(['partial']);
    const good = job('x', ...safe);
    expect(modesOf(first(link('a=>b', [good]), link('a=>c', [good])))).toEqual([]);
  });
});
