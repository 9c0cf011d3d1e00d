import type { Expression } from '../program/program.ts';
import type { TextFunction } from '../program/text-functions.ts';

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  s: ' ',
  '\n': '',
};

/** The text of a literal as written, quotes and escapes undone. */
export function readLiteral(source: string): string {
  if (source.startsWith('"""')) return readTextBlock(source);
  return undoEscapes(source.slice(1, source.endsWith(source[0] ?? '"') ? -1 : undefined));
}

function undoEscapes(text: string): string {
  return text.replace(
    /\\(u+[0-9a-fA-F]{4}|[0-7]{1,3}|[\s\S])/g,
    (_, code: string) =>
      escapes[code] ??
      (/^u+[0-9a-f]{4}$/i.test(code)
        ? String.fromCharCode(Number.parseInt(code.slice(-4), 16))
        : /^[0-7]/.test(code)
          ? String.fromCharCode(Number.parseInt(code, 8))
          : code),
  );
}

/** A text block without its first line end and the indentation that all its lines share. */
function readTextBlock(source: string): string {
  const inner = source.slice(3, source.endsWith('"""') ? -3 : undefined);
  const lines = inner.slice(inner.indexOf('\n') + 1).split('\n');
  const last = lines.length - 1;
  const indents = lines
    .filter((line, index) => line.trim() !== '' || index === last)
    .map((line) => line.length - line.trimStart().length);
  const indent = indents.reduce((least, each) => Math.min(least, each), 200);
  return undoEscapes(lines.map((line) => line.slice(indent).replace(/[ \t\r]+$/, '')).join('\n'));
}

/** A number as a text: `5_432L` is 5432. */
export function readNumber(source: string): string {
  return source.replaceAll('_', '').replace(/[lLfFdD]$/, '');
}

const maxNesting = 5;

/**
 * A text with placeholders for settings, as Spring's and MicroProfile's annotations have:
 * `http://${erp.host:erp}/api`; or Camel's `{{erp.host}}`. A placeholder may have a default.
 */
export function readPlaceholders(text: string, open: '${' | '{{' = '${', depth = 0): Expression {
  const spring = /^#\{\s*'(\$\{[^']{1,200}\})'[^}]{0,100}\}$/.exec(text)?.[1];
  const named =
    /^#\{\s*(?:environment|systemProperties|systemEnvironment)\['([^']{1,100})'\]\s*\}$/.exec(
      text,
    )?.[1];
  if (named !== undefined) return toSetting(named);
  const template = spring ?? text;
  const close = open === '${' ? '}' : '}}';
  const parts: Expression[] = [];
  let at = 0;
  while (at < template.length) {
    const start = template.indexOf(open, at);
    const end = start < 0 ? -1 : findClosing(template, start, open, close);
    if (end < 0 || depth > maxNesting) {
      parts.push({ kind: 'text', text: template.slice(at) });
      break;
    }
    if (start > at) parts.push({ kind: 'text', text: template.slice(at, start) });
    const inner = template.slice(start + open.length, end);
    const colon = /^[^:{}]*:/.exec(inner)?.[0].length;
    const name = colon === undefined ? inner : inner.slice(0, colon - 1);
    const fallback = colon === undefined ? undefined : inner.slice(colon);
    parts.push(
      fallback === undefined
        ? toSetting(name.replace(/^\?/, ''))
        : toSetting(name, readPlaceholders(fallback, open, depth + 1)),
    );
    at = end + close.length;
  }
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'join', parts };
}

function findClosing(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  const last = Math.min(text.length, start + 1_000);
  for (let at = start; at < last; at++) {
    if (text.startsWith(open, at)) {
      depth++;
      at += open.length - 1;
    } else if (text.startsWith(close, at) && --depth === 0) return at;
  }
  return -1;
}

/** A setting by its name, as a call of the standard function that reads one. */
export function toSetting(name: string, fallback?: Expression): Expression {
  return {
    kind: 'call',
    target: { kind: 'name', name: 'System.getProperty' },
    args: [
      { value: { kind: 'text', text: name.trim() } },
      ...(fallback === undefined ? [] : [{ value: fallback }]),
    ],
    source: '',
    line: 1,
    column: 1,
  };
}

const first: TextFunction = { does: 'pass', argument: 0 };
const self: TextFunction = { does: 'pass', argument: 'this' };
const setting: TextFunction = { does: 'setting', name: 0, fallback: 1 };
const behind = (separator?: string): TextFunction =>
  separator === undefined ? { does: 'join' } : { does: 'join', separator };

const all = (names: readonly string[], given: TextFunction): Record<string, TextFunction> =>
  Object.fromEntries(names.map((name) => [name, given]));

const uriBuilders = [
  'org.apache.http.client.utils.URIBuilder',
  'org.apache.hc.core5.net.URIBuilder',
  'okhttp3.HttpUrl.Builder',
  'org.springframework.web.util.UriComponentsBuilder.newInstance',
  'javax.ws.rs.core.UriBuilder.newInstance',
  'jakarta.ws.rs.core.UriBuilder.newInstance',
];

