import type { SystemKind } from '../../../vocabulary.ts';
import type { Position } from '../program/program.ts';

/** One value that a configuration file gives a name. */
export interface Setting extends Position {
  /** As its file spells it: `spring.datasource.url`, `ConnectionStrings:Orders`, `ORDERS_URL`. */
  readonly key: string;
  /** An open text without secrets; `${X:-d}` and its like stand as `{env:X?=d}`. */
  readonly value: string;
  /** Of a route: the path of the gateway that leads to the value. */
  readonly path?: string;
  /** Several services are given it, whether they use it or not. */
  readonly isShared?: boolean;
}

/** One deployable or backing service, as a deployment descriptor names it. */
export interface Service extends Position {
  readonly name: string;
  /** Names that it answers to inside its network. */
  readonly hosts: readonly string[];
  readonly image?: string;
  /** The folder that it is built from, from the root of the repository; `.` is the root. */
  readonly build?: string;
  /** Known for images of common backing services. */
  readonly kind?: SystemKind;
  /** `observability`, `identity` … where the image says it. */
  readonly type?: string;
  /** What the image speaks, where it is a common one. */
  readonly protocol?: string;
  readonly ports: readonly number[];
  /** Its environment. */
  readonly settings: readonly Setting[];
  /** Files with more of its environment, from the root of the repository. */
  readonly envFiles: readonly string[];
  /** Names of setting groups (ConfigMaps) that are its environment too. */
  readonly groups: readonly string[];
  readonly dependsOn: readonly string[];
  readonly command?: string;
  /** Of Kubernetes, where the descriptor says it. */
  readonly namespace?: string;
  /** Labels of a workload, by which a `selector` of another descriptor finds it. */
  readonly labels?: Readonly<Record<string, string>>;
  /** A name without code of its own: it answers for the workloads with these labels. */
  readonly selector?: Readonly<Record<string, string>>;
}

/** A name that other files use for an address: a TNS alias, an ssh host, a DSN, an upstream. */
export interface NamedAddress extends Position {
  readonly name: string;
  /** An open text: `host:port`, URL. */
  readonly address: string;
  readonly protocol?: string;
}

/** A policy lets one workload call another, as its author wrote it. */
export interface Permission extends Position {
  /** Labels of the caller and of the callee. */
  readonly from: Readonly<Record<string, string>>;
  readonly to: Readonly<Record<string, string>>;
  /** The callee by name, where it has no labels. */
  readonly host?: string;
  readonly port?: number;
  /** Other policies that say who the two are. */
  readonly fromNamed?: PolicyReference;
  readonly toNamed?: PolicyReference;
}

/** How one policy refers to others, which may stand in other files. */
export interface PolicyReference {
  readonly kind: string;
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A name that policies refer to, and the workloads that it stands for. */
export interface PolicyName {
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of workloads; any of these selects. */
  readonly selects: readonly Readonly<Record<string, string>>[];
  readonly port?: number;
  /** Names that stand for it. */
  readonly refersTo: readonly PolicyReference[];
}

/** Settings under a name that services refer to, such as a ConfigMap. */
export interface SettingGroup {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** What one configuration file says for one profile. */
export interface SettingsReading {
  /** `dev`, `test` …; absent: for all. */
  readonly profile?: string;
  readonly settings: readonly Setting[];
  readonly services: readonly Service[];
  readonly names: readonly NamedAddress[];
  readonly groups: readonly SettingGroup[];
  readonly permissions: readonly Permission[];
  readonly policyNames: readonly PolicyName[];
}

/** A reading that holds these parts and nothing else. */
export function toSettingsReading(
  parts: Partial<Omit<SettingsReading, 'profile'>>,
  profile?: string,
): SettingsReading {
  return {
    ...(profile === undefined ? {} : { profile }),
    settings: parts.settings ?? [],
    services: parts.services ?? [],
    names: parts.names ?? [],
    groups: parts.groups ?? [],
    permissions: parts.permissions ?? [],
    policyNames: parts.policyNames ?? [],
  };
}

/**
 * A key by which its spellings meet: case and the signs `. _ - : [ ]` and quotes aside, so that
 * `SPRING_DATASOURCE_URL` is `spring.datasource.url` and `A__B` is `A:B`.
 */
export function foldKey(key: string): string {
  return key.toLowerCase().replace(/[._\-:[\]"']+/g, '');
}
