import { goClients } from '../../src/scanners/scripts/clients/go.ts';
import { javascriptClients } from '../../src/scanners/scripts/clients/javascript.ts';
import { phpClients, phpHandedOver } from '../../src/scanners/scripts/clients/php.ts';
import { pythonClients, pythonHandedOver } from '../../src/scanners/scripts/clients/python.ts';
import { rubyClients } from '../../src/scanners/scripts/clients/ruby.ts';
import type { Argument, Arguments, Opening, Syntax } from './client-fixtures.ts';

/** How a language writes a list, an object, a keyword and what does not matter. */
export interface Notation {
  readonly list: (items: readonly string[]) => string;
  readonly object: (entries: readonly (readonly [key: string, value: string])[]) => string;
  readonly keyword: (key: string, value: string) => string;
  readonly nothing: string;
}

function writeArgument(value: Argument, notation: Notation): string {
  if (value === undefined) return notation.nothing;
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value))
    return notation.list(value.map((item) => writeArgument(item, notation)));
  return notation.object(
    Object.entries(value).map(([key, inner]) => [key, writeArgument(inner, notation)] as const),
  );
}

/** The arguments of a call as they stand between its brackets. */
export function writeArguments({ ordered, named }: Arguments, notation: Notation): string {
  return [
    ...ordered.map((value) => writeArgument(value, notation)),
    ...Object.entries(named).map(([key, value]) =>
      notation.keyword(key, writeArgument(value, notation)),
    ),
  ].join(', ');
}

/** A name's module and what it holds: up to the last part, or to the first that is a class. */
export function splitName(name: string): [module: string, member: string] {
  const parts = name.split('.');
  const type = parts.findIndex((part, index) => index > 0 && /^[A-Z]/.test(part));
  const at = type > 0 ? type : parts.length - 1;
  return [parts.slice(0, at).join('.'), parts.slice(at).join('.')];
}

/** A method of any object: it counts where it is called, not where it is only mentioned. */
export function openAnywhere(call: string, comment: string): Opening[] {
  return [
    { head: '', own: `${comment} ${call}`, expression: call, ownExpression: JSON.stringify(call) },
  ];
}

const pythonNotation: Notation = {
  list: (items) => `[${items.join(', ')}]`,
  object: (entries) => `{${entries.map(([k, v]) => `'${k}': ${v}`).join(', ')}}`,
  keyword: (key, value) => (/^\w+$/.test(key) ? `${key}=${value}` : `**{'${key}': ${value}}`),
  nothing: 'other',
};

export const pythonSyntax: Syntax = {
  language: 'python',
  file: 'a.py',
  clients: pythonClients,
  handedOver: pythonHandedOver,
  open(name, given) {
    const written = writeArguments(given, pythonNotation);
    if (name.startsWith('#')) return openAnywhere(`frame.${name.slice(1)}(${written})`, '#');
    const [, maker, service] = /^boto3\.(resource\.)?(\w+)$/.exec(name) ?? [];
    if (service !== undefined)
      return [
        {
          head: 'import boto3',
          own: 'from .own import boto3',
          expression: `boto3.${maker ? 'resource' : 'client'}('${service}'${written ? `, ${written}` : ''})`,
        },
      ];
    const [module, member] = splitName(name);
    const symbol = member.split('.')[0] ?? '';
    const call = `${member}(${written})`;
    return [
      {
        head: `from ${module} import ${symbol}`,
        own: `from .own.${module} import ${symbol}`,
        expression: call,
      },
    ];
  },
  use: (method, given) =>
    method.endsWith('=')
      ? `client.${method.slice(0, -1)} = ${writeArguments(given, pythonNotation)}`
      : `client.${method}(${writeArguments(given, pythonNotation)})`,
  program: (head, expression, uses) => `${[head, `client = ${expression}`, ...uses].join('\n')}\n`,
};

const goNotation: Notation = {
  list: (items) => `[]string{${items.join(', ')}}`,
  object: (entries) =>
    `x.Options{${entries.map(([k, v]) => `${/^\w+$/.test(k) ? k : JSON.stringify(k)}: ${v}`).join(', ')}}`,
  keyword: (_, value) => value,
  nothing: 'other',
};

