import { rubyClients } from '../clients/ruby.ts';
import type { Program } from '../program/program.ts';
import type { TextFunction } from '../program/text-functions.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import type { Language } from './language.ts';
import type { RubyPlace } from './ruby-expressions.ts';
import { lowerFunction, lowerStatements } from './ruby-statements.ts';
import { pairHereDocuments } from './ruby-texts.ts';

const pass: TextFunction = { does: 'pass', argument: 0 };
const self: TextFunction = { does: 'pass', argument: 'this' };
const setting: TextFunction = { does: 'setting', name: 0, fallback: 1 };
const all = (names: readonly string[], does: TextFunction): Record<string, TextFunction> =>
  Object.fromEntries(names.map((name) => [name, does]));

/** Ruby. Gems are known by their constants, which `require` does not name. */
export const ruby: Language = {
  grammar: 'ruby',
  lower,
  clients: rubyClients,
  textFunctions: {
    ...all(['format', 'sprintf', 'Kernel.format'], { does: 'percent', template: 0 }),
    '#%': { does: 'percent', template: 'this' },
    '#<<': { does: 'join' },
    '#concat': { does: 'join' },
    '#join': { does: 'join-list', list: 'this', separator: 0 },
    'File.join': { does: 'join', separator: '/' },
    'URI.join': { does: 'resolve-url', base: 0, address: 1 },
    ...all(
      [
        'URI',
        'URI.parse',
        'URI.encode',
        'URI.encode_www_form_component',
        'Addressable.URI.parse',
        'CGI.escape',
        'ERB.Util.url_encode',
        'String',
      ],
      pass,
    ),
    ...all(
      [
        '#to_s',
        '#to_str',
        '#freeze',
        '#strip',
        '#chomp',
        '#chop',
        '#downcase',
        '#dup',
        '#presence',
        '#to_sym',
        '#squish',
        '#host',
        '#hostname',
      ],
      self,
    ),
    'ENV.fetch': setting,
    'ENV.[]': setting,
  },
  environmentObjects: ['ENV', 'Settings', 'AppConfig', 'Figaro.env'],
  implicitModules: [],
};

const libraries = new Set(
  rubyClients.flatMap(({ calls }) => calls.map((call) => call.split('.')[0] ?? '')),
);

function lower(root: Node): Program {
  const place: RubyPlace = {
    hereDocuments: pairHereDocuments(root),
    methods: new Set(
      root
        .descendantsOfType(['method', 'singleton_method'])
        .flatMap((node) => node?.childForFieldName('name')?.text ?? []),
    ),
    attributes: listAttributes(root),
    libraries,
    locals: new Set(),
    isMethod: false,
    isRequester: false,
    lowerFunction,
  };
  return { body: lowerStatements(childrenOf(root), place) };
}

/** Names that `attr_reader` and its kin declare. */
function listAttributes(root: Node): Set<string> {
  const names = root.descendantsOfType('call').flatMap((call) => {
    const method = call?.childForFieldName('method')?.text ?? '';
    const list = call?.childForFieldName('arguments');
    if (
      !list ||
      !/^(?:attr_reader|attr_accessor|attr_writer|mattr_accessor|cattr_accessor)$/.test(method)
    )
      return [];
    return childrenOf(list).flatMap(({ type, text }) =>
      type === 'simple_symbol' ? [text.slice(1)] : [],
    );
  });
  return new Set(names);
}
