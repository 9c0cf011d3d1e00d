import type { Role } from '../../gateway/log-format.ts';
import { choose, type Dialect, type Step } from './dialect.ts';
import { stepName, type Writing } from './writing.ts';

const identities = [
  'consumer',
  'api-key',
  'certificate',
  'user',
] as const satisfies readonly Role[];

/** A product as RFC 9110, 10.1.5 has it, or the few words of a health checker. */
const product = '^[ \\t]*([A-Za-z][A-Za-z0-9_. -]{0,60}?)[ \\t]*(?:[/(;,]|$)';

/** Who called: an identity, else the address and what the agent says. API keys leave as digests. */
export function callerSteps({ query, sql, none, has, filled }: Writing): Step[][] {
  const known = identities.filter(has);
  const identity = (role: Role): string => stepName(role.replace('-', '_'));
  const isFilled = (role: Role): string => `${identity(role)} <> ${none}`;
  const hasAny = stepName('caller_identity');
  const address = stepName('address');
  return [
    [
      ...known.map((role) => ({ name: identity(role), sql: filled(role) })),
      { name: stepName('address_written'), sql: filled('address') },
      { name: stepName('agent_written'), sql: filled('agent') },
    ],
    [
      {
        name: stepName('identity_kind'),
        sql: choose(
          known.map((role) => [isFilled(role), sql.text(role)] as const),
          none,
        ),
      },
      {
        name: hasAny,
        sql: choose(
          known.map((role) => {
            const text = identity(role);
            return [isFilled(role), role === 'api-key' ? sql.digest(text) : text] as const;
          }),
          none,
        ),
      },
      {
        name: stepName('address_first'),
        sql: choose(
          [[isPlain(sql), stepName('address_written')]],
          sql.extract(stepName('address_written'), '^([^, ]*)'),
        ),
      },
      {
        name: stepName('product'),
        sql: has('agent') ? toProduct(query.agents, sql) : none,
      },
    ],
    [{ name: address, sql: toAddress(sql) }],
    [
      {
        name: stepName('caller_kind'),
        sql: choose(
          [
            [`${hasAny} <> ${none}`, stepName('identity_kind')],
            [`${address} <> ${none}`, sql.text('address')],
          ],
          none,
        ),
      },
      {
        name: stepName('caller'),
        sql: choose([[`${hasAny} <> ${none}`, hasAny]], address),
      },
      {
        name: stepName('agent'),
        sql: choose([[`${hasAny} <> ${none}`, none]], stepName('product')),
      },
    ],
  ];
}

/** The start that a rule names, or the product alone: versions have no end of forms. */
function toProduct(agents: readonly string[], sql: Dialect): string {
  const agent = stepName('agent_written');
  return choose(
    agents.map((start) => {
      const text = sql.text(start);
      return [`${sql.start(agent, sql.lengthOf(start))} = ${text}`, text] as const;
    }),
    sql.extract(agent, product),
  );
}

/**
 * The first address of a field without its port: what stands in brackets, what stands before the
 * only colon, or before one behind eight groups of IPv6.
 */
function toAddress(sql: Dialect): string {
  const written = stepName('address_written');
  const first = stepName('address_first');
  const beforePort = '^([^:]*):[^:]*$';
  const behindGroups = '^((?:[^:]+:){7}[^:]+):[^:]*$';
  return choose(
    [
      [isPlain(sql), written],
      [`${sql.start(written, 1)} = '['`, sql.extract(written, '^\\[([^\\]]*)')],
      [sql.matches(first, beforePort), sql.extract(first, beforePort)],
      [sql.matches(first, behindGroups), sql.extract(first, behindGroups)],
    ],
    first,
  );
}

/** Whether an address is one and nothing else, as most are. */
function isPlain(sql: Dialect): string {
  return `NOT ${sql.matches(stepName('address_written'), '[:, ]')}`;
}
