import { type Evidence, toAddressReference, toSystemReference } from '../../../evidence.ts';
import { protocolOfPort } from '../../../vocabulary/protocol-of-port.ts';
import { accountLabel, type Labels } from '../settings/policy-labels.ts';
import type { Permission } from '../settings/setting.ts';
import { openPolicyNames } from './policy-names.ts';
import type { Project, ProjectInput } from './project.ts';

/** Labels that say what a workload is called, the best first. */
const naming = ['app.kubernetes.io/name', 'k8s-app', 'app', 'name', 'component', accountLabel];

/**
 * What policies permit: declared by whoever wrote the policy, shown by no code. Who is selected and
 * stands in no manifest of the source is called what the selecting label says, with less confidence.
 */
export function* listPermitted(
  input: ProjectInput,
  { modules }: Project,
  environment: string,
): Iterable<Evidence> {
  const find = openFind(modules);
  const standFor = openPolicyNames(input.settings);
  for (const { permissions, file } of input.settings)
    for (const written of permissions)
      for (const permission of standFor(written))
        yield* permit(permission, file, find, environment);
}

function* permit(
  { from, to, host, port, line, column }: Permission,
  file: string,
  find: (wanted: Labels) => Found,
  environment: string,
): Iterable<Evidence> {
  const [callers, callees] = [find(from), find(to)];
  const isKnown = callers.isKnown && (host !== undefined || callees.isKnown);
  // Of a policy whose both ends are elsewhere, the other source tells.
  if (!callers.isKnown && !callees.isKnown) return;
  const protocol = port === undefined ? undefined : protocolOfPort(port);
  const pairs = callers.names.flatMap((caller) =>
    (host === undefined ? callees.names : [host]).map((callee) => ({ caller, callee })),
  );
  for (const { caller, callee } of pairs) {
    if (caller === callee) continue;
    yield {
      kind: 'connection',
      scanner: 'scripts',
      witness: 'declared',
      environment,
      origin: { file, line, column },
      confidence: isKnown ? 0.7 : 0.5,
      from: toSystemReference(caller),
      to: host === undefined ? toSystemReference(callee) : toAddressReference(callee),
      initiator: 'from',
      direction: 'unknown',
      ...(protocol === undefined ? {} : { protocol }),
      objects: [],
      via: [],
      declared: {
        id: `${caller} → ${callee}`,
        approved: false,
        safeguards: [],
        tags: ['network-policy'],
      },
      summary: `a network policy lets ${caller} call ${callee}`,
    };
  }
}

interface Found {
  readonly names: readonly string[];
  readonly isKnown: boolean;
}

/** Looks up the workloads that carry some labels. */
function openFind(modules: Project['modules']): (wanted: Labels) => Found {
  const workloads = [
    ...modules.modules.filter(({ isDeployable }) => isDeployable),
    ...modules.services,
  ];
  return (wanted) => {
    const names = workloads
      .filter(({ labels }) => labels.some((own) => matches(own, wanted)))
      .map(({ name }) => name);
    if (names.length > 0) return { names, isKnown: true };
    const label = naming.find((key) => wanted[key] !== undefined);
    return { names: label === undefined ? [] : [wanted[label] ?? ''], isKnown: false };
  };
}

function matches(own: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => own[key] === value);
}
