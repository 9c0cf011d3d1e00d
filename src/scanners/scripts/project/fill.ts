import { type Reference, toAddressReference, toExpression } from '../../../evidence.ts';
import { type ConnectionFact, toPattern } from '../facts.ts';
import {
  closeHost,
  databaseOfDsn,
  dropDomain,
  hostOfDsn,
  protocolOfDriver,
} from '../program/addresses.ts';
import { fillHoles, type Hole, isOpen, readOpenText, showOpenText } from '../program/open-text.ts';
import type { SettingsScope } from './settings-scope.ts';
import type { Symbols } from './symbols.ts';

/** What fills the holes of open texts: settings, other files, call sites, and names of services. */
export interface Fillers {
  readonly settings: SettingsScope;
  readonly symbols: Symbols;
  /** The service that a setting such as `ORDERS_SERVICE_URL` is named after. */
  serviceNamed(setting: string, file: string): string | undefined;
  /** The one service around that listens on a port. */
  serviceListening(port: number, file: string): string | undefined;
}

/** A text after filling, and how sure that is. */
interface Filled {
  readonly text: string;
  readonly confidence: number;
}

const maxSteps = 6;
const mostFacts = 50;
/** Wrappers on top of each other that are followed to whoever gives the address. */
const maxWrappers = 4;

/**
 * Fills the address of a connection from what other files say: one connection for each call site
 * where a wrapper's caller gives the address, else the one, resolved or still open.
 */
export function fillConnection(
  fact: ConnectionFact,
  file: string,
  fillers: Fillers,
): ConnectionFact[] {
  if (fact.openResource !== undefined) {
    const { openResource, resource: _, ...rest } = fact;
    const resource = toPattern(fillText(openResource, file, fillers, 0).text);
    const isTelling = resource !== '' && resource !== '*';
    return fillConnection({ ...rest, ...(isTelling ? { resource } : {}) }, file, fillers);
  }
  if (fact.address === undefined) return [fillPort(fact, file, fillers)];
  let open: { fact: ConnectionFact; text: string; confidence: number; file: string }[] = [
    { fact, text: fact.address, confidence: fact.confidence, file },
  ];
  const done: ConnectionFact[] = [];
  for (let step = 0; step < maxWrappers && open.length > 0; step++) {
    const next: typeof open = [];
    for (const each of open) {
      const filled = fillText(each.text, each.file, fillers, 0);
      const confidence = Math.min(each.confidence, filled.confidence);
      const sites = needsCaller(filled.text) ? callersOf(filled.text, each.file, fillers) : [];
      if (sites.length === 0) done.push(finish(each.fact, filled.text, confidence));
      for (const site of sites) {
        next.push({
          // The address stands where the wrapper is called; in another file only the wrapper's place is ours.
          fact:
            site.file === file ? { ...each.fact, line: site.line, column: site.column } : each.fact,
          text: site.text,
          confidence: Math.min(confidence, 0.8),
          file: site.file,
        });
      }
    }
    open = next.slice(0, mostFacts);
  }
  // Wrappers that call each other lead nowhere; the connection is there all the same.
  if (open.length > 0 || done.length === 0) done.push(finish(fact, fact.address, fact.confidence));
  if (fact.needsScheme)
    return done.filter(({ target }) => /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(target.value));
  return done;
}

/** `http://localhost:8761` written out is the one service around that listens there. */
function fillPort(fact: ConnectionFact, file: string, fillers: Fillers): ConnectionFact {
  if (fact.target.kind !== 'address' || !isLoopback(fact.target.value)) return fact;
  const filled = fillLoopback(fact.target.value, file, fillers);
  return filled ? retarget(fact, toAddressReference(filled.text), filled.confidence) : fact;
}

/** Whether the host itself is what a caller gives. */
function needsCaller(text: string): boolean {
  return text.includes('{param:') && toAddressReference(text).kind === 'expression';
}

function callersOf(
  text: string,
  file: string,
  { symbols }: Fillers,
): { text: string; file: string; line: number; column: number }[] {
  const hole = readOpenText(text).find(
    (part): part is Hole & { kind: 'param' } => typeof part === 'object' && part.kind === 'param',
  );
  if (!hole) return [];
  return symbols.sitesOf(hole.function, file).flatMap((site) => {
    const given = site.args[hole.index];
    if (given === undefined || given === '') return [];
    const filled = fillHoles(text, (each) =>
      each.kind === 'param' && each.function === hole.function
        ? site.args[each.index] || '{…}'
        : undefined,
    );
    return [{ text: filled, file: site.file, line: site.line, column: site.column }];
  });
}

/** Fills settings and names of other files; what they hold may have holes of its own. */
export function fillText(text: string, file: string, fillers: Fillers, depth: number): Filled {
  if (!isOpen(text) || depth > maxSteps) return { text, confidence: 1 };
  let confidence = 1;
  const filled = fillHoles(text, (hole) => {
    const found = fillHole(hole, file, fillers, depth);
    if (found) confidence = Math.min(confidence, found.confidence);
    return found?.text;
  });
  return { text: filled, confidence };
}

function fillHole(hole: Hole, file: string, fillers: Fillers, depth: number): Filled | undefined {
  switch (hole.kind) {
    case 'env':
      return fillSetting(hole, file, fillers, depth);
    case 'import':
    case 'name': {
      const found = fillers.symbols.find(hole, file);
      if (!found) return undefined;
      const inner = fillText(found.text, found.file, fillers, depth + 1);
      return { text: inner.text, confidence: Math.min(0.85, inner.confidence) };
    }
    case 'param':
    case 'unknown':
      return undefined;
  }
}

