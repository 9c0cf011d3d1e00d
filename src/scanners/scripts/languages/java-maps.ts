import type { Expression, ObjectEntry } from '../program/program.ts';

/** Constants of libraries that name a setting, and the name they stand for. */
const constants: Readonly<Record<string, string>> = {
  BOOTSTRAP_SERVERS_CONFIG: 'bootstrap.servers',
  PROVIDER_URL: 'java.naming.provider.url',
  JPA_JDBC_URL: 'javax.persistence.jdbc.url',
  JAKARTA_JDBC_URL: 'javax.persistence.jdbc.url',
  'Environment.URL': 'hibernate.connection.url',
  'AvailableSettings.URL': 'hibernate.connection.url',
  ENDPOINT_ADDRESS_PROPERTY: 'javax.xml.ws.service.endpoint.address',
  WMQ_HOST_NAME: 'XMSC_WMQ_HOST_NAME',
};

/** A library's constant by the text it holds, where it is well known. */
export function toMapKey(name: string, object?: string): Expression | undefined {
  const whole = `${object ?? ''}.${name}`;
  const text = Object.hasOwn(constants, name)
    ? constants[name]
    : Object.hasOwn(constants, whole)
      ? constants[whole]
      : undefined;
  return text === undefined ? undefined : { kind: 'text', text };
}

/** Keys and values in turn as the entries of a map; keys that are no plain text are left out. */
export function readMapEntries(args: readonly Expression[]): ObjectEntry[] {
  const entries: ObjectEntry[] = [];
  for (let at = 0; at + 1 < args.length; at += 2) {
    const key = args[at];
    const value = args[at + 1];
    if (key?.kind === 'text' && value) entries.push({ key: key.text, value });
  }
  return entries;
}
