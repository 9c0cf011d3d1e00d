import { groupBy } from '../../../order.ts';
import type { Permission, PolicyName, PolicyReference } from '../settings/setting.ts';
import type { FoundReading } from './settings-scope.ts';

const mostPairs = 200;

/**
 * Puts workloads where a policy names other policies, which may stand in other files of the source.
 * A permission without such names stays as it is; one whose names nobody explains permits nothing.
 */
export function openPolicyNames(
  readings: readonly FoundReading[],
): (permission: Permission) => Permission[] {
  const byKind = groupBy(
    readings.flatMap(({ policyNames }) => policyNames),
    ({ kind }) => kind,
  );
  const find = ({ kind, name, labels }: PolicyReference): PolicyName[] =>
    (byKind.get(kind) ?? []).filter((each) =>
      name === undefined
        ? Object.entries(labels ?? {}).every(([key, value]) => each.labels[key] === value)
        : each.name === name,
    );
  /** A route stands for the servers that it is of. */
  const follow = (reference: PolicyReference | undefined): PolicyName[] =>
    reference === undefined
      ? []
      : find(reference).flatMap((each) =>
          each.refersTo.length === 0 ? [each] : each.refersTo.flatMap(find),
        );
  return (permission) => {
    const { fromNamed, toNamed, ...plain } = permission;
    if (!fromNamed && !toNamed) return [plain];
    const callers = fromNamed ? follow(fromNamed).flatMap(({ selects }) => selects) : [plain.from];
    const callees = toNamed
      ? follow(toNamed).flatMap(({ selects, port }) => selects.map((to) => ({ to, port })))
      : [{ to: plain.to, port: plain.port }];
    return callers
      .flatMap((from) =>
        callees.map(({ to, port }) => ({
          ...plain,
          from,
          to,
          ...(port === undefined ? {} : { port }),
        })),
      )
      .slice(0, mostPairs);
  };
}
