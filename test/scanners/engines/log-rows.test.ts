import { afterEach, describe, expect, test } from 'vitest';
import { groupBy } from '../../../src/order.ts';
import { read } from '../gateway/read-log.ts';
import {
  type ClickHouseServers,
  serverInstalled,
  startClickHouseServers,
} from './clickhouse-servers.ts';
import { fillLog } from './fill-log.ts';
import { logFormat, toLine, toRow } from './log-rows.ts';

const total = 20_000;
const rows = Array.from({ length: total }, (_, number) => toRow(number, total));

let servers: ClickHouseServers | undefined;
afterEach(() => servers?.stop());

describe('generated calls', () => {
  test('are of all kinds, each often enough to be counted', () => {
    for (const [key, kinds] of [
      ['user', 29],
      ['address', 40],
      ['host', 12],
      ['method', 6],
      ['status', 5],
    ] as const) {
      const groups = groupBy(rows, (row) => `${row[key]}`);
      expect(groups.size, key).toBe(kinds);
      for (const [value, each] of groups) expect(each.length, value).toBeGreaterThan(50);
    }
    const waits = rows.map(({ waitMs }) => waitMs).sort((a, b) => a - b);
    const [half = 0, most = 0] = [waits[total / 2], waits[total * 0.99]];
    expect(most / half).toBeGreaterThan(20);
  });

  test('are read as a log, line for line', async () => {
    const log = `${rows.map(toLine).join('\n')}\n`;
    const { lines, parsed, groups, healthChecks } = await read({ 'access.log': log }, logFormat);
    const probes = rows.filter(({ agent }) => agent.startsWith('kube-probe')).length;
    expect({ lines, parsed, healthChecks }).toEqual({
      lines: total,
      parsed: total,
      healthChecks: probes,
    });
    const bytes = rows
      .filter(({ agent }) => !agent.startsWith('kube-probe'))
      .reduce((sum, row) => sum + row.bytes, 0);
    expect(groups.reduce((sum, group) => sum + group.bytes, 0)).toBe(bytes);
  });

  test.skipIf(!serverInstalled())('are the rows that two servers make themselves', async () => {
    servers = await startClickHouseServers();
    await fillLog(servers, total);
    const answer = await servers.ask(
      'select toUnixTimestamp(time), address, user, method, host, path, status, bytes, wait_ms, agent from log',
    );
    const made = answer.trimEnd().split('\n').sort();
    const known = rows.map((row) => Object.values(row).join('\t')).sort();
    expect(made.length).toBe(total);
    expect(made.filter((row, index) => row !== known[index])).toEqual([]);
  });
});
