import { protocolOfKey, protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import type { Style } from '../../../vocabulary.ts';
import type { Flow, Position } from '../facts.ts';
import { type ConfiguredAddress, isLocal, readAddresses, withPort } from './addresses.ts';
import {
  addressWords,
  browserPrefixes,
  foreignKeys,
  foreignModifiers,
  foreignWords,
  type KnownKey,
  knownKeys,
  ownKeys,
} from './known-keys.ts';
import { styleOfProtocol } from './protocols.ts';
import { shortHost } from './service.ts';
import { foldKey, type Setting } from './setting.ts';

/** A connection that configuration alone shows. */
export interface ConfiguredConnection extends Position {
  readonly key: string;
  /** An open text. */
  readonly address: string;
  readonly protocol?: string;
  readonly style?: Style;
  readonly flow: Flow;
  /** Of a route: the path that leads to the address. */
  readonly path?: string;
  readonly confidence: number;
}

const knownConfidence = 0.6;
const genericConfidence = 0.4;
/** Addresses that name a standard or a vocabulary. */
const vocabularies =
  /(?:^|\.)(?:w3\.org|xmlsoap\.org|schemas\.microsoft\.com|purl\.org|json-schema\.org|schema\.org|java\.sun\.com|xmlns\.jcp\.org|jakarta\.ee|maven\.apache\.org|logging\.apache\.org|springframework\.org|hibernate\.org|hibernate\.sourceforge\.net|opensource\.org|creativecommons\.org|gnu\.org|mozilla\.org|npmjs\.org)$/;
/** The endings of keys that a port or a scheme stands beside. */
const hostEnding = /(?:host(?:name)?|server(?:name)?|addr(?:ess)?|url|uri|node|endpoint)$/;

/**
 * The connections that settings name by themselves: under keys that frameworks know, and under any
 * key that names an address where the value is one.
 * @param knownHosts names that services around answer to, lower case
 */
export function listConnections(
  settings: readonly Setting[],
  knownHosts: ReadonlySet<string>,
): readonly ConfiguredConnection[] {
  const byKey = new Map<string, Setting>();
  for (const setting of settings) {
    const folded = foldKey(setting.key);
    if (!byKey.has(folded)) byKey.set(folded, setting);
  }
  const listed = new Set(settings.flatMap(({ key }) => /^(.*?)(?:\[0\]|:0)$/.exec(key)?.[1] ?? []));
  const seen = new Set<string>();
  return settings.flatMap((setting) => {
    // A list stands as a whole and item by item: the items have places of their own.
    if (setting.value === '' || setting.value === '***' || listed.has(setting.key)) return [];
    return describe(setting, byKey, knownHosts).filter(({ address, line, column }) => {
      const id = `${line}:${column} ${address}`;
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    });
  });
}

function describe(
  setting: Setting,
  byKey: ReadonlyMap<string, Setting>,
  knownHosts: ReadonlySet<string>,
): ConfiguredConnection[] {
  const folded = foldKey(setting.key);
  const known = findKnownKey(folded);
  const isKnownHost = ({ host }: ConfiguredAddress): boolean =>
    knownHosts.has(host) || knownHosts.has(shortHost(host));
  const found = readAddresses(setting.value)
    .filter(({ host }) => !isLocal(host) && !vocabularies.test(host))
    .map((address) => withSibling(address, folded, byKey));
  const fits = known
    ? found.filter((address) => fitsKnown(address, known, setting) || isKnownHost(address))
    : isForeign(setting.key, folded)
      ? []
      : found.filter((address) => fitsAny(address, setting.key, folded, isKnownHost(address)));
  const isCopy = known?.list !== 'each' && /(?:\[[1-9]\d*\]|:[1-9]\d*)$/.test(setting.key);
  const addresses = !known || known.list === 'each' ? fits : isCopy ? [] : fits.slice(0, 1);
  return addresses.map((address): ConfiguredConnection => {
    const protocol = findProtocol(address, known, setting, folded, byKey);
    const style =
      protocol === undefined || protocol === 'database'
        ? known?.style
        : (styleOfProtocol(protocol) ?? known?.style);
    return {
      key: setting.key,
      address: address.address,
      ...(protocol === undefined ? {} : { protocol }),
      ...(style === undefined ? {} : { style }),
      flow: known?.flow ?? (protocol === 'smtp' || protocol === 'smtps' ? 'push' : 'unknown'),
      ...(setting.path === undefined ? {} : { path: setting.path }),
      line: setting.line,
      column: setting.column,
      confidence: known ? knownConfidence : genericConfidence,
    };
  });
}

/** A known key, with or without the index of a list behind it. */
function findKnownKey(folded: string): KnownKey | undefined {
  if (folded.length > 300) return undefined;
  const bare = folded.replace(/\d+$/, '');
  return knownKeys.find(({ pattern }) => pattern.test(folded) || pattern.test(bare));
}

/** Under a known key a bare word is a host; other texts there are names, modes and paths. */
function fitsKnown(address: ConfiguredAddress, known: KnownKey, { key }: Setting): boolean {
  if (address.form !== 'host') return true;
  if (known.isName) return true;
  if (/^connectionstrings/i.test(key)) return false;
  return /(?:host|server|addr|address|node|point|broker|connect|zone)(?:s|es|name)?(?:\[\d+\]|:\d+)?$/i.test(
    key,
  );
}

/**
 * Under any other key: a connection string says by its form what it is; a URL needs a key that
 * names an address, and a host alone one that names a host, or a service around that is called so.
 */
function fitsAny(
  { form, host, port }: ConfiguredAddress,
  key: string,
  folded: string,
  isKnownHost: boolean,
): boolean {
  if (form === 'open') return false;
  if (form === 'dsn') return true;
  const last = wordsOf(key).at(-1) ?? '';
  // An address of a service around is one under any key that is not foreign.
  if (form === 'url' && isKnownHost) return true;
  const namesAddress =
    addressWords.has(last) || /(?:url|uri|host|endpoint|dsn|servers?|connectionstring)$/.test(last);
  if (!namesAddress) return false;
  if (isKnownHost)
    return (
      form !== 'host' ||
      /(?:host|hostname|server|addr|address|endpoint|ur[il]|broker)s?$/.test(last)
    );
  if (ownKeys.test(folded)) return false;
  if (form === 'url') return true;
  const isWhole = /[a-z0-9]\.[a-z]{2,24}$/.test(host) && !fileEnding.test(host);
  if (form === 'host') return isWhole && /(?:host|hostname|server|servername)$/.test(last);
  return port !== undefined && (isWhole || /^\d+\./.test(host));
}

const fileEnding = /\.(?:js|ts|py|rb|sh|jar|war|exe|dll|ya?ml|json|xml|conf|log|txt|pem|crt|key)$/;

/** A key that nothing here connects to: documentation, CORS, redirects, the service itself. */
function isForeign(key: string, folded: string): boolean {
  if (key.length > 300 || foreignKeys.test(folded)) return true;
  const words = wordsOf(key);
  return words.some((word) => foreignWords.has(word)) || foreignModifiers.has(words.at(-2) ?? '');
}

function wordsOf(key: string): string[] {
  return key
    .slice(-300)
    .replace(browserPrefixes, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(
      (word) =>
        word !== '' && !/^(?:\d+|default|value|prod|production|primary|main|internal)$/.test(word),
    );
}

/** The port that stands beside a host: `DB_HOST` and `DB_PORT`. */
function withSibling(
  address: ConfiguredAddress,
  folded: string,
  byKey: ReadonlyMap<string, Setting>,
): ConfiguredAddress {
  if (address.form !== 'host') return address;
  const port = findSibling(folded, ['port', 'portvalue', 'portnumber'], byKey);
  return port === undefined ? address : withPort(address, port);
}

function findSibling(
  folded: string,
  names: readonly string[],
  byKey: ReadonlyMap<string, Setting>,
): string | undefined {
  const stem = folded.replace(hostEnding, '');
  if (stem === folded) return undefined;
  return names
    .map((name) => byKey.get(`${stem}${name}`)?.value)
    .find((value) => value !== undefined && value !== '');
}

function findProtocol(
  address: ConfiguredAddress,
  known: KnownKey | undefined,
  { key }: Setting,
  folded: string,
  byKey: ReadonlyMap<string, Setting>,
): string | undefined {
  const scheme = findScheme(address);
  if (scheme !== undefined && !(known?.protocol === 'soap' && /^https?$/.test(scheme))) {
    // Elasticsearch and its like speak HTTP; what they are says more.
    return /^https?$/.test(scheme) &&
      known?.style === 'database' &&
      known.protocol !== undefined &&
      known.protocol !== 'database'
      ? known.protocol
      : scheme;
  }
  const isSecure = /^(?:https|ssl|tls)$/i.test(
    findSibling(folded.replace(/hostandports\d+host$/, 'host'), ['scheme', 'protocol'], byKey) ??
      '',
  );
  if (known?.protocol === 'http' && isSecure) return 'https';
  if (known?.protocol !== undefined && known.protocol !== 'database') return known.protocol;
  const siblings = [
    'connection',
    'driver',
    'driverclassname',
    'adapter',
    'dialect',
    'type',
    'client',
    'engine',
    'protocol',
    'scheme',
    'dbkind',
    'vendor',
  ];
  const beside = findSibling(folded, siblings, byKey) ?? '';
  return (
    address.protocol ??
    protocolOfProduct(beside) ??
    protocolOfKey(key.replace(/[._-]/g, ' ')) ??
    known?.protocol ??
    (address.form === 'url' || known?.style === 'request-reply' ? 'http' : undefined)
  );
}

/** What the address itself says it speaks, by scheme or form; a port alone says less than a key. */
function findScheme({ form, protocol }: ConfiguredAddress): string | undefined {
  return form === 'url' || form === 'dsn' ? protocol : undefined;
}
