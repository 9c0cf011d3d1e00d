import type { TextFunction } from '../program/text-functions.ts';
import { settingFunction } from './python-scan.ts';

/** `%Y`, `%m` … of a time's format as holes. */
export function openTimes(text: string): string {
  return text.replace(/%%|%[-0-9]{0,3}[a-zA-Z]/g, (part) =>
    part === '%%' ? '%' : `{${part.slice(-1)}}`,
  );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

/** `\\\\server\\share\\file` as an address. */
export function openShare(text: string): string {
  return /^\\\\[\w.-]+\\/.test(text) ? `smb:${text.replaceAll('\\', '/')}` : text;
}

/** A literal's text, the usual escapes undone. */
export function unescapeText(text: string): string {
  return text.replace(/\\(["'\\ntr\n])/g, (_, letter: string) => escapes[letter] ?? letter);
}

const same: TextFunction = { does: 'pass', argument: 'this' };
const first: TextFunction = { does: 'pass', argument: 0 };
const joined: TextFunction = { does: 'join', separator: '/' };
const setting: TextFunction = { does: 'setting', name: 0, fallback: 1 };

/** Functions of Python and its libraries whose text is known. */
export const pythonTextFunctions: Readonly<Record<string, TextFunction>> = {
  '#%': { does: 'percent', template: 'this' },
  '#format': { does: 'braces', template: 'this' },
  '#join': { does: 'join-list', list: 0, separator: 'this' },
  '#strip': same,
  '#rstrip': same,
  '#lstrip': same,
  '#lower': same,
  '#encode': same,
  '#decode': same,
  '#replace': same,
  '#removesuffix': same,
  '#as_posix': same,
  '#strftime': first,
  str: first,
  bytes: first,
  'os.fspath': first,
  'urllib.parse.urljoin': { does: 'resolve-url', base: 0, address: 1 },
  'urlparse.urljoin': { does: 'resolve-url', base: 0, address: 1 },
  'six.moves.urllib.parse.urljoin': { does: 'resolve-url', base: 0, address: 1 },
  'urllib.parse.quote': first,
  'urllib.parse.quote_plus': first,
  'urllib.parse.unquote': first,
  'urllib.quote': first,
  'urllib.parse.urlparse': first,
  'urllib.parse.urlsplit': first,
  'urlparse.urlparse': first,
  'yarl.URL': first,
  'httpx.URL': first,
  'furl.furl': first,
  'sqlalchemy.text': first,
  'sqlalchemy.sql.text': first,
  'psycopg2.sql.SQL': first,
  'psycopg.sql.SQL': first,
  'textwrap.dedent': first,
  'typer.Option': first,
  'typer.Argument': first,
  'os.path.join': joined,
  'posixpath.join': joined,
  'pathlib.Path': joined,
  'cx_Oracle.makedsn': { does: 'join', separator: ':' },
  'oracledb.makedsn': { does: 'join', separator: ':' },
  'os.environ.get': setting,
  'os.environ.setdefault': setting,
  'os.getenv': setting,
  'decouple.config': setting,
  'environs.Env#': setting,
  'environs.Env#str': setting,
  'environs.Env#url': setting,
  'environ.Env#': setting,
  'environ.Env#str': setting,
  'environ.Env#url': setting,
  'starlette.config.Config#': setting,
  'google.cloud.pubsub_v1.PublisherClient#topic_path': { does: 'pass', argument: 1 },
  'google.cloud.pubsub_v1.SubscriberClient#subscription_path': { does: 'pass', argument: 1 },
  [settingFunction]: setting,
};
