import type { Argument, Expression } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { childrenOf } from '../tree-sitter.ts';
import {
  fold,
  lowerVariable,
  nameType,
  otherOf,
  type PowershellContext,
  partsOf,
  textOf,
  toCall,
} from './powershell-context.ts';
import { lowerBlockFunction } from './powershell-functions.ts';

/** Other names of commands that the client table knows. */
const aliases: Readonly<Record<string, string>> = {
  iwr: 'invoke-webrequest',
  irm: 'invoke-restmethod',
  iex: 'invoke-expression',
  icm: 'invoke-command',
  copy: 'copy-item',
  cp: 'copy-item',
  cpi: 'copy-item',
  move: 'move-item',
  mv: 'move-item',
  mi: 'move-item',
  gc: 'get-content',
  cat: 'get-content',
  type: 'get-content',
  sc: 'set-content',
  gci: 'get-childitem',
  ls: 'get-childitem',
  dir: 'get-childitem',
  ipcsv: 'import-csv',
  epcsv: 'export-csv',
  ndr: 'new-psdrive',
  mount: 'new-psdrive',
  nsn: 'new-pssession',
  etsn: 'enter-pssession',
  saps: 'start-process',
  start: 'start-process',
  gwmi: 'get-wmiobject',
  '%': 'foreach-object',
  foreach: 'foreach-object',
  '?': 'where-object',
  where: 'where-object',
  select: 'select-object',
  sort: 'sort-object',
};

/** Parameters without a value. */
const switches =
  /^(?:usebasicparsing|asjob|force|recurse|verbose|passthru|skipcertificatecheck|usedefaultcredentials|disablekeepalive|whatif|usessl|bodyashtml|append|noclobber|notypeinformation|persist|wait|nonewwindow|raw|asplaintext|asynchronous|allowunencryptedauthentication|trustservercertificate|delete|resume|nologo)$/;

/** Commands that hand on what comes to them. */
const passing =
  /^(?:where-object|select-object|sort-object|tee-object|convertto-json|convertfrom-json|convertto-csv|convertto-xml|out-string|group-object|get-unique|out-null|write-output|out-host)$/;

/** `a | b | c`: what one command writes is the input of the next. */
export function lowerPipeline(node: Node, context: PowershellContext): Expression {
  const parts =
    node.type === 'command'
      ? [node]
      : partsOf(node).flatMap((child) =>
          child.type === 'pipeline_chain' ? partsOf(child) : [child],
        );
  let value: Expression | undefined;
  for (const part of parts) {
    if (part.type === 'redirections') continue;
    value =
      part.type === 'command'
        ? lowerCommand(part, value, context)
        : context.expression(part, context);
  }
  return value ?? otherOf(node);
}

function lowerCommand(
  node: Node,
  input: Expression | undefined,
  context: PowershellContext,
): Expression {
  const each = childrenOf(node).find(({ type }) => type === 'foreach_command');
  if (each) return lowerEach(each, input, context);
  const command = node.childForFieldName('command_name');
  const elements = node.childForFieldName('command_elements');
  if (!command) return otherOf(node);
  const block = command.descendantsOfType('script_block_expression')[0];
  if (block) {
    const target: Expression = { kind: 'function', function: lowerBlockFunction(block, context) };
    return toCall(target, [], node);
  }
  const called = command.type === 'command_name' ? textOf(command.text) : nameOf(command, context);
  if (called.kind !== 'text') return toNative([called, ...toWords(elements, context)], input, node);
  const written = called.text.replace(/^.*[\\/]/, '');
  const short = fold(written);
  const alias = Object.hasOwn(aliases, short) ? aliases[short] : undefined;
  const name = context.functions.has(short) ? short : (alias ?? short);
  const args = toArguments(elements, context);
  if (name === 'foreach-object') return lowerEach(node, input, context);
  if (passing.test(name) && input) return input;
  if (/^(?:curl|wget)$/.test(name) && isWebRequest(args, elements))
    return toCall({ kind: 'name', name: 'invoke-webrequest' }, args, node);
  const special = lowerSpecial(name, args, input, node);
  if (special) return special;
  const isCmdlet = context.functions.has(name) || /^[a-z]+-[a-z]\w*$/.test(name);
  if (!isCmdlet) {
    const program = textOf(written.replace(/\.(?:exe|com)$/i, ''));
    return toNative([program, ...toWords(elements, context)], input, node);
  }
  const given: Argument[] = input ? [...args, { name: 'inputobject', value: input }] : args;
  return toCall({ kind: 'name', name }, given, node);
}

