import { goClients } from '../clients/go.ts';
import { type Hole, writeHole } from '../program/open-text.ts';
import type { Program, Statement } from '../program/program.ts';
import type { TextFunction } from '../program/text-functions.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { type GoPlace, readString, typeName } from './go-expressions.ts';
import { packageNames, toModule } from './go-packages.ts';
import { lowerFunction, lowerVariables } from './go-statements.ts';
import type { Language } from './language.ts';

const pass: TextFunction = { does: 'pass', argument: 0 };
const self: TextFunction = { does: 'pass', argument: 'this' };
const second: TextFunction = { does: 'pass', argument: 1 };
const setting: TextFunction = { does: 'setting', name: 0 };

/** Go. A package's names in other files are names that no import explains. */
export const go: Language = {
  grammar: 'go',
  lower,
  clients: goClients,
  textFunctions: {
    'fmt.Sprintf': { does: 'percent', template: 0 },
    'fmt.Sprint': { does: 'join' },
    'strings.Join': { does: 'join-list', list: 0, separator: 1 },
    'path.Join': { does: 'join', separator: '/' },
    'path/filepath.Join': { does: 'join', separator: '/' },
    'net/url.JoinPath': { does: 'join', separator: '/' },
    'net.JoinHostPort': { does: 'join', separator: ':' },
    ...Object.fromEntries(
      [
        'strings.TrimSpace',
        'strings.TrimSuffix',
        'strings.TrimPrefix',
        'strings.TrimRight',
        'strings.TrimLeft',
        'strings.Trim',
        'strings.ToLower',
        'strconv.Itoa',
        'strconv.Quote',
        'strconv.FormatInt',
        'os.ExpandEnv',
        'net/url.Parse',
        'net/url.ParseRequestURI',
        'net/url.PathEscape',
        'net/url.QueryEscape',
        'github.com/aws/aws-sdk-go/aws.String',
        'github.com/aws/aws-sdk-go-v2/aws.String',
        'k8s.io/utils/ptr.To',
      ].map((name) => [name, pass]),
    ),
    'strings.Split': pass,
    '#String': self,
    ...Object.fromEntries(
      ['flag', 'github.com/spf13/pflag'].flatMap((module) => [
        [`${module}.String`, second],
        [`${module}.Int`, second],
        [`${module}.StringP`, { does: 'pass', argument: 2 } satisfies TextFunction],
      ]),
    ),
    'os.Getenv': setting,
    'os.LookupEnv': setting,
    'syscall.Getenv': setting,
    'github.com/spf13/viper.GetString': setting,
    'github.com/spf13/viper.GetStringSlice': setting,
    'github.com/spf13/viper.GetInt': setting,
    'github.com/spf13/viper.Get': setting,
    'github.com/segmentio/kafka-go.TCP': pass,
  },
  environmentObjects: [],
  implicitModules: [],
};

function lower(root: Node): Program {
  const nodes = childrenOf(root);
  const packages = new Map<string, string>();
  const imports = nodes
    .filter(({ type }) => type === 'import_declaration')
    .flatMap((node) => lowerImports(node, packages));
  const types = new Set(
    nodes
      .filter(({ type }) => type === 'type_declaration')
      .flatMap(childrenOf)
      .flatMap((node) => node.childForFieldName('name')?.text ?? []),
  );
  const isClient = (type: string): boolean => {
    const [first = '', name = ''] = type.split('.');
    return type.includes('.') ? clientTypes.has(`${packages.get(first)}.${name}`) : types.has(type);
  };
  const place: GoPlace = { packages, isClass: isClient, lowerFunction };
  const values = nodes.flatMap((node): Statement[] => {
    switch (node.type) {
      case 'const_declaration':
      case 'var_declaration':
        return lowerVariables(node, place);
      case 'type_declaration':
        return childrenOf(node).flatMap(lowerType);
      default:
        return [];
    }
  });
  // A program starts in `main`; constructors fill the fields that methods use.
  const functions = nodes
    .filter(({ type }) => type === 'function_declaration')
    .map((node) => ({ name: node.childForFieldName('name')?.text ?? '', node }))
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(({ name, node }): Statement => {
      return { kind: 'function', name, function: lowerFunction(node, place) };
    });
  const methods = [...listMethods(nodes, place)].map(([name, members]): Statement => {
    return { kind: 'class', name, supertypes: [], members };
  });
  return { body: [...imports, ...values, ...functions, ...methods] };
}

