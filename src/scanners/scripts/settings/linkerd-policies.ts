import { type Mapping, type Path, type Tree, toList, toMapping, toScalar } from './documents.ts';
import { accountLabel, type Labels, selectedLabels } from './policy-labels.ts';
import { toPort } from './service.ts';
import type { Permission, PolicyName, PolicyReference } from './setting.ts';

/** What policies of Linkerd say: who may call whom, and what the names in them stand for. */
interface LinkerdPolicies {
  readonly permissions: readonly Permission[];
  readonly names: readonly PolicyName[];
}

const most = 500;
const nothing: LinkerdPolicies = { permissions: [], names: [] };

/**
 * Policies of Linkerd. A `Server` names a port of workloads, a `MeshTLSAuthentication` accounts; an
 * `AuthorizationPolicy` or `ServerAuthorization` ties the two by name, often across files. One that
 * lets in a whole namespace, a network or everybody permits nothing in particular.
 */
export function readLinkerdPolicies(
  kind: string,
  object: Mapping,
  tree: Tree,
  path: Path,
): LinkerdPolicies {
  const group = toScalar(object['apiVersion'])?.split('/')[0] ?? '';
  const isRoute = kind === 'HTTPRoute' && group === 'gateway.networking.k8s.io';
  if (group !== 'policy.linkerd.io' && !isRoute) return nothing;
  const metadata = toMapping(object['metadata']);
  const name = toScalar(metadata['name']);
  const spec = toMapping(object['spec']);
  if (name === undefined) return nothing;
  const named = (parts: Partial<PolicyName>): LinkerdPolicies => ({
    permissions: [],
    names: [
      { kind, name, labels: labelsOf(metadata['labels']), selects: [], refersTo: [], ...parts },
    ],
  });
  const at = tree.placeOf([...path, 'metadata', 'name']);
  const permit = (from: readonly Caller[], to: PolicyReference): LinkerdPolicies => ({
    names: [],
    permissions: from.slice(0, most).map(
      (caller): Permission => ({
        from: 'labels' in caller ? caller.labels : {},
        to: {},
        ...('reference' in caller ? { fromNamed: caller.reference } : {}),
        toNamed: to,
        line: at.line,
        column: at.column,
      }),
    ),
  });
  switch (kind) {
    case 'Server': {
      const own = selectedLabels(spec['podSelector']);
      const port = toPort(toScalar(spec['port']));
      return named({
        selects: Object.keys(own).length === 0 ? [] : [own],
        ...(port === undefined ? {} : { port }),
      });
    }
    case 'HTTPRoute':
      return named({
        refersTo: toList(spec['parentRefs']).flatMap((item) => {
          const parent = toMapping(item);
          return toScalar(parent['kind']) === 'Server' ? toReference(parent) : [];
        }),
      });
    case 'MeshTLSAuthentication':
      return named({
        selects: [
          ...toList(spec['identities']).flatMap(readIdentity),
          ...toList(spec['identityRefs']).flatMap(readAccount),
        ],
      });
    case 'AuthorizationPolicy': {
      const [target] = toReference(toMapping(spec['targetRef']));
      const callers = toList(spec['requiredAuthenticationRefs']).flatMap((item): Caller[] => {
        const [labels] = readAccount(item);
        if (labels) return [{ labels }];
        const [reference] = toReference(toMapping(item));
        return reference?.kind === 'MeshTLSAuthentication' ? [{ reference }] : [];
      });
      return target && /^(?:Server|HTTPRoute)$/.test(target.kind)
        ? permit(callers, target)
        : nothing;
    }
    case 'ServerAuthorization': {
      const server = toMapping(spec['server']);
      const target = toScalar(server['name']);
      const labels = selectedLabels(server['selector']);
      const tls = toMapping(toMapping(spec['client'])['meshTLS']);
      const callers = [
        ...toList(tls['identities']).flatMap(readIdentity),
        ...toList(tls['serviceAccounts']).flatMap((item) =>
          readAccount({ ...toMapping(item), kind: 'ServiceAccount' }),
        ),
      ].map((found): Caller => ({ labels: found }));
      if (target !== undefined) return permit(callers, { kind: 'Server', name: target });
      return Object.keys(labels).length === 0
        ? nothing
        : permit(callers, { kind: 'Server', labels });
    }
    default:
      return nothing;
  }
}

type Caller = { readonly labels: Labels } | { readonly reference: PolicyReference };

function toReference(value: Mapping): PolicyReference[] {
  const [kind, name] = [toScalar(value['kind']), toScalar(value['name'])];
  return kind === undefined || name === undefined ? [] : [{ kind, name }];
}

/** `<account>.<namespace>.serviceaccount.identity.linkerd.<domain>`; with a wildcard it is many. */
function readIdentity(value: unknown): Labels[] {
  const account = /^([\w-]{1,63})\.[\w-]{1,63}\.serviceaccount\./.exec(toScalar(value) ?? '')?.[1];
  return account === undefined ? [] : [{ [accountLabel]: account }];
}

function readAccount(value: unknown): Labels[] {
  const { kind, name } = toMapping(value);
  const account = toScalar(name);
  return kind === 'ServiceAccount' && account !== undefined && /^[\w.-]{1,253}$/.test(account)
    ? [{ [accountLabel]: account }]
    : [];
}

function labelsOf(value: unknown): Labels {
  return Object.fromEntries(
    Object.entries(toMapping(value)).flatMap(([key, item]) => {
      const text = toScalar(item);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}
