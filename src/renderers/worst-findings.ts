import type { Finding } from '../finding.ts';

/**
 * The findings to tell where only few can be told: one of every rule before a second of any, so that
 * they tell different things. In the order they are given in, the worst first.
 */
export function chooseWorst(findings: readonly Finding[], most: number): Finding[] {
  const rules = new Set<string>();
  const firsts = findings.filter(({ rule }) => !rules.has(rule) && rules.add(rule));
  const chosen = new Set(firsts.slice(0, most));
  for (const finding of findings) {
    if (chosen.size >= most) break;
    chosen.add(finding);
  }
  return findings.filter((finding) => chosen.has(finding));
}
