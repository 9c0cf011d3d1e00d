import { type Evidence, toSystemReference } from '../../../evidence.ts';
import { protocolOfPort } from '../../../vocabulary/protocol-of-port.ts';
import type { Project, ProjectInput } from './project.ts';

type Labels = Readonly<Record<string, string>>;

/** What network policies permit: declared by whoever wrote the policy, shown by no code. */
export function* listPermitted(
  input: ProjectInput,
  { modules }: Project,
  environment: string,
): Iterable<Evidence> {
  const workloads = [
    ...modules.modules.filter(({ isDeployable }) => isDeployable),
    ...modules.services,
  ];
  const find = (wanted: Labels): string[] =>
    workloads
      .filter(({ labels }) => labels.some((own) => matches(own, wanted)))
      .map(({ name }) => name);
  for (const { permissions, file } of input.settings) {
    for (const { from, to, port, line, column } of permissions) {
      for (const caller of find(from)) {
        for (const callee of find(to)) {
          if (caller === callee) continue;
          const protocol = port === undefined ? undefined : protocolOfPort(port);
          yield {
            kind: 'connection',
            scanner: 'scripts',
            witness: 'declared',
            environment,
            origin: { file, line, column },
            confidence: 0.7,
            from: toSystemReference(caller),
            to: toSystemReference(callee),
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
    }
  }
}

function matches(own: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => own[key] === value);
}
