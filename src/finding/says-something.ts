/** Whether a text names an owner or a reason, and does not only keep the place of one. */
export function saysSomething(text: string): boolean {
  return !/^(?:\s*|n\/?a|null|none|unknown|tbd|tbc|todo|-+|\?+)$/i.test(text.trim());
}
