import type { Role } from '../../gateway/log-format.ts';
import { maxNameBytes, maxSegments } from '../../gateway/traffic/route-template.ts';
import { choose, type Dialect, type Step } from './dialect.ts';
import { stepName, type Writing } from './writing.ts';

const named = ['service', 'route', 'upstream'] as const satisfies readonly Role[];

/** A whole URL, as a forward proxy and some load balancers write it. */
const url = '^[^:]{0,11}://';
const urlWithPath = '^[^:]{0,11}://[^/? ]*/';
/** Clusters of Istio whose name holds no address. */
const clusterOfAnyHost =
  '^(?:(?:in|out)bound[|][0-9]{0,5}[|][^|]*[|]$|PassthroughCluster$|BlackHoleCluster$|InboundPassthrough)';

/** Not every engine has words for them. */
const yes = '1 = 1';
const no = '1 = 0';

/** What was called: the name that a row has, the host that was asked for, the template of the path. */
export function targetSteps(writing: Writing): Step[][] {
  const { query, sql, none, has, column, filled } = writing;
  const target = stepName('target');
  const known = named.filter(has);
  const name = (role: Role): string => stepName(`named_${role}`);
  const isNamed = (role: Role): string => `${name(role)} <> ${none}`;
  const callee = stepName('callee');
  return [
    [
      { name: stepName('asked'), sql: column(has('request') ? 'request' : 'path') },
      { name: stepName('method_written'), sql: has('request') ? none : column('method') },
      { name: stepName('host_written'), sql: filled('host') },
      ...known.map((role) => ({ name: name(role), sql: nameOf(role, writing) })),
    ],
    [
      {
        name: target,
        sql: has('request')
          ? sql.extract(stepName('asked'), '(?s)^[^ ]* (.*)$')
          : stepName('asked'),
      },
      {
        name: stepName('method'),
        sql: has('request')
          ? sql.extract(stepName('asked'), '^([^ ]*)')
          : stepName('method_written'),
      },
      {
        name: stepName('callee_kind'),
        sql: choose(
          known.map((role) => [isNamed(role), sql.text(role)] as const),
          none,
        ),
      },
      {
        name: callee,
        sql: choose(
          known.map((role) => [isNamed(role), name(role)] as const),
          none,
        ),
      },
    ],
    [
      // Nearly all paths begin with a slash; what is dear is asked of the others alone.
      {
        name: stepName('is_url'),
        sql: `(${sql.start(target, 1)} <> '/' AND ${sql.matches(target, url)})`,
      },
    ],
    [
      {
        name: stepName('path'),
        sql: choose(
          [
            [`${sql.start(target, 1)} = '/'`, target],
            [
              `(${stepName('is_url')} AND ${sql.matches(target, urlWithPath)})`,
              sql.extract(target, '(?s)^[^:]*://[^/? ]*(/.*)$'),
            ],
            [stepName('is_url'), sql.text('/')],
          ],
          none,
        ),
      },
      {
        name: stepName('host_asked'),
        sql: choose(
          [
            [`${stepName('host_written')} <> ${none}`, stepName('host_written')],
            [stepName('is_url'), sql.extract(target, '^[^:]*://([^/? ]*)')],
          ],
          none,
        ),
      },
    ],
    [
      {
        name: stepName('place'),
        sql: sql.extract(stepName('path'), '^([^?# \\n]*)'),
      },
      {
        name: stepName('host'),
        sql: query.byHost
          ? stepName('host_asked')
          : choose(
              [
                [`${callee} = ${none}`, stepName('host_asked')],
                ...(has('upstream')
                  ? [[sql.matches(callee, clusterOfAnyHost), stepName('host_asked')] as const]
                  : []),
              ],
              none,
            ),
      },
    ],
    [
      {
        name: stepName('segments_written'),
        sql: sql.filled(sql.split(stepName('place'), '/')),
      },
    ],
    [
      {
        name: stepName('segments'),
        // A path parameter (`;jsessionid=…`) names a session, not a place.
        sql: choose(
          [
            [
              sql.contains(stepName('place'), ';'),
              sql.map(stepName('segments_written'), (item) => sql.replace(item, '(?s);.*', '')),
            ],
          ],
          stepName('segments_written'),
        ),
      },
    ],
    [{ name: stepName('template'), sql: toTemplate(writing) }],
  ];
}

/** Of several upstreams the last one answered; names of services may hold blanks. */
function nameOf(role: (typeof named)[number], { sql, none, column, filled }: Writing): string {
  if (role !== 'upstream') return filled(role);
  const last = sql.extract(column(role), '(?s)^(?:.* )?([^ ]*)$');
  return choose([[`${last} = ${sql.text('-')}`, none]], last);
}

/** The template of a path: segments that name one thing among many are written `{id}`. */
function toTemplate({ query, sql, none, has }: Writing): string {
  if (!has('request') && !has('path')) return none;
  const segments = stepName('segments');
  const { literalSegments } = query;
  const plain = (array: string): string =>
    sql.map(array, (item) => withId(item, `${sql.bytes(item)} > ${maxNameBytes}`, sql));
  const mapped = (array: string): string =>
    sql.map(array, (item) => withId(item, isIdentifier(item, sql), sql));
  const written =
    literalSegments === 0
      ? mapped(sql.slice(segments, 1, maxSegments))
      : sql.concatArrays(
          plain(sql.slice(segments, 1, Math.min(literalSegments, maxSegments))),
          mapped(
            sql.slice(segments, literalSegments + 1, Math.max(0, maxSegments - literalSegments)),
          ),
        );
  return choose(
    [[`${sql.size(segments)} > ${maxSegments}`, `concat('/', ${sql.join(written, '/')}, '…')`]],
    `concat('/', ${sql.join(written, '/')})`,
  );
}

function withId(item: string, condition: string, sql: Dialect): string {
  return choose([[condition, sql.text('{id}')]], item);
}

/**
 * Whether a segment is a number, date, address, UUID, hash, code or token; see `route-template.ts`. In
 * this order, for most segments are words, and most others numbers.
 */
function isIdentifier(item: string, sql: Dialect): string {
  const length = sql.bytes(item);
  const digits = sql.bytes(sql.replace(item, '[^0-9]', ''));
  const isHexadecimal = `${length} >= 16 AND ${sql.matches(item, '^[0-9A-Fa-f-]+$')}`;
  return choose(
    [
      [`${length} > ${maxNameBytes}`, yes],
      [`NOT ${sql.matches(item, '[0-9@]')}`, no],
      [sql.matches(item, '^[0-9+,.:-]+$'), yes],
      [sql.contains(item, '@'), yes],
      [`${length} < 4`, no],
      [isHexadecimal, yes],
      [`NOT ${sql.matches(item, '[0-9][^0-9]*[0-9][^0-9]*[0-9]')}`, no],
      [`${length} >= 24`, yes],
      [`${length} >= 20 AND ${sql.matches(item, '^[0-9A-Za-z]+$')}`, yes],
    ],
    `(${digits} >= 4 AND 2 * ${digits} >= ${length})`,
  );
}
