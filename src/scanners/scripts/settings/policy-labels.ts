import { toList, toMapping, toScalar } from './documents.ts';

/** Labels of workloads, by which policies select them. */
export type Labels = Readonly<Record<string, string>>;

/** The account that a workload runs as counts as one of its labels: meshes know callers by it. */
export const accountLabel = 'serviceAccountName';

/**
 * The labels that a selector asks for, as workloads carry them: Cilium writes where a label is from
 * before it, and namespaces among them. An expression counts where it leaves one value; labels that a
 * template leaves open select nobody in particular.
 */
export function selectedLabels(selector: unknown): Labels {
  const { matchLabels, matchExpressions } = toMapping(selector);
  const expressed = toList(matchExpressions).flatMap((item) => {
    const { key, operator, values } = toMapping(item);
    const [value, ...others] = toList(values);
    return operator === 'In' && typeof key === 'string' && others.length === 0
      ? [[key, value] as const]
      : [];
  });
  const labels = [...Object.entries(toMapping(matchLabels)), ...expressed].flatMap(
    ([written, item]) => {
      const key = written.replace(/^(?:k8s|any):/, '');
      const text = toScalar(item);
      const isElsewhere = key.startsWith('io.kubernetes.pod.') || key.startsWith('io.cilium.');
      return text === undefined || isElsewhere ? [] : [[key, text] as const];
    },
  );
  return labels.every(([, text]) => isName(text)) ? Object.fromEntries(labels) : {};
}

/** A wildcard permits everything and so tells nothing, as does what a template leaves open. */
export function isName(host: string): boolean {
  return host !== '' && !/[*{}\s]/.test(host);
}