function nameOf(node: Node, context: PowershellContext): Expression {
  const [inner] = partsOf(node);
  if (inner?.type === 'path_command_name') {
    const [variable] = partsOf(inner);
    return variable?.type === 'variable' ? lowerVariable(variable) : textOf(inner.text);
  }
  // `& curl`, `& ./tools/x.exe`: a bare word behind the call operator
  if (!inner || /^[\w.:\\/-]{1,200}$/.test(node.text)) return textOf(node.text);
  return context.expression(inner, context);
}

/** Windows' own `curl` is a name for `Invoke-WebRequest`; with a program's options it is the program. */
function isWebRequest(args: readonly Argument[], elements: Node | null): boolean {
  if (/(?:^|\s)(?:--[a-z]|-\d)/i.test(elements?.text.slice(0, 2_000) ?? '')) return false;
  const named = args.filter(({ name }) => name !== undefined);
  return named.every(({ name = '' }) => name.length > 2) && args.length > 0;
}

/** `… | ForEach-Object { … $_ … }` is a loop. */
function lowerEach(
  node: Node,
  input: Expression | undefined,
  context: PowershellContext,
): Expression {
  const [block] = node.descendantsOfType('script_block_expression');
  if (!block) return input ?? otherOf(node);
  context.before.push({
    kind: 'loop',
    variable: { kind: 'name', name: '_' },
    over: input ?? otherOf(node),
    body: lowerBlockFunction(block, context).body,
  });
  return otherOf(node, input ? [{ kind: 'name', name: '_' }] : []);
}

function lowerSpecial(
  name: string,
  args: readonly Argument[],
  input: Expression | undefined,
  node: Node,
): Expression | undefined {
  const find = (wanted: string, index: number): Expression | undefined =>
    args.find((argument) => argument.name === wanted)?.value ??
    args.filter((argument) => argument.name === undefined)[index]?.value;
  switch (name) {
    case 'invoke-command':
    case 'get-wmiobject':
    case 'get-ciminstance':
    case 'get-winevent':
    case 'get-eventlog':
      return args.some((argument) => isRemote(argument))
        ? undefined
        : toCall({ kind: 'name', name: `${name} here` }, args, node);
    case 'new-object':
      return toNewObject(find('typename', 0), find('argumentlist', 1), find('property', 9), node);
    case 'invoke-expression': {
      const line = find('command', 0) ?? input;
      return line ? toNative([line], undefined, node) : undefined;
    }
    case 'start-process': {
      const program = find('filepath', 0);
      const given = find('argumentlist', 1);
      const items = given?.kind === 'list' ? given.items : given ? [given] : [];
      return program ? toNative([program, ...items], undefined, node) : undefined;
    }
    case 'copy-item':
    case 'move-item': {
      const from = find('path', 0) ?? find('literalpath', 9) ?? input;
      const to = find('destination', 1);
      if (!from || !to) return undefined;
      const read = toCall({ kind: 'name', name: `${name} from` }, [{ value: from }], node);
      const session = args.filter((argument) => /^(?:to|from)session$/.test(argument.name ?? ''));
      return toCall(
        { kind: 'name', name: `${name} to` },
        [{ value: to }, { value: read }, ...session],
        node,
      );
    }
    default:
      return undefined;
  }
}

/** Whether an argument says that a command runs on another machine. */
function isRemote({ name, isSpread }: Argument): boolean {
  return isSpread === true || /^(?:computername|hostname|connectionuri|vmname)$/.test(name ?? '');
}

