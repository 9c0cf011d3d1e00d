/**
 * A template of Helm (or of any tool with `{{ … }}`) as YAML: values become `${name:-default}`,
 * which later become holes; of `if … else` the first branch stays; all lines keep their numbers.
 */
export function fillTemplate(text: string, file: string): string {
  if (!text.includes('{{')) return text;
  const chart = chartOf(file);
  const lines = blankComments(text).split('\n');
  const blocks: { readonly keeps: boolean; isElse: boolean }[] = [];
  return lines
    .map((line) => {
      const isHidden = blocks.some((block) => block.isElse);
      const actions = readActions(line);
      if (actions.length === 0) return isHidden ? '' : line;
      for (const { inner } of actions) {
        if (/^(?:if|range|with|define|block)\b/.test(inner)) {
          if (blocks.length < 200) blocks.push({ keeps: true, isElse: false });
        } else if (/^else\b/.test(inner)) {
          const block = blocks.at(-1);
          if (block) block.isElse = true;
        } else if (inner === 'end') blocks.pop();
      }
      if (isHidden && blocks.some((block) => block.isElse)) return '';
      return fillLine(line, actions, chart);
    })
    .join('\n');
}

interface Action {
  readonly inner: string;
  readonly start: number;
  readonly end: number;
}

const control = /^(?:if|else|end|range|with|define|block|\$\w+\s*:?=|-?\s*\/\*)/;

function readActions(line: string): Action[] {
  const actions: Action[] = [];
  for (let at = line.indexOf('{{'); at >= 0 && actions.length < 50; ) {
    const close = line.indexOf('}}', at + 2);
    if (close < 0) break;
    const inner = line
      .slice(at + 2, close)
      .replace(/^-|-$/g, '')
      .trim();
    actions.push({ inner, start: at, end: close + 2 });
    at = line.indexOf('{{', close + 2);
  }
  return actions;
}

function fillLine(line: string, actions: readonly Action[], chart: string): string {
  const rest = actions.reduceRight(
    (text, { start, end }) => text.slice(0, start) + text.slice(end),
    line,
  );
  // A line of its own brings whole blocks, and there is nothing to read in it.
  if (
    rest.trim() === '' ||
    (/^\s*-?\s*$/.test(rest) && actions.every(({ inner }) => /toYaml|indent/.test(inner)))
  ) {
    return actions.some(
      ({ inner }) => control.test(inner) || /toYaml|indent|include|template/.test(inner),
    )
      ? ''
      : `${line.slice(0, actions[0]?.start ?? 0)}${fillAction(actions[0]?.inner ?? '', chart)}`;
  }
  let result = '';
  let at = 0;
  for (const { inner, start, end } of actions) {
    result += line.slice(at, start);
    at = end;
    // `{{ .Release.Name }}-orders` is found as `orders`.
    if (/^\$?\.Release\.Name\b/.test(inner) && line[at] === '-') at++;
    else result += fillAction(inner, chart);
  }
  return result + line.slice(at);
}

/** What an action inside a line prints, as a placeholder of the shell's form. */
function fillAction(inner: string, chart: string): string {
  if (control.test(inner)) return '';
  if (/\b(?:nindent|toYaml)\b/.test(inner)) return '';
  const included = /^(?:include|template)\s+"([^"]{1,200})"/.exec(inner)?.[1];
  if (included !== undefined) {
    const [owner = '', part = ''] = included.split('.');
    return /^(?:fullname|name|serviceName|hostname)$/i.test(part) ? owner : chart;
  }
  const printed = /^\(?printf\s+"([^"]{1,300})"\s+(.*)$/.exec(inner);
  if (printed) {
    const values = (printed[2] ?? '').match(/\.[A-Za-z][\w.]{0,150}|\([^()]{1,200}\)/g) ?? [];
    let next = 0;
    return (printed[1] ?? '').replace(/%[a-z]/g, () =>
      fillValue((values[next++] ?? '').replace(/^\(|\)$/g, ''), chart),
    );
  }
  return fillValue(inner, chart);
}

function fillValue(inner: string, chart: string): string {
  if (/^(?:\$?\.(?:Release|Chart)\.Name|\$(?:full|svc|service)?name)\b/i.test(inner)) return chart;
  const literal = /^"([^"{}]{0,200})"/.exec(inner)?.[1];
  if (literal !== undefined && !inner.includes('.Values')) return literal;
  const name =
    /\.Values\.([A-Za-z_][\w.-]{0,150})/.exec(inner)?.[1] ??
    /^(?:required\s+"[^"]{0,200}"\s+|tpl\s+|quote\s+)?[.$]{0,2}([A-Za-z_][\w.-]{0,150})/.exec(
      inner,
    )?.[1];
  if (name === undefined) return '';
  const fallback =
    /\bdefault\s{1,3}"([^"]{0,200})"/.exec(inner)?.[1] ??
    /\bdefault\s{1,3}([\w.]{1,60})/.exec(inner)?.[1] ??
    /\bdefault\(\s{0,3}["']?([^"'()]{0,200})["']?\s{0,3}\)/.exec(inner)?.[1];
  return fallback === undefined || fallback.startsWith('.') || /[{}]|: | #/.test(fallback)
    ? `\${${name}}`
    : `\${${name}:-${fallback}}`;
}

/** `charts/orders/templates/x.yaml` and `orders/chart/templates/x.yaml` belong to `orders`. */
function chartOf(file: string): string {
  const folders = /^(.*?)\/templates\//.exec(file)?.[1]?.split('/') ?? [];
  return (
    folders.findLast((folder) => !/^(?:helm|charts?|helm-charts?)$/i.test(folder)) ?? 'release'
  );
}

function blankComments(text: string): string {
  return text.replace(/\{\{-?\s?\/\*[\s\S]{0,8000}?\*\/\s?-?\}\}/g, (comment) =>
    comment.replace(/[^\n]/g, ''),
  );
}

/** The name of a service where a template leaves it to values: `${cart.name}` → `cart`. */
export function plainName(text: string): string {
  return text.replace(
    /\$\{([\w.-]{1,200})(?::-([^{}]{0,200}))?\}/g,
    (_, path: string, fallback?: string) => {
      const telling = path
        .split('.')
        .filter(
          (part) =>
            !/^(?:(?:full|service|host)?name(?:override)?|service|values|global)$/i.test(part),
        );
      return fallback ?? telling.at(-1) ?? '';
    },
  );
}
