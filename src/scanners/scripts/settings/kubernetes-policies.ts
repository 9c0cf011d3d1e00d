import { type Mapping, type Path, type Tree, toList, toMapping, toScalar } from './documents.ts';
import { accountLabel, isName, type Labels, selectedLabels } from './policy-labels.ts';
import { toPort } from './service.ts';
import type { Permission } from './setting.ts';

/** Who may call whom, before its place is known. */
interface Rule extends Pick<Permission, 'from' | 'to' | 'host' | 'port'> {
  readonly at: Path;
}

const mostRules = 500;

/**
 * Who may call whom by a policy: network policies of Kubernetes and Cilium, authorisation policies
 * and sidecars of Istio. A policy without a selector, and a peer that stands for many, permit
 * nothing in particular and give nothing.
 */
export function readPolicies(kind: string, object: Mapping, tree: Tree, path: Path): Permission[] {
  const group = toScalar(object['apiVersion'])?.split('/')[0] ?? '';
  const read = readers.get(kind);
  if (!read?.groups.test(group)) return [];
  const specs: [Mapping, Path][] = [
    [toMapping(object['spec']), [...path, 'spec']],
    ...toList(object['specs'])
      .slice(0, mostRules)
      .map((spec, at): [Mapping, Path] => [toMapping(spec), [...path, 'specs', at]]),
  ];
  return specs
    .flatMap(([spec, at]) => read.read(spec, at))
    .slice(0, mostRules)
    .map(({ at, ...rule }) => {
      const { line, column } = tree.placeOf(at);
      return { ...rule, line, column };
    });
}

/** Ingress stands in the callee's policy, egress in the caller's. */
function readNetworkPolicy(spec: Mapping, path: Path): Rule[] {
  const own = selectedLabels(spec['podSelector']);
  return readWays(spec, path, own, (rule, way) => ({
    ports: toList(rule['ports']),
    peers: toList(rule[way === 'ingress' ? 'from' : 'to']).map((item) => {
      const peer = toMapping(item);
      const block = toScalar(toMapping(peer['ipBlock'])['cidr']);
      return {
        labels: selectedLabels(peer['podSelector']),
        // A range stands for many; one address is a host.
        host: block?.endsWith('/32') ? block.slice(0, -3) : undefined,
      };
    }),
  }));
}

function readCilium(spec: Mapping, path: Path): Rule[] {
  const own = selectedLabels(spec['endpointSelector']);
  return readWays(spec, path, own, (rule, way) => ({
    ports: toList(rule['toPorts']).flatMap((item) => toList(toMapping(item)['ports'])),
    peers: [
      ...toList(rule[way === 'ingress' ? 'fromEndpoints' : 'toEndpoints']).map((item) => ({
        labels: selectedLabels(item),
        host: undefined,
      })),
      ...toList(rule['toFQDNs']).map((item) => ({
        labels: {},
        host: toScalar(toMapping(item)['matchName']),
      })),
    ],
  }));
}

interface Peers {
  readonly ports: readonly unknown[];
  readonly peers: readonly { readonly labels: Labels; readonly host: string | undefined }[];
}

function readWays(
  spec: Mapping,
  path: Path,
  own: Labels,
  read: (rule: Mapping, way: 'ingress' | 'egress') => Peers,
): Rule[] {
  if (isEmpty(own)) return [];
  return (['ingress', 'egress'] as const).flatMap((way) =>
    toList(spec[way])
      .slice(0, mostRules)
      .flatMap((given, index) => {
        const { ports, peers } = read(toMapping(given), way);
        const port = toPort(toScalar(toMapping(ports[0])['port']));
        return peers.flatMap(({ labels, host }): Rule[] => {
          const isHost = way === 'egress' && host !== undefined && isName(host);
          if (isEmpty(labels) && !isHost) return [];
          return [
            {
              from: way === 'ingress' ? labels : own,
              to: way === 'ingress' ? own : labels,
              ...(isHost ? { host } : {}),
              ...(port === undefined ? {} : { port }),
              at: [...path, way, index],
            },
          ];
        });
      }),
  );
}

/** Principals are `cluster.local/ns/<namespace>/sa/<account>`. */
function readAuthorization(spec: Mapping, path: Path): Rule[] {
  const own = selectedLabels(spec['selector']);
  if (isEmpty(own) || (toScalar(spec['action']) ?? 'ALLOW') !== 'ALLOW') return [];
  return toList(spec['rules'])
    .slice(0, mostRules)
    .flatMap((given, index) => {
      const rule = toMapping(given);
      const operation = toMapping(toMapping(toList(rule['to'])[0])['operation']);
      const port = toPort(toScalar(toList(operation['ports'])[0]));
      return toList(rule['from'])
        .flatMap((item) => toList(toMapping(toMapping(item)['source'])['principals']))
        .flatMap((principal): Rule[] => {
          const account = /\/sa\/([^/*]+)$/.exec(toScalar(principal) ?? '')?.[1];
          if (account === undefined) return [];
          return [
            {
              from: { [accountLabel]: account },
              to: own,
              ...(port === undefined ? {} : { port }),
              at: [...path, 'rules', index],
            },
          ];
        });
    });
}

/** Hosts are `<namespace>/<host>`. */
function readSidecar(spec: Mapping, path: Path): Rule[] {
  const own = selectedLabels({ matchLabels: toMapping(spec['workloadSelector'])['labels'] });
  if (isEmpty(own)) return [];
  return toList(spec['egress'])
    .slice(0, mostRules)
    .flatMap((given, index) => {
      const rule = toMapping(given);
      const port = toPort(toScalar(toMapping(rule['port'])['number']));
      return toList(rule['hosts']).flatMap((item): Rule[] => {
        const host = toScalar(item)?.replace(/^[^/]*\//, '') ?? '';
        if (!isName(host)) return [];
        return [
          {
            from: own,
            to: {},
            host,
            ...(port === undefined ? {} : { port }),
            at: [...path, 'egress', index],
          },
        ];
      });
    });
}

const readers: ReadonlyMap<
  string,
  { readonly groups: RegExp; readonly read: (spec: Mapping, path: Path) => Rule[] }
> = new Map([
  ['NetworkPolicy', { groups: /^(?:networking\.k8s\.io|extensions)$/, read: readNetworkPolicy }],
  ['CiliumNetworkPolicy', { groups: /^cilium\.io$/, read: readCilium }],
  ['CiliumClusterwideNetworkPolicy', { groups: /^cilium\.io$/, read: readCilium }],
  ['AuthorizationPolicy', { groups: /^security\.istio\.io$/, read: readAuthorization }],
  ['Sidecar', { groups: /^networking\.istio\.io$/, read: readSidecar }],
]);

function isEmpty(labels: Labels): boolean {
  return Object.keys(labels).length === 0;
}