function toNewObject(
  type: Expression | undefined,
  given: Expression | undefined,
  property: Expression | undefined,
  node: Node,
): Expression | undefined {
  if (type?.kind !== 'text') return undefined;
  const items = given?.kind === 'list' ? given.items : given ? [given] : [];
  const named =
    property?.kind === 'object'
      ? property.entries.flatMap(({ key, value }) =>
          key === undefined ? [] : [{ name: key, value }],
        )
      : [];
  const target: Expression = { kind: 'name', name: nameType(type.text) };
  return toCall(target, [...items.map((value) => ({ value })), ...named], node, true);
}

/** A program of the machine: its words as the shell's clients read them. */
function toNative(
  words: readonly Expression[],
  input: Expression | undefined,
  node: Node,
): Expression {
  const [first, second, ...rest] = words;
  const isNested =
    first?.kind === 'text' &&
    /^cmd$/i.test(first.text) &&
    second?.kind === 'text' &&
    second.text === '/c';
  const flat = (isNested ? rest : words).map((value) => ({ value }));
  return toCall(
    { kind: 'name', name: 'native command' },
    input ? [...flat, { name: 'inputobject', value: input }] : flat,
    node,
  );
}

/** The elements of a command line one after another, as a program sees them. */
function toWords(elements: Node | null, context: PowershellContext): Expression[] {
  const words: Expression[] = [];
  let end = -1;
  for (const child of elements ? partsOf(elements) : []) {
    if (child.type === 'redirection') continue;
    const value =
      child.type === 'command_parameter' || /^-\d+$/.test(child.text)
        ? textOf(child.text)
        : context.expression(child, context);
    const before = child.startIndex === end ? words.pop() : undefined;
    words.push(before ? { kind: 'join', parts: [before, value] } : value);
    end = child.endIndex;
  }
  return words;
}

/** `-Name value` as keyword arguments; `@name` is spread. */
function toArguments(elements: Node | null, context: PowershellContext): Argument[] {
  const args: Argument[] = [];
  let open: string | undefined;
  let end = -1;
  const close = (): void => {
    if (open !== undefined) args.push({ name: open, value: textOf('true') });
    open = undefined;
  };
  for (const child of elements ? partsOf(elements) : []) {
    if (child.type === 'redirection') continue;
    if (child.type === 'command_parameter') {
      close();
      const name = fold(child.text.replace(/^-+/, '').replace(/:$/, ''));
      if (!switches.test(name)) open = name;
      continue;
    }
    const isSplat = child.text.startsWith('@') && /^@\w+$/.test(child.text);
    const value = isSplat ? lowerSplat(child, context) : context.expression(child, context);
    const before = args.at(-1);
    if (child.startIndex === end && child.text.startsWith(',') && before) {
      // `a,b` without blanks comes in pieces.
      args[args.length - 1] = { ...before, value: appendItem(before.value, child.text) };
    } else if (isSplat) args.push({ isSpread: true, value });
    else if (open !== undefined) {
      args.push({ name: open, value: open === 'computername' ? toOptions(value) : value });
      open = undefined;
    } else args.push({ value });
    end = child.endIndex;
  }
  close();
  return args;
}

function lowerSplat(node: Node, context: PowershellContext): Expression {
  const [variable] = node.type === 'variable' ? [node] : node.descendantsOfType('variable');
  return variable ? lowerVariable(variable) : context.expression(node, context);
}

function appendItem(value: Expression, text: string): Expression {
  const items = text
    .split(',')
    .filter((item) => item !== '')
    .map(textOf);
  if (value.kind === 'choice') return { ...value, options: [...value.options, ...items] };
  return { kind: 'choice', options: [value, ...items] };
}

/** Each of several hosts. */
function toOptions(value: Expression): Expression {
  return value.kind === 'list' && value.items.length > 1
    ? { kind: 'choice', options: value.items }
    : value;
}