export const goSyntax: Syntax = {
  language: 'go',
  file: 'a.go',
  clients: goClients,
  open(name, given) {
    const [, path = '', member = ''] = /^(.*?)((?:\.[A-Z]\w*)+)$/.exec(name) ?? [];
    const own = `import x "example.org/own/${path}"`;
    const head = `import x "${path}"`;
    const fields = Object.entries(given.named).map(
      ([key, value]) => `${key}: ${writeArgument(value, goNotation)}`,
    );
    const written = writeArguments({ ...given, named: {} }, goNotation);
    const called = { head, own, expression: `x${member}(${written})` };
    const made = { head, own, expression: `&x${member}{${fields.join(', ')}}` };
    const handed = { head, own, expression: `!param *x${member}` };
    const isType =
      /\.(?:\w*Client|DB|Conn|Connection|Channel|Pool|Database|Collection|Writer|S3|SQS|SNS|\w*Producer|\w*Consumer\w*)$/;
    const opens = /\.(?:New|Dial|Connect|Must|Parse|Set|Default)\w*/;
    return isType.test(member) && !opens.test(member)
      ? [handed, made, called]
      : [called, made, handed];
  },
  use: (method, given) => `client.${method}(${writeArguments(given, goNotation)})`,
  program: (head, expression, uses) =>
    expression.startsWith('!param ')
      ? `package main\n${head}\nfunc run(client ${expression.slice(7)}) {\n${uses.join('\n')}\n}\n`
      : `package main\n${head}\nfunc main() {\nclient := ${expression}\n${uses.join('\n')}\n}\n`,
};

const rubyNotation: Notation = {
  list: (items) => `[${items.join(', ')}]`,
  object: (entries) => `{ ${entries.map(([k, v]) => `'${k}' => ${v}`).join(', ')} }`,
  keyword: (key, value) => (/^\w+$/.test(key) ? `${key}: ${value}` : `'${key}' => ${value}`),
  nothing: 'other',
};

export const rubySyntax: Syntax = {
  language: 'ruby',
  file: 'a.rb',
  clients: rubyClients,
  open(name, given) {
    const parts = name.split('.');
    const written = writeArguments(given, rubyNotation);
    const last = parts.at(-1) ?? '';
    const isMethod = /^[a-z]/.test(last);
    const path = (isMethod ? parts.slice(0, -1) : parts).join('::');
    const call = `${path}${path === '' ? '' : '.'}${isMethod ? last : 'new'}(${written})`;
    return [
      { head: '', own: '', expression: call, ownExpression: `Own${call.replace('Stub', 'Stand')}` },
    ];
  },
  use: (method, given) =>
    method.endsWith('=')
      ? `client.${method.slice(0, -1)} = ${writeArguments(given, rubyNotation)}`
      : `client.${method}(${writeArguments(given, rubyNotation)})`,
  program: (head, expression, uses) => `${[head, `client = ${expression}`, ...uses].join('\n')}\n`,
};

const phpNotation: Notation = {
  list: (items) => `[${items.join(', ')}]`,
  object: (entries) => `[${entries.map(([k, v]) => `'${k}' => ${v}`).join(', ')}]`,
  keyword: (key, value) => `${key}: ${value}`,
  nothing: '$other',
};

