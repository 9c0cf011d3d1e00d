import ignore from 'ignore';

/**
 * What the `.gitignore` files of a source leave out: build output, dependencies, local settings.
 * @param rules each `.gitignore` below the source, by the folder it stands in, empty for the root
 */
export function openIgnored(
  rules: readonly { readonly folder: string; readonly text: string }[],
): (file: string) => boolean {
  const matchers = rules.map(({ folder, text }) => ({
    prefix: folder === '' ? '' : `${folder}/`,
    matcher: ignore().add(text),
  }));
  return (file) =>
    matchers.some(({ prefix, matcher }) => {
      const relative = file.startsWith(prefix) ? file.slice(prefix.length) : '';
      return relative !== '' && matcher.ignores(relative);
    });
}
