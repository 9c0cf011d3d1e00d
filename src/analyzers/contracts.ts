import type { Landscape } from '../landscape.ts';
import { findSharedAccounts, type SharedAccount } from './contracts/accounts.ts';
import { type ClearTextLink, findClearText } from './contracts/clear-text.ts';
import { findInterfaces, type Interface } from './contracts/interfaces.ts';
import { listReaches } from './contracts/reaches.ts';
import { findSchemas, type SharedSchema } from './contracts/schemas.ts';

/** What systems must agree on without a broker or platform between them to keep it apart. */
export interface Contracts {
  /** Whose tables others use; the most users first. */
  readonly schemas: readonly SharedSchema[];
  /** Contracts and versions of interfaces; the most users first. */
  readonly interfaces: readonly Interface[];
  readonly clearText: readonly ClearTextLink[];
  readonly sharedAccounts: readonly SharedAccount[];
}

/** Measures coupling by schemas, interface versions, unencrypted protocols and accounts. */
export function measureContracts(landscape: Landscape): Contracts {
  const systems = new Map(landscape.systems.map((system) => [system.id, system]));
  const reaches = listReaches(landscape, systems);
  return {
    schemas: findSchemas(landscape, reaches, systems),
    interfaces: findInterfaces(landscape.links, reaches),
    clearText: findClearText(landscape, reaches, systems),
    sharedAccounts: findSharedAccounts(reaches),
  };
}