export const phpSyntax: Syntax = {
  language: 'php',
  file: 'a.php',
  clients: phpClients,
  handedOver: phpHandedOver,
  open(name, given) {
    const parts = name.split('.');
    const written = writeArguments(given, phpNotation);
    const last = parts.at(-1) ?? '';
    const isMethod = /^[a-z]/.test(last) && last !== 'phpMQTT' && parts.length > 1;
    const path = isMethod ? parts.slice(0, -1) : parts;
    const symbol = path.at(-1) ?? '';
    if (parts.length === 1) {
      const asFunction = {
        head: '',
        own: `namespace Own; function ${name}(...$all) { return null; }`,
        expression: `${name}(${written})`,
      };
      const asClass = {
        head: '',
        own: `namespace Own; class ${name} {}`,
        expression: `new ${name}(${written})`,
      };
      return /^[A-Z]/.test(name) ? [asClass, asFunction] : [asFunction, asClass];
    }
    const uses = path.length > 1;
    const head = uses ? `use ${path.join('\\')};` : '';
    const member = isMethod ? ` static function ${last}(...$all) { return null; } ` : '';
    const own = uses
      ? `use Own\\${path.join('\\')};`
      : `namespace Own; class ${symbol} {${member}}`;
    return [
      {
        head,
        own,
        expression: isMethod ? `${symbol}::${last}(${written})` : `new ${symbol}(${written})`,
      },
      { head, own, expression: `!param ${symbol}` },
    ];
  },
  use: (method, given) =>
    method.endsWith('=')
      ? `$client->${method.slice(0, -1)} = ${writeArguments(given, phpNotation)};`
      : `$client->${method}(${writeArguments(given, phpNotation)});`,
  program: (head, expression, uses) =>
    expression.startsWith('!param ')
      ? `<?php\n${head}\nfunction run(${expression.slice(7)} $client) {\n${uses.join('\n')}\n}\n`
      : `<?php\n${head}\n$client = ${expression};\n${uses.join('\n')}\n`,
};

const javascriptNotation: Notation = {
  list: (items) => `[${items.join(', ')}]`,
  object: (entries) => `{ ${entries.map(([k, v]) => `'${k}': ${v}`).join(', ')} }`,
  keyword: (_, value) => value,
  nothing: 'other',
};

const globals =
  /^(?:fetch|\$fetch|useFetch|\$http|\$|jQuery|XMLHttpRequest|EventSource|WebSocket|navigator)(?:[.#]|$)/;

export const javascriptSyntax: Syntax = {
  language: 'typescript',
  file: 'a.ts',
  clients: javascriptClients,
  open(name, given) {
    const [, module = name, rest = ''] =
      /^(socket\.io-client|@[^/]+\/[^.]+|[^.]+)(?:\.(.*))?$/.exec(name) ?? [];
    const isGlobal = globals.test(name);
    const [first = ''] = rest.split('.').filter((part) => part !== '');
    const symbol = isGlobal ? name : first === '' ? 'library' : name.slice(module.length + 1);
    const from = (source: string): string =>
      isGlobal
        ? ''
        : first === ''
          ? `import library from '${source}';`
          : `import { ${first} } from '${source}';`;
    const written = writeArguments(given, javascriptNotation);
    const head = from(module);
    const own = isGlobal
      ? `import ${/^[$\w]+/.exec(name)?.[0] ?? ''} from './own.js';`
      : from(`./own/${module}.js`);
    const whole = (source: string): string => `import * as library from '${source}';`;
    const made = { head, own, expression: `new ${symbol}(${written})` };
    const called = { head, own, expression: `${symbol}(${written})` };
    const isType = /(?:^|\.)[A-Z]\w*$/.test(symbol);
    const openings: readonly Opening[] = [
      ...(isType ? [made, called] : [called, made]),
      ...(first === '' || isGlobal
        ? []
        : [
            {
              head: `import library from '${module}';`,
              own: `import library from './own/${module}.js';`,
              expression: `library.${rest}(${written})`,
            },
            {
              head: whole(module),
              own: whole(`./own/${module}.js`),
              expression: `new library.${rest}(${written})`,
            },
          ]),
      { head, own, expression: `!param ${symbol}` },
    ];
    // A generated client is known by its class, wherever it is imported from.
    return module === 'openapi'
      ? openings.map((each) => ({ ...each, ownExpression: each.expression.replace(rest, 'Shape') }))
      : openings;
  },
  use: (method, given) =>
    method === 'export'
      ? ''
      : method.endsWith('=')
        ? `client.${method.slice(0, -1)} = ${writeArguments(given, javascriptNotation)};`
        : `client.${method}(${writeArguments(given, javascriptNotation)});`,
  program: (head, expression, uses) =>
    expression.startsWith('!param ')
      ? `${head}\nclass Own {\n  constructor(private client: ${expression.slice(7)}) {}\n  run() {\n${uses.map((use) => (use === '' ? '' : `this.${use}`)).join('\n')}\n}\n}\n`
      : `${head}\nexport const client = ${expression};\n${uses.filter((use) => use !== '').join('\n')}\n`,
};
