/** Signs that Mermaid reads as something else even within quotes, and what is drawn in their place. */
const standIns: Readonly<Record<string, string>> = {
  '"': '”',
  '`': '‘',
  '<': '#lt;',
  '>': '#gt;',
  '#': '＃',
};

/**
 * Puts the signs themselves in place of the character codes of a flowchart. In labels of SVG text,
 * which pictures have, Mermaid shows codes as they are written: `R&#38;D`. No directive of Mermaid and
 * no formula can come of it, for their signs are kept apart.
 */
export function openLabels(mermaid: string): string {
  if (!/^flowchart /m.test(mermaid)) return mermaid;
  return mermaid
    .replace(/#(\d+);/g, (_code, number: string) => {
      const sign = String.fromCodePoint(Number(number));
      return standIns[sign] ?? sign;
    })
    .replace(/([%$])(?=\1)/g, '$1 ');
}
