import { ConfigError, formatPlace } from '../../errors.ts';
import type { ScanContext } from '../scanner.ts';
import type { Secret, ServerOptions } from './engine-options.ts';

/** How a server is reached, with the secrets themselves. Nothing of it may be shown. */
export interface ServerAccess {
  readonly url: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Each form of the password that a server could repeat. */
  readonly secrets: readonly string[];
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
}

/**
 * Checks the address of a server and reads its secrets.
 * @throws ConfigError that says which is missing, and never what any is
 */
export async function readServerAccess(
  given: ServerOptions,
  context: ScanContext,
): Promise<ServerAccess> {
  const url = readUrl(given.url, context);
  if (given.password && url.protocol === 'http:' && !isLoopback(url.hostname))
    context.coverage.flaw(
      context.placeOf('url'),
      'the password goes over the network unencrypted; use https',
    );
  const pem = async (option: 'ca' | 'cert' | 'key'): Promise<Record<string, Buffer>> => {
    const file = given[option];
    return file === undefined ? {} : { [option]: Buffer.from(await context.files.bytes(file)) };
  };
  const password = given.password && (await readSecret(given.password, 'password', context));
  return {
    url: url.toString().replace(/\/$/, ''),
    user: given.user,
    password,
    secrets: password === undefined ? [] : formsOf(given.user ?? '', password),
    tls: { ...(await pem('ca')), ...(await pem('cert')), ...(await pem('key')) },
  };
}

function formsOf(user: string, password: string): string[] {
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  return [password, basic, encodeURIComponent(password)].filter((form) => form !== '');
}

function readUrl(text: string | undefined, context: ScanContext): URL {
  const fail = (reason: string): never => {
    throw new ConfigError(`${formatPlace(context.placeOf('url'))}: "url": ${reason}.`);
  };
  if (text === undefined)
    return fail(
      'is missing, so the engine cannot be asked; or run the query of "landscape sql" and name the saved file under "result"',
    );
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return fail('expected an address such as https://clickhouse.example:8443');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return fail('expected an address that begins with https:// or http://');
  if (url.username !== '' || url.password !== '')
    return fail(
      'holds a user or password; write them under "user" and "password: { env: NAME }", and change the password, for it was stored here',
    );
  if (url.search !== '' || url.hash !== '') return fail('expected an address without "?" and "#"');
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Reads a secret where it stands. @param option the name of the option that says where */
export async function readSecret(
  secret: Secret,
  option: string,
  context: ScanContext,
): Promise<string> {
  if ('file' in secret) return (await context.files.text(secret.file)).replace(/\r?\n$/, '');
  const value = process.env[secret.env];
  if (value === undefined || value === '')
    throw new ConfigError(
      `${formatPlace(context.placeOf(option, 'env'))}: the environment variable ${secret.env} is not set; set it where landscape runs.`,
    );
  return value;
}
