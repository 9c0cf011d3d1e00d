import { type AddressEvidence, toAddressReference } from '../../../evidence.ts';
import { hostOfDsn } from '../program/addresses.ts';
import { fillText } from './fill.ts';
import type { Project, ProjectInput } from './project.ts';

/** Names that configuration gives addresses: TNS aliases, ODBC data sources, ssh hosts, hosts files. */
export function* listNames(
  input: ProjectInput,
  project: Project,
  environment: string,
): Iterable<AddressEvidence> {
  for (const { names, file } of input.settings) {
    for (const { name, address, line, column } of names) {
      const filled = fillText(address, file, project.fillers, 0);
      const target = toAddressReference(hostOfDsn(filled.text));
      // A service that the source deploys answers to its name itself.
      if (target.kind !== 'address' || project.serviceHosts.has(name.toLowerCase())) continue;
      yield {
        kind: 'address',
        scanner: 'scripts',
        witness: 'coded',
        environment,
        origin: { file, line, column },
        confidence: filled.confidence,
        name,
        target,
      };
    }
  }
}
