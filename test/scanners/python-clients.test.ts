import { describe, expect, test } from 'vitest';
import type { ClientEntry, Operation } from '../../src/scanners/scripts/clients/client.ts';
import { pythonClients } from '../../src/scanners/scripts/clients/python.ts';
import { drawScript } from './scan.ts';

/** An argument list that puts a value where a path such as `0.brokers.0` or `host` looks for it. */
function write(path: string, value: string): string {
  const [first = '', ...rest] = path.split('.');
  const dotted = rest.join('.');
  const inner = /[a-z]\.[a-z]/.test(dotted)
    ? `{'${dotted}': '${value}'}`
    : rest.reduceRight(
        (text, key) => (/^\d+$/.test(key) ? `[${text}]` : `{'${key}': ${text}}`),
        `'${value}'`,
      );
  return /^\d+$/.test(first) ? `${'None, '.repeat(Number(first))}${inner}` : `${first}=${inner}`;
}

/** The first use of a connection that is more than setting it up. */
function useOf({ operations = {} }: ClientEntry): [string, Operation] | undefined {
  return Object.entries(operations).find(
    ([name, { flow }]) => flow !== 'none' && /^[a-z_]\w*$/i.test(name),
  );
}

/** A script that opens the connection and uses it, or undefined where the address comes otherwise. */
function toScript(call: string, entry: ClientEntry, address: string): string | undefined {
  const module = call.slice(0, call.lastIndexOf('.'));
  const own = entry.address?.[0];
  const use = useOf(entry);
  const [setter, set] =
    Object.entries(entry.operations ?? {}).find(
      ([name, { flow, address: paths }]) => flow === 'none' && paths && /^\w+$/.test(name),
    ) ?? [];
  const lines = [`import ${module}`, `c = ${call}(${own ? write(own, address) : ''})`];
  const path = use?.[1].address?.[0];
  if (!own && set?.address?.[0]) lines.push(`c.${setter}(${write(set.address[0], address)})`);
  else if (!own && !path && entry.addressDefault === undefined) return undefined;
  if (use)
    lines.push(
      `c.${use[0]}(${path ? write(path, own ? '/x' : entry.style === 'request-reply' ? `http://${address}` : address) : ''})`,
    );
  return `${lines.join('\n')}\n`;
}

/** Entries that a plain import and call reach; the others have tests of their own. */
const entries = pythonClients.flatMap((entry) =>
  entry.isMadeFrom
    ? []
    : entry.calls
        .filter((call) => call.includes('.') && !/[#()]|^boto3\.|^shutil\.copy\./.test(call))
        .map((call): [string, ClientEntry] => [call, entry]),
);

describe('every entry of the client table', () => {
  test('there are hundreds', () => {
    expect(entries.length).toBeGreaterThan(400);
  });

  test.each(entries)('%s connects', async (call, entry) => {
    const address = entry.needsScheme ? 'https://a.example/x' : 'a.example';
    const script = toScript(call, entry, address);
    if (script === undefined) throw new Error('the entry tells no address');
    const host =
      entry.address?.[0] || !entry.addressDefault
        ? 'a.example'
        : new URL(entry.addressDefault).host;
    const drawn = await drawScript('a.py', script);
    expect(drawn.join('\n'), script).toContain(` ${host}`);
  });

  test.each(entries)('%s that is not imported is another one', async (call, entry) => {
    const address = entry.needsScheme ? 'https://a.example/x' : 'a.example';
    const script = toScript(call, entry, address) ?? '';
    expect(await drawScript('a.py', script.replace(/^import .*\n/, ''))).toEqual([]);
  });

  test('files of the machine itself are no connection', async () => {
    const text =
      "import pandas as pd, shutil, xarray\npd.read_csv('a.csv')\npd.read_json(path).to_csv('b.csv')\nopen('c')\nshutil.copy('a', 'b')\nxarray.open_dataset('d.nc')\npd.read_csv('file.example')\n";
    expect(await drawScript('a.py', text)).toEqual([]);
  });
});
