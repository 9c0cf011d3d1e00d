import type { SystemEvidence } from '../../../evidence.ts';
import type { CodeOwner } from './code-owners.ts';
import type { ModuleTable } from './modules.ts';

/** The systems that a source shows: what it builds and deploys, and the services it deploys beside. */
export function listSystems(
  { modules, services }: ModuleTable,
  environment: string,
  ownerOf: (path: string) => CodeOwner | undefined,
): SystemEvidence[] {
  const shared = {
    kind: 'system',
    scanner: 'scripts',
    witness: 'coded',
    environment,
    confidence: 0.8,
    registered: false,
  } as const;
  const deployed = modules.filter(({ isDeployable }) => isDeployable);
  return [
    ...deployed.map(
      ({ root, name, names, hosts, kind, type, file, at }): SystemEvidence => ({
        ...shared,
        origin: { file, ...at },
        id: name,
        fields: {
          name,
          kind,
          ...(type === undefined ? {} : { type }),
          hosts,
          aliases: names.filter((each) => each !== name),
          ...toOwnerFields(ownerOf(root === '' ? file : `${root}/${placeholder}`)),
        },
      }),
    ),
    ...services.map(
      ({ name, hosts, kind, type, file, at }): SystemEvidence => ({
        ...shared,
        origin: { file, ...at },
        id: name,
        fields: { name, kind, hosts, ...(type === undefined ? {} : { type }) },
      }),
    ),
  ];
}

/** Rules name what is in a folder more often than the folder itself. */
const placeholder = 'code';

function toOwnerFields(owner: CodeOwner | undefined): { team?: string; owner?: string } {
  return {
    ...(owner?.team === undefined ? {} : { team: owner.team }),
    ...(owner?.person === undefined ? {} : { owner: owner.person }),
  };
}
