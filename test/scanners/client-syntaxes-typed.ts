import { csharpClients } from '../../src/scanners/scripts/clients/csharp.ts';
import { javaClients } from '../../src/scanners/scripts/clients/java.ts';
import {
  powershellClients,
  powershellHandedOver,
} from '../../src/scanners/scripts/clients/powershell.ts';
import { perlClients } from '../../src/scanners/scripts/patterns/perl-clients.ts';
import type { Opening, Syntax } from './client-fixtures.ts';
import { type Notation, openAnywhere, writeArguments } from './client-syntaxes.ts';

const javaNotation: Notation = {
  list: (items) => `List.of(${items.join(', ')})`,
  object: (entries) => `Map.of(${entries.map(([k, v]) => `"${k}", ${v}`).join(', ')})`,
  keyword: (key, value) => `${key} = ${value}`,
  nothing: 'other',
};

/** `com.example.Outer.Inner.method` → package, outermost class, and what follows it. */
function splitTypeName(name: string): [prefix: string, type: string, member: string] {
  const parts = name.split('.');
  const at = parts.findIndex((part) => /^[A-Z]/.test(part));
  return [parts.slice(0, at).join('.'), parts[at] ?? '', parts.slice(at).join('.')];
}

export const javaSyntax: Syntax = {
  language: 'java',
  file: 'A.java',
  clients: javaClients,
  open(name, given) {
    const written = writeArguments(given, javaNotation);
    if (name.startsWith('#')) return openAnywhere(`other.${name.slice(1)}(${written})`, '//');
    const [prefix, type, member] = splitTypeName(name.replace(/^@/, ''));
    const imports = 'import java.util.*; ';
    const head = `${imports}import ${prefix}.${type};`;
    const own = `${imports}import own.${prefix}.${type};`;
    if (name.startsWith('@'))
      return [
        { head, own, expression: `!method @${member}(${written})` },
        { head, own, expression: `!class @${member}(${written})` },
        { head, own, expression: `!field @${member}(${written})` },
      ];
    const opened = (expression: string): Opening => ({ head, own, expression });
    const last = member.slice(member.lastIndexOf('.') + 1);
    if (/^[a-z]/.test(last))
      return [
        opened(`${member}(${written})`),
        opened(`new ${member.slice(0, member.lastIndexOf('.'))}().${last}(${written})`),
      ];
    const made = opened(`new ${member}(${written})`);
    const handed = opened(`!param ${member}`);
    return [
      ...(written === '' ? [handed, made] : [made, handed]),
      opened(`!extends ${member}<Order, Long>`),
    ];
  },
  use: (method, given) =>
    method.endsWith('=')
      ? `client.${method.slice(0, -1)} = ${writeArguments(given, javaNotation)};`
      : `client.${method}(${writeArguments(given, javaNotation)});`,
  program(head, expression, uses) {
    const [, form, written = expression] = /^!(\w+) (.*)$/.exec(expression) ?? [];
    const body = uses.join('\n');
    const file = (code: string): string => `package app;\n${head}\n${code}\n`;
    switch (form) {
      case 'param':
        return file(`class A {\nprivate final ${written} client;\nvoid run() {\n${body}\n}\n}`);
      case 'extends':
        return file(`interface OrderRepository extends ${written} {\n}`);
      case 'class':
        return file(`${written}\ninterface A {\n@GetMapping("/x") String find();\n}`);
      case 'method':
        return file(`class A {\n${written}\nvoid take(String order) {\n}\n}`);
      case 'field':
        return file(`class A {\n${written}\nprivate Other client;\nvoid run() {\n${body}\n}\n}`);
      default:
        return file(
          `class A {\nvoid run() throws Exception {\nvar client = ${written};\n${body}\n}\n}`,
        );
    }
  },
};

const csharpNotation: Notation = {
  list: (items) => `new[] { ${items.join(', ')} }`,
  object: (entries) => `new Options { ${entries.map(([k, v]) => `${k} = ${v}`).join(', ')} }`,
  keyword: (key, value) => `${key}: ${value}`,
  nothing: 'other',
};

