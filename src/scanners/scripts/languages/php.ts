import { phpClients, phpHandedOver } from '../clients/php.ts';
import type { Program, Statement } from '../program/program.ts';
import type { TextFunction } from '../program/text-functions.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import type { Language } from './language.ts';
import type { PhpPlace } from './php-expressions.ts';
import { lowerClass, lowerFunction, lowerStatements } from './php-statements.ts';

const pass: TextFunction = { does: 'pass', argument: 0 };
const setting: TextFunction = { does: 'setting', name: 0 };
const withDefault: TextFunction = { does: 'setting', name: 0, fallback: 1 };

/** PHP, with the page around it. Variables keep their `$`, so that they are no functions or classes. */
export const php: Language = {
  grammar: 'php',
  lower,
  clients: phpClients,
  handedOver: phpHandedOver,
  textFunctions: {
    sprintf: { does: 'percent', template: 0 },
    implode: { does: 'join-list', list: 1, separator: 0 },
    join: { does: 'join-list', list: 1, separator: 0 },
    ...Object.fromEntries(
      [
        'trim',
        'rtrim',
        'ltrim',
        'strtolower',
        'strval',
        'urlencode',
        'rawurlencode',
        'addslashes',
        'url',
        'utf8_encode',
      ].map((name) => [name, pass]),
    ),
    getenv: setting,
    env: withDefault,
    config: withDefault,
    ...Object.fromEntries(
      ['Illuminate.Support.Facades.Config.get', 'Config.get', 'Illuminate.Support.Env.get'].map(
        (name) => [name, withDefault],
      ),
    ),
  },
  environmentObjects: ['$_ENV', '$_SERVER'],
  implicitModules: [],
};

function lower(root: Node): Program {
  const required = new Map<string, string>();
  const place: PhpPlace = {
    isFunction: false,
    globals: new Set(),
    curl: new Map(),
    required,
    classes: [],
    lowerFunction,
    lowerClass,
  };
  const nodes = childrenOf(root);
  const body = lowerStatements(nodes, place).map((statement): Statement => {
    // What a configuration file returns is what `require` gives.
    return statement.kind === 'return'
      ? { kind: 'assign', target: { kind: 'name', name: 'default' }, value: statement.value }
      : statement;
  });
  const imports = [
    ...listUses(nodes),
    ...[...required].map(([local, module]): Statement => {
      return { kind: 'import', local, module, imported: 'default' };
    }),
  ];
  return { body: [...imports, ...place.classes, ...body] };
}

/** `use` stands at the top of the file or in the braces of a namespace. */
function listUses(nodes: readonly Node[]): Statement[] {
  return nodes.flatMap((node): Statement[] => {
    if (node.type === 'namespace_definition') {
      const body = node.childForFieldName('body');
      return body ? listUses(childrenOf(body)) : [];
    }
    if (node.type !== 'namespace_use_declaration') return [];
    const group = node.childForFieldName('body');
    const prefix = group
      ? `${childrenOf(node).find(({ type }) => type === 'namespace_name')?.text ?? ''}\\`
      : '';
    return childrenOf(group ?? node)
      .filter(({ type }) => type === 'namespace_use_clause')
      .map((clause): Statement => {
        const alias = clause.childForFieldName('alias')?.text;
        const path = `${prefix}${clause.namedChild(0)?.text ?? ''}`
          .replace(/^\\/, '')
          .replaceAll('\\', '.');
        const local = alias ?? path.slice(path.lastIndexOf('.') + 1);
        const dot = path.lastIndexOf('.');
        return dot < 0
          ? { kind: 'import', local, module: path }
          : { kind: 'import', local, module: path.slice(0, dot), imported: path.slice(dot + 1) };
      });
  });
}