/** Types whose instances are followed as the text they are made from. */
const textTypes = [
  'java.net.URL',
  'java.net.URI',
  'java.net.InetSocketAddress',
  'java.lang.String',
  'StringBuilder',
  'StringBuffer',
  'java.io.File',
  'java.util.Optional',
  'org.apache.http.HttpHost',
  'org.apache.hc.core5.http.HttpHost',
  'org.apache.http.client.utils.URIBuilder',
  'org.apache.hc.core5.net.URIBuilder',
  'org.apache.axis2.addressing.EndpointReference',
  'org.apache.kafka.clients.producer.ProducerRecord',
  'org.apache.activemq.command.ActiveMQQueue',
  'org.apache.activemq.command.ActiveMQTopic',
  'com.mongodb.MongoClientURI',
  'com.mongodb.ServerAddress',
  'com.mongodb.ConnectionString',
  'com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration',
];

/** Simple names of types that are followed as texts: what is declared so is no client. */
export const namesOfTextTypes: ReadonlySet<string> = new Set([
  ...textTypes.map((name) => name.slice(name.lastIndexOf('.') + 1)),
  'HttpUrl',
  'UriBuilder',
  'UriComponentsBuilder',
  'UriComponents',
  'Queue',
  'Topic',
  'Destination',
]);

/** Standard functions of Java and of well-known libraries that make texts from texts. */
export const javaTextFunctions: Readonly<Record<string, TextFunction>> = {
  ...all(textTypes, first),
  ...all(
    [
      'System.getenv',
      'System.getProperty',
      'System.getenv#get',
      'System.getenv#getOrDefault',
      '#getProperty',
      '#getRequiredProperty',
      'java.util.Properties#getProperty',
      'java.util.ResourceBundle.getBundle#getString',
      'com.typesafe.config.ConfigFactory.load#getString',
      'org.eclipse.microprofile.config.ConfigProvider.getConfig#getValue',
      'org.eclipse.microprofile.config.ConfigProvider.getConfig#getOptionalValue',
    ],
    setting,
  ),
  ...all(
    [
      'String.valueOf',
      'Objects.toString',
      'java.util.Objects.toString',
      'java.util.Objects.requireNonNull',
      'java.util.Optional.of',
      'java.util.Optional.ofNullable',
      'java.net.URI.create',
      'java.net.URL.of',
      'java.net.URLEncoder.encode',
      'java.net.InetAddress.getByName',
      'java.nio.file.Path.of',
      'java.nio.file.Paths.get',
      'org.apache.http.HttpHost.create',
      'okhttp3.HttpUrl.parse',
      'okhttp3.HttpUrl.get',
      'com.squareup.okhttp.HttpUrl.parse',
      'org.springframework.web.util.UriComponentsBuilder.fromHttpUrl',
      'org.springframework.web.util.UriComponentsBuilder.fromUriString',
      'org.springframework.web.util.UriComponentsBuilder.fromUri',
      'javax.ws.rs.core.UriBuilder.fromUri',
      'jakarta.ws.rs.core.UriBuilder.fromUri',
      'com.mongodb.MongoClientSettings.builder#applyConnectionString',
    ],
    first,
  ),
  ...all(
    uriBuilders.flatMap((name) => [`${name}#scheme`, `${name}#setScheme`, `${name}#setHost`]),
    first,
  ),
  ...all(['#host', '#setHost'], behind('://')),
  ...all(['#port', '#setPort'], behind(':')),
  ...all(['#path', '#setPath', '#concat', '#append', '#encodedPath'], behind()),
  ...all(
    ['#resolve', '#pathSegment', '#addPathSegment', '#addPathSegments', '#appendPath'],
    behind('/'),
  ),
  ...all(
    [
      '#trim',
      '#strip',
      '#toString',
      '#toLowerCase',
      '#toUpperCase',
      '#intern',
      '#toURI',
      '#toURL',
      '#toUri',
      '#toUriString',
      '#toExternalForm',
      '#toASCIIString',
      '#normalize',
      '#toAbsolutePath',
      '#encode',
      '#build',
      '#buildAndExpand',
      '#expand',
      '#queryParam',
      '#queryParams',
      '#query',
      '#fragment',
      '#newBuilder',
      '#addQueryParameter',
      '#addParameter',
      '#setParameter',
      '#orElseThrow',
      '#getUri',
      '#getFirst',
    ],
    self,
  ),
  'java.net.URL.relative': { does: 'resolve-url', address: 1, base: 0 },
  'String.format': { does: 'percent', template: 0 },
  '#formatted': { does: 'percent', template: 'this' },
  'java.text.MessageFormat.format': { does: 'braces', template: 0 },
  'String.join': { does: 'join-list', separator: 0, list: 1 },
};
