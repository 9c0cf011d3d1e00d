/** Text that is already markup. Handlebars writes it as it is, since it asks values for `toHTML`. */
export interface Markup {
  readonly toHTML: () => string;
}

/** Something to write into markup: text is escaped, numbers are cut to one decimal. */
type Part = string | number | Markup | readonly Markup[];

/** A template tag: the template is markup, every value in it is data and cannot become markup. */
export function markup(template: TemplateStringsArray, ...values: readonly Part[]): Markup {
  let text = template[0] ?? '';
  values.forEach((value, index) => {
    text += write(value) + (template[index + 1] ?? '');
  });
  return { toHTML: () => text };
}

function write(value: Part): string {
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  return 'toHTML' in value ? value.toHTML() : value.map((item) => item.toHTML()).join('');
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