function fillSetting(
  hole: Hole & { kind: 'env' },
  file: string,
  fillers: Fillers,
  depth: number,
): Filled | undefined {
  let loopback: string | undefined;
  for (const setting of fillers.settings.find(hole.name, file)) {
    if (setting.value === '' || setting.value === '***') continue;
    if (isOwnName(setting.value, hole.name)) continue;
    const inner = fillText(setting.value, setting.file, fillers, depth + 1);
    const confidence = Math.min(setting.isWeak ? 0.5 : 0.9, inner.confidence);
    if (!isLoopback(inner.text)) return { text: inner.text, confidence };
    loopback ??= inner.text;
  }
  if (hole.fallback !== undefined && hole.fallback !== '') {
    const inner = fillText(hole.fallback, file, fillers, depth + 1);
    if (!isLoopback(inner.text))
      return { text: inner.text, confidence: Math.min(0.8, inner.confidence) };
    loopback ??= inner.text;
  }
  // A variable that no setting gives is one of a script that is sourced.
  const sourced = isShell(file)
    ? fillers.symbols.find({ kind: 'name', name: hole.name }, file)
    : undefined;
  if (sourced && !isOwnName(sourced.text, hole.name)) {
    const inner = fillText(sourced.text, sourced.file, fillers, depth + 1);
    if (!isLoopback(inner.text))
      return { text: inner.text, confidence: Math.min(0.8, inner.confidence) };
  }
  const service = fillers.serviceNamed(hole.name, file);
  if (service !== undefined) return { text: service, confidence: 0.4 };
  // An address on the developer's own machine says nothing of production but by its port.
  return loopback === undefined ? undefined : fillLoopback(loopback, file, fillers);
}

/** `http://localhost:8761/x` with the name of the one service that listens on 8761. */
export function fillLoopback(text: string, file: string, fillers: Fillers): Filled | undefined {
  const port = /^[^/]*(?:\/\/)?[^/]*?:(\d{2,5})(?=[/,;?]|$)/.exec(text)?.[1];
  const service = port === undefined ? undefined : fillers.serviceListening(Number(port), file);
  return service === undefined
    ? undefined
    : { text: text.replace(loopbackHost, service), confidence: 0.4 };
}

function isShell(file: string): boolean {
  return /\.(?:sh|bash|ksh|zsh)$|(?:^|\/)[^./]+$/.test(file);
}

function isOwnName(value: string, name: string): boolean {
  return value === `{env:${name}}`;
}

/** Whether an address leads to the machine that the code itself runs on. */
export function isLoopback(text: string): boolean {
  return loopbackHost.test(text.trim());
}

// 192.168.59.103 and 192.168.99.100 are boot2docker and Docker Machine.
const loopbackHost =
  /(?<=^(?:[a-z]{1,20}:)?(?:[a-z][a-z0-9+.:-]*:\/\/)?(?:[^@/\s]*@)?)(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|192\.168\.(?:59\.103|99\.100)|\[?::1?\]?|host\.docker\.internal)(?=[:/,;?]|$)/i;

/** A connection with its address as far as it is known now. */
function finish(fact: ConnectionFact, text: string, confidence: number): ConnectionFact {
  const { address: _, ...rest } = fact;
  const written = fact.style === 'request-reply' ? closeHost(text) : hostOfDsn(text);
  const reference = toAddressReference(written);
  if (reference.kind === 'expression') {
    const shown = showOpenText(written);
    const short = dropDomain(shown);
    if (short !== shown) return finish(fact, short, Math.min(confidence, 0.5));
    const isTelling = !/^\{[^{}]*\}$/.test(shown) || /\{env:/.test(written);
    const target: Reference = isTelling ? toExpression(shown) : fact.target;
    return retarget(rest, target, Math.min(confidence, 0.3));
  }
  // PDO writes `mysql:host=…`
  const scheme = /^(?:jdbc:|r2dbc:(?:pool:)?)?([a-z][a-z0-9+.-]*):(?:\/\/|[\w ]+=)/i
    .exec(text)?.[1]
    ?.toLowerCase();
  const protocol = protocolOf(fact, scheme);
  const database = fact.style === 'database' ? databaseOfDsn(text) : undefined;
  return retarget(
    {
      ...rest,
      ...(protocol === undefined ? {} : { protocol }),
      ...(database === undefined ? {} : { database }),
    },
    toAddressReference(showOpenText(written)),
    confidence,
  );
}

function protocolOf(
  { protocol, style }: ConnectionFact,
  scheme: string | undefined,
): string | undefined {
  if (scheme === undefined) return protocol;
  if (style === 'request-reply' && (protocol === undefined || protocol === 'http'))
    return /^(?:https?|wss?|grpcs?)$/.test(scheme) ? scheme : (protocol ?? 'http');
  return protocol === 'database' ? protocolOfDriver(scheme) : protocol;
}

/** The same connection with another end; its summary tells the new one. */
function retarget(fact: ConnectionFact, target: Reference, confidence: number): ConnectionFact {
  const at = fact.summary.lastIndexOf(' ', fact.summary.length - showEnd(fact.target).length - 1);
  const head =
    fact.summary.endsWith(showEnd(fact.target)) && at > 0
      ? fact.summary.slice(0, at)
      : fact.summary;
  const summary =
    head === fact.summary && fact.summary.includes(target.value)
      ? fact.summary
      : `${head} ${showEnd(target)}`;
  return { ...fact, target, confidence, summary };
}

function showEnd(reference: Reference): string {
  return reference.kind === 'expression' ? showOpenText(reference.value) : reference.value;
}
