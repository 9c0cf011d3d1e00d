import { describe, expect, test } from 'vitest';
import type { CallsScriptEvidence, Evidence, JobEvidence } from '../../src/evidence.ts';
import { toCodeReference } from '../../src/evidence.ts';
import { collectCode } from '../../src/reconcile/code.ts';
import { buildIdentity } from '../../src/reconcile/identity.ts';
import { dropRetold, followJobs } from '../../src/reconcile/jobs.ts';
import { openStaff } from '../../src/reconcile/owners.ts';

const shared = {
  origin: { file: 'jobs.yml', line: 1, column: 1 },
  scanner: 'jobs',
  witness: 'coded',
  environment: 'prod',
  confidence: 1,
} as const;

function job(
  id: string,
  expressions: readonly string[],
  rest: Partial<JobEvidence> = {},
): JobEvidence {
  const schedules = expressions.map((expression) => ({ expression, timezone: 'UTC' }));
  return { ...shared, kind: 'job', id, schedules, command: 'x', ...rest };
}

function call(caller: string, script: string, scanner = 'jobs'): CallsScriptEvidence {
  return { ...shared, scanner, kind: 'calls-script', caller, script };
}

const script = (id: string): Evidence => ({
  ...shared,
  scanner: 'scripts',
  kind: 'ownership',
  script: id,
});

/** The schedules of all code as reconcile joins them. */
function drawSchedules(evidence: readonly Evidence[]): Record<string, string> {
  const { code } = collectCode(evidence, buildIdentity(new Map(), evidence, {}), openStaff(false));
  return Object.fromEntries(
    [...code].map(([id, { kind, schedules }]) => [
      id,
      `${kind} ${schedules.map(({ expression }) => expression).join(', ')}`.trim(),
    ]),
  );
}

describe('jobs that follow others', () => {
  test('run at the times of all that they follow, and so do their scripts', () => {
    const evidence = [
      job('pull', ['0 1 * * *']),
      job('late', ['0 5 * * *']),
      job('push', [], { after: ['pull'] }),
      job('clean', [], { after: ['push', 'late', 'pull'] }),
      call('clean', 'clean.sh'),
      script('clean.sh'),
    ];
    expect(drawSchedules(evidence)).toEqual({
      pull: 'job 0 1 * * *',
      late: 'job 0 5 * * *',
      push: 'job 0 1 * * *',
      clean: 'job 0 1 * * *, 0 5 * * *',
      'clean.sh': 'script 0 1 * * *, 0 5 * * *',
    });
  });

  test('have their own times where they have any, and nothing from jobs that are off or missing', () => {
    const evidence = [
      job('off', ['0 1 * * *'], { disabled: true }),
      job('on', ['0 2 * * *']),
      job('a', [], { after: ['off'] }),
      job('b', ['0 9 * * *'], { after: ['on'] }),
      job('c', [], { after: ['b'] }),
      job('d', [], { after: ['nobody'] }),
      job('e', [], { after: ['on'], disabled: true }),
      job('f', [], { after: ['e'] }),
    ];
    expect(drawSchedules(evidence)).toEqual({
      off: 'job',
      on: 'job 0 2 * * *',
      a: 'job',
      b: 'job 0 9 * * *',
      c: 'job 0 9 * * *',
      d: 'job',
      e: 'job',
      f: 'job',
    });
  });

  test('circles end, and long chains are followed', () => {
    const chain = Array.from({ length: 3_000 }, (_, index) =>
      index === 0
        ? job('job 0', ['0 1 * * *'])
        : job(`job ${index}`, [], { after: [`job ${index - 1}`, `job ${(index + 7) % 3_000}`] }),
    );
    const followed = followJobs(chain);
    expect(followed.size).toBe(2_999);
    expect(followed.get('job 2999')).toHaveLength(1);
    expect(followJobs([job('a', [], { after: ['b'] }), job('b', [], { after: ['a'] })]).size).toBe(
      0,
    );
  });
});

test('a job that a source of its own describes is not told again by the folder it stands in', () => {
  const connection = (scanner: string): Evidence => ({
    ...shared,
    scanner,
    kind: 'connection',
    from: toCodeReference('crontab: x'),
    to: { kind: 'system', value: 'erp' },
    initiator: 'from',
    direction: 'forward',
    objects: [],
    via: [],
    summary: 'x',
  });
  const own = [job('crontab: x', ['0 1 * * *'], { scanner: 'cron' }), connection('cron')];
  const again = [
    job('crontab: x', ['0 1 * * *'], { scanner: 'scripts', host: 'other' }),
    connection('scripts'),
    call('crontab: x', 'a.sh', 'scripts'),
    script('crontab: x'),
  ];
  const others = [job('y', ['0 2 * * *'], { scanner: 'scripts' }), script('a.sh')];
  expect(dropRetold([...own, ...again, ...others])).toEqual([...own, ...others]);
  // Without a source of its own it is told by the folder.
  expect(dropRetold([...again, ...others])).toEqual([...again, ...others]);
});

test('the kind of code does not depend on what is told of it first', () => {
  const evidence = [script('a.sh: x'), job('a.sh: x', [], { scanner: 'scripts' })];
  expect(drawSchedules(evidence)).toEqual({ 'a.sh: x': 'job' });
  expect(drawSchedules([...evidence].reverse())).toEqual({ 'a.sh: x': 'job' });
});