const clientTypes = new Set(goClients.flatMap(({ calls }) => calls));

function rank(name: string): number {
  return name === 'init' ? 0 : name === 'main' ? 1 : 2;
}

/** Lowers imports, and notes which module each name stands for. */
function lowerImports(node: Node, packages: Map<string, string>): Statement[] {
  const specs = childrenOf(node).flatMap((child) =>
    child.type === 'import_spec_list' ? childrenOf(child) : [child],
  );
  return specs.flatMap((spec): Statement[] => {
    const path = spec.childForFieldName('path');
    if (spec.type !== 'import_spec' || !path) return [];
    const module = toModule(readString(path));
    const alias = spec.childForFieldName('name');
    if (alias?.type === 'dot') return [{ kind: 'import-all', module }];
    if (alias?.type === 'blank_identifier') return [];
    const names = alias ? [alias.text] : packageNames(module);
    return names.map((local) => {
      packages.set(local, module);
      return { kind: 'import', local, module };
    });
  });
}

/** The methods of each type; they stand beside it, not in it. */
function listMethods(nodes: readonly Node[], place: GoPlace): Map<string, Statement[]> {
  const methods = new Map<string, Statement[]>();
  for (const node of nodes) {
    if (node.type !== 'method_declaration') continue;
    const own = node.childForFieldName('receiver')?.namedChild(0);
    const type = typeName(own?.childForFieldName('type') ?? null);
    const name = node.childForFieldName('name')?.text;
    if (type === undefined || name === undefined) continue;
    const receiver = own?.childForFieldName('name')?.text;
    const members = methods.get(type) ?? [];
    methods.set(type, members);
    members.push({
      kind: 'function',
      name,
      function: lowerFunction(node, receiver === undefined ? place : { ...place, receiver }),
    });
  }
  return methods;
}

/** A struct is a class of its fields; what it embeds it has the methods of. */
function lowerType(node: Node): Statement[] {
  const name = node.childForFieldName('name')?.text;
  const type = node.childForFieldName('type');
  if (node.type !== 'type_spec' || name === undefined || !type) return [];
  const fields = type.namedChildren.find((child) => child?.type === 'field_declaration_list');
  const supertypes: string[] = [];
  const other = typeName(type);
  if (other !== undefined) supertypes.push(other);
  const members = (fields ? childrenOf(fields) : []).flatMap((field): Statement[] => {
    const names = field.childrenForFieldName('name').flatMap((each) => (each ? [each] : []));
    const fieldType = typeName(field.childForFieldName('type'));
    if (names.length === 0 && fieldType !== undefined) supertypes.push(fieldType);
    const own = names.length > 0 ? names.map(({ text }) => text) : [lastName(fieldType)];
    const value = readTag(field.childForFieldName('tag'));
    return own.map((each) => ({
      kind: 'assign',
      target: { kind: 'name', name: each },
      isDeclaration: true,
      ...(fieldType === undefined ? {} : { type: fieldType }),
      ...(value === undefined ? {} : { value: { kind: 'text', text: value } }),
    }));
  });
  return [{ kind: 'class', name, supertypes, members }];
}

function lastName(type: string | undefined): string {
  return type?.slice(type.lastIndexOf('.') + 1) ?? '_';
}

/** `envconfig:"ERP_URL" default:"http://…"`, `env:"ERP_URL" envDefault:"…"`, `env:"X,default=…"`. */
function readTag(tag: Node | null): string | undefined {
  const text = tag ? readString(tag) : '';
  const find = (key: RegExp): string | undefined => key.exec(text)?.[1];
  const named = find(/(?:^|[\s"])(?:envconfig|env|split_words):"([^"]{1,300})"/);
  const [name, ...options] = named?.split(',') ?? [];
  if (!name || !/^\w+$/.test(name)) return undefined;
  const fallback =
    find(/(?:^|\s)(?:default|envDefault|env-default):"([^"]{0,500})"/) ??
    options.find((option) => option.startsWith('default='))?.slice('default='.length);
  const hole: Hole = { kind: 'env', name, ...(fallback === undefined ? {} : { fallback }) };
  return writeHole(hole);
}