export const csharpSyntax: Syntax = {
  language: 'csharp',
  file: 'A.cs',
  clients: csharpClients,
  address: (entry, path) =>
    entry.style === 'database' && /^(?:\d|connectionString)$/i.test(path)
      ? 'Server=far.example;Database=x'
      : undefined,
  open(name, given) {
    const written = writeArguments(given, csharpNotation);
    if (name.startsWith('#')) return openAnywhere(`other.${name.slice(1)}(${written})`, '//');
    const full = name.replace(/^@/, '');
    const parts = full.split('.');
    const last = parts.at(-1) ?? '';
    const fields = Object.entries(given.named)
      .map(
        ([key, value]) =>
          `${key} = ${writeArguments({ ordered: [value], named: {} }, csharpNotation)}`,
      )
      .join(', ');
    const opened = (space: string, expression: string, type = last): Opening => ({
      head: space === '' ? '' : `using ${space};`,
      own: `namespace Own;\nclass ${type} { public static object ${last}(params object[] all) { return null; } }`,
      expression,
    });
    const space = parts.slice(0, -1).join('.');
    const outer = parts.slice(0, -2).join('.');
    if (name.startsWith('@')) {
      const attribute = writeArguments(given, {
        ...csharpNotation,
        keyword: (key, value) => `${key} = ${value}`,
      });
      return [
        `!attribute [${last}(${attribute})]`,
        `!method [${last}(${attribute})]`,
        `!implements ${last}<OrderPlaced>`,
      ].map((expression) => ({
        head: space === '' ? '' : `using ${space};`,
        own: 'using Own;',
        expression,
        ownExpression: expression.replace(last, `Own${last}`),
      }));
    }
    const made = [
      opened(space, `new ${last}(${written})`),
      opened(space, `new ${last} { ${fields} }`),
    ];
    const handed = opened(space, `!param ${last}`);
    return [
      ...(/^I[A-Z]/.test(last) ? [handed, ...made] : [...made, handed]),
      ...(parts.length > 2
        ? [opened(outer, `${parts.slice(-2).join('.')}(${written})`, parts.at(-2))]
        : []),
      ...(parts.length > 3
        ? [
            opened(
              parts.slice(0, -3).join('.'),
              `${parts.slice(-3).join('.')}(${written})`,
              parts.at(-3),
            ),
          ]
        : []),
    ];
  },
  use: (method, given) =>
    method.endsWith('=')
      ? `client.${method.slice(0, -1)} = ${writeArguments(given, csharpNotation)};`
      : `client.${method}(${writeArguments(given, csharpNotation)});`,
  program(head, expression, uses) {
    const [, form, written = expression] = /^!(\w+) (.*)$/.exec(expression) ?? [];
    const body = uses.join('\n');
    switch (form) {
      case 'param':
        return `${head}\nclass A {\nprivate readonly ${written} client;\nvoid Run() {\n${body}\n}\n}\n`;
      case 'attribute':
        return `${head}\nclass A {\npublic void Run(${written} string order) {\n}\n}\n`;
      case 'method':
        return `${head}\nclass A {\n${written}\npublic void Run(string order) {\n}\n}\n`;
      case 'implements':
        return `${head}\nclass A : ${written} {\npublic Task Consume(string order) { return null; }\n}\n`;
      default:
        return `${head}\nvar client = ${written};\n${body}\n`;
    }
  },
};

const powershellNotation: Notation = {
  list: (items) => `@(${items.join(', ')})`,
  object: (entries) => `@{ ${entries.map(([k, v]) => `${k} = ${v}`).join('; ')} }`,
  keyword: (key, value) => `-${key} ${value}`,
  nothing: '$other',
};

export const powershellSyntax: Syntax = {
  language: 'powershell',
  file: 'a.ps1',
  clients: powershellClients,
  handedOver: powershellHandedOver,
  open(name, given) {
    const named = Object.entries(given.named)
      .map(
        ([key, value]) =>
          ` -${key} ${writeArguments({ ordered: [value], named: {} }, powershellNotation)}`,
      )
      .join('');
    const ordered = writeArguments({ ...given, named: {} }, powershellNotation);
    if (name.includes('.')) {
      const [, type = name, method = ''] =
        /^(.*)\.(create|readall\w+|writeall\w+)$/.exec(name) ?? [];
      return [
        {
          head: '',
          own: '',
          expression: `New-Object ${name}(${ordered})`,
          ownExpression: `New-Object Own.${name}(${ordered})`,
        },
        {
          head: '',
          own: '',
          expression: `[${type}]::${method}(${ordered})`,
          ownExpression: `[Own.${type}]::${method}(${ordered})`,
        },
      ];
    }
    const cmdlet = name.replace(/ .*$/, '');
    const call = `${cmdlet}${named}${ordered === '' ? '' : ` ${ordered.replaceAll(', ', ' ')}`}`;
    return [{ head: '', own: `function ${cmdlet} { Write-Output $args }`, expression: call }];
  },
  use: (method, given) => {
    const all = writeArguments(given, { ...powershellNotation, keyword: (_, value) => value });
    return method.endsWith('=')
      ? `$client.${method.slice(0, -1)} = ${all}`
      : `$client.${method}(${all})`;
  },
  program: (head, expression, uses) => `${[head, `$client = ${expression}`, ...uses].join('\n')}\n`,
};

const perlNotation: Notation = {
  list: (items) => `[${items.join(', ')}]`,
  object: (entries) => `{ ${entries.map(([k, v]) => `'${k}' => ${v}`).join(', ')} }`,
  keyword: (key, value) => `'${key}' => ${value}`,
  nothing: '$other',
};

export const perlSyntax: Syntax = {
  language: 'perl',
  file: 'a.pl',
  clients: perlClients,
  address: (entry, path) =>
    entry.calls[0] === 'DBI.connect' && path === '0'
      ? 'dbi:Pg:dbname=x;host=far.example'
      : undefined,
  open(name, given) {
    const [path = '', method] = name.split('.');
    const module = path.replaceAll('/', '::');
    const written = writeArguments(given, perlNotation).replaceAll('@', '\\@');
    const opened = (expression: string, own = `Own::${expression}`): Opening => ({
      head: `use ${module};`,
      own: `use Own::${module};`,
      expression,
      ownExpression: own,
    });
    if (method === undefined) return [opened(`${module}->new(${written})`)];
    // Whoever is given a data source of DBI opens it, as object mappers do.
    const plain = module === 'DBI' ? '"far.example"' : written;
    return [
      opened(`${module}->${method}(${written})`, `Own::${module}->${method}(${plain})`),
      opened(`${method}(${written})`, `${method}(${written})`),
    ];
  },
  use: (method, given) => `$client->${method}(${writeArguments(given, perlNotation)});`,
  program: (head, expression, uses) =>
    `${[head, `my $client = ${expression};`, ...uses].join('\n')}\n`,
};
