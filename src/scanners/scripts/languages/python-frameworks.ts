import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import type { Expression, Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { textOf, toCall, toSetting } from './python-scan.ts';

/** The name under which the client table knows what a framework connects by its settings. */
export const framework = 'settings()';

/** Settings whose value is an address: Flask, Celery, Django. */
const addressSettings: Readonly<Record<string, string>> = {
  SQLALCHEMY_DATABASE_URI: 'database',
  BROKER_URL: 'broker',
  CELERY_BROKER_URL: 'broker',
  REDIS_URL: 'redis',
  MONGO_URI: 'mongodb',
  EMAIL_HOST: 'smtp',
  MAIL_SERVER: 'smtp',
};

/** Databases that the client table knows by their own name; any other is called a database. */
const engines = new Set(['postgresql', 'mysql', 'oracle', 'mssql', 'mongodb']);

/** Connections that a framework opens because a setting names them: `DATABASES = {…}`. */
export function listSettings(
  target: Expression,
  value: Expression | undefined,
  node: Node,
): Statement[] {
  const name = nameOfSetting(target);
  if (name === undefined || value === undefined) return [];
  if (name === 'DATABASES' && value.kind === 'object') {
    return value.entries.flatMap((entry) => listDatabase(entry.value, node));
  }
  if (name === 'CACHES' && value.kind === 'object') {
    return value.entries.flatMap((entry) => {
      const location = entryOf(entry.value, 'LOCATION');
      return location ? [connects('cache', location, node)] : [];
    });
  }
  const kind = Object.hasOwn(addressSettings, name) ? addressSettings[name] : undefined;
  // `None` and `False` switch it off.
  return kind === undefined || (value.kind === 'other' && value.parts.length === 0)
    ? []
    : [connects(kind, value, node)];
}

/** `NAME = …` or `app.config['NAME'] = …`. */
function nameOfSetting(target: Expression): string | undefined {
  if (target.kind === 'name') return target.name;
  return target.kind === 'item' &&
    target.key.kind === 'text' &&
    target.object.kind === 'member' &&
    /^conf(?:ig)?$/.test(target.object.name)
    ? target.key.text
    : undefined;
}

function listDatabase(value: Expression, node: Node): Statement[] {
  if (value.kind !== 'object') return [];
  const engine = entryOf(value, 'ENGINE');
  const host = entryOf(value, 'HOST');
  const port = entryOf(value, 'PORT');
  if (!host) return [];
  const name = engine?.kind === 'text' ? engine.text : '';
  // `django_pyodbc` is made for SQL Server alone.
  const named = /pyodbc/i.test(name) ? 'mssql' : protocolOfProduct(name);
  const kind = named !== undefined && engines.has(named) ? named : 'database';
  // A host without a name is the machine itself.
  if (host.kind === 'text' && host.text === '') return [];
  return [connects(kind, port ? { kind: 'join', parts: [host, textOf(':'), port] } : host, node)];
}

function entryOf(value: Expression, key: string): Expression | undefined {
  return value.kind === 'object'
    ? value.entries.find((entry) => entry.key === key)?.value
    : undefined;
}

function connects(kind: string, address: Expression, node: Node): Statement {
  const target: Expression = { kind: 'name', name: `${framework}.${kind}` };
  return { kind: 'expression', value: toCall(target, [{ value: address }], node) };
}

/** What classes of some frameworks have although they do not write it. */
export function completeClass(
  supertypes: readonly string[],
  members: readonly Statement[],
  node: Node,
): Statement[] {
  const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
  if (supertypes.some((name) => /^(?:Fast)?HttpUser$|^HttpLocust$/.test(last(name)))) {
    return [...members, toLoadClient(members, node)];
  }
  if (supertypes.some((name) => /^(?:Base)?Settings$/.test(last(name)))) {
    return members.map((member) => toSettingField(member, node));
  }
  return [...members];
}

/** The client of a load test sends what it sends to the class's `host`. */
function toLoadClient(members: readonly Statement[], node: Node): Statement {
  const host = members.find(
    (member): member is Statement & { kind: 'assign' } =>
      member.kind === 'assign' && member.target.kind === 'name' && member.target.name === 'host',
  )?.value;
  return {
    kind: 'assign',
    target: { kind: 'name', name: 'client' },
    value: toCall(
      { kind: 'name', name: `${framework}.http` },
      host ? [{ name: 'base_url', value: host }] : [],
      node,
    ),
  };
}

/** A field of a pydantic settings class is the environment's, else its own default. */
function toSettingField(member: Statement, node: Node): Statement {
  if (member.kind !== 'assign' || member.target.kind !== 'name') return member;
  const { name } = member.target;
  if (/^(?:model_config|Config)$/.test(name)) return member;
  const { value } = member;
  const fallback =
    value?.kind === 'call' ? value.args.find((arg) => arg.name === 'default')?.value : value;
  const { type: _, ...rest } = member;
  return { ...rest, value: toSetting(name.toUpperCase(), fallback, node) };
}
