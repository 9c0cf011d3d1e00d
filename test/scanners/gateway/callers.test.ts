import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toCalling } from '../../../src/scanners/gateway/calling.ts';
import { toCallerRules } from '../../../src/scanners/gateway/traffic/caller-rules.ts';
import { judgeAgent, productOf } from '../../../src/scanners/gateway/traffic/known-agents.ts';
import type { Caller } from '../../../src/scanners/gateway/traffic/merge-calls.ts';
import { nameOf, read } from './read-log.ts';

/** One call in JSON with every way of naming a caller. */
const fields = {
  time: 't',
  consumer: 'consumer',
  'api-key': 'key',
  certificate: 'cert',
  user: 'user',
  agent: 'agent',
  address: 'ip',
  service: 'service',
  method: 'method',
  path: 'path',
  status: 'status',
};

type Line = Readonly<Record<string, string>>;

const call = { t: '2026-11-02T10:00:00Z', service: 's', method: 'GET', path: '/x', status: '200' };

async function callerOf(
  line: Line,
  callers: Readonly<Record<string, string>> = {},
): Promise<Caller> {
  const log = `${JSON.stringify({ ...call, ...line })}\n`;
  const { groups } = await read({ 'a.log': log }, fields, { callers });
  expect(groups).toHaveLength(1);
  return groups[0]?.caller ?? { kind: 'unknown' };
}

const all = {
  consumer: 'shop',
  key: 'k3y',
  cert: 'CN=orders',
  user: 'ann',
  agent: 'wms-sync/1.0',
  ip: '10.1.2.3:5000',
};

describe('who calls', () => {
  test('the most telling that a line has', async () => {
    const { consumer: _, ...noConsumer } = all;
    const { key: __, ...noKey } = noConsumer;
    const { cert: ___, ...noCertificate } = noKey;
    const { user: ____, ...noUser } = noCertificate;
    expect(await callerOf(all)).toEqual({ kind: 'identity', value: 'shop' });
    expect(await callerOf(noConsumer)).toEqual({ kind: 'key', value: 'k3y' });
    expect(await callerOf(noKey)).toEqual({ kind: 'certificate', value: 'CN=orders' });
    expect(await callerOf(noCertificate)).toEqual({ kind: 'identity', value: 'ann' });
    const product = { kind: 'address', value: '10.1.2.3', product: 'wms-sync' };
    expect(await callerOf(noUser)).toEqual(product);
    expect(await callerOf({ ip: '10.1.2.3', agent: 'curl/8' })).toEqual({
      kind: 'address',
      value: '10.1.2.3',
    });
    expect(await callerOf({ agent: 'wms-sync/1.0' })).toEqual({
      kind: 'identity',
      value: 'wms-sync',
    });
    expect(await callerOf({})).toEqual({ kind: 'unknown' });
    expect(await callerOf({ consumer: '-', key: '', user: '-', agent: '-', ip: '-' })).toEqual({
      kind: 'unknown',
    });
  });

  test.each<[Line, string]>([
    [{ ip: '10.1.1.9' }, 'one'],
    [{ ip: '10.1.1.8:443' }, 'narrow'],
    [{ ip: '10.2.0.0' }, 'wide'],
    [{ ip: '::ffff:10.1.1.9' }, 'one'],
    [{ ip: '[fd00::1]:80' }, 'six'],
    [{ ip: 'fd01::1, 10.1.1.9' }, 'fd01::1'],
    [{ ip: '192.0.2.1' }, '192.0.2.1'],
    [{ ip: '10.1.1.9', agent: 'orders-app/2.1 (linux)' }, 'exact agent'],
    [{ ip: '10.1.1.9', agent: 'orders-app/3' }, 'agent'],
    [{ ip: '10.1.1.9', agent: 'my orders-app/3' }, 'one'],
    [{ user: 'ann', ip: '10.1.1.9' }, 'user'],
    [{ user: 'Ann', ip: '10.1.1.9' }, 'Ann'],
    [{ consumer: 'orders-app/2', ip: '10.1.1.9' }, 'orders-app/2'],
    [{ key: 'k3y' }, 'key'],
    [{ key: 'other' }, 'digest'],
    [{ cert: 'CN=orders,O=shop' }, 'certificate'],
  ])('%j is %s', async (line, expected) => {
    const caller = await callerOf(line, {
      '10.0.0.0/8': 'wide',
      '10.1.1.0/24': 'narrow',
      '10.1.1.9': 'one',
      'fd00::/16': 'six',
      'orders-app/': 'agent',
      'orders-app/2.1': 'exact agent',
      ann: 'user',
      k3y: 'key',
      [digest('other')]: 'digest',
      'CN=orders,O=shop': 'certificate',
    });
    expect(nameOf(caller)).toBe(expected);
  });

  test.each([
    'kube-probe/1.29',
    'ELB-HealthChecker/2.0',
    'GoogleHC/1.0',
    'Prometheus/2.45.0',
    'Consul Health Check',
    'Envoy/HC',
    'Amazon-Route53-Health-Check-Service (ref 1)',
    'check_http/v2.3 (monitoring-plugins 2.3)',
  ])('%s only asks whether something is alive', async (agent) => {
    const log = `${JSON.stringify({ ...call, agent, ip: '10.0.0.1' })}\n`;
    expect(await read({ 'a.log': log }, fields)).toMatchObject({
      groups: [],
      parsed: 1,
      skipped: 0,
      healthChecks: 1,
    });
  });

  test.each([
    ['Mozilla/5.0 (X11) Firefox/128.0', 'generic'],
    ['python-requests/2.31', 'generic'],
    ['Java/21.0.1', 'generic'],
    ['Googlebot/2.1 (+http://www.google.com/bot.html)', 'generic'],
    ['SomeCrawler/1.0', 'generic'],
    ['() { :;}; /bin/bash -c "x"', 'generic'],
    ['${jndi:ldap://x}', 'generic'],
    ['1234', 'generic'],
    ['', 'generic'],
    ['a', 'generic'],
    [`${'x'.repeat(200)}/1`, 'generic'],
    ['orders-sync/1.4 (linux)', 'name'],
    ['WmsClient', 'name'],
    ['kube-probe/1.29', 'health-check'],
  ])('agent %s: %s', (agent, expected) => {
    expect(judgeAgent(productOf(agent))).toBe(expected);
  });
});

describe('rules', () => {
  test('a range must hold the address; names that look like none are no ranges', () => {
    const rules = toCallerRules({
      '10.0.0.0/33': 'x',
      '1': 'one',
      '::/0': 'six',
      '0.0.0.0/0': 'four',
    });
    expect(rules.address('10.0.0.1')).toBe('four');
    expect(rules.address('fe80::1')).toBe('six');
    expect(rules.address('no address')).toBeUndefined();
    expect(rules.identity('1')).toBe('one');
    expect(rules.agent('1.0 agent')).toBe('one');
    expect(toCallerRules({ '10.0.0.1': 'x' }).hasAgents).toBe(false);
  });
});

function digest(key: string): string {
  return `api-key sha256:${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}

describe('callers as they are told', () => {
  test('an API key never, only its digest', () => {
    const told = toCalling({ kind: 'key', value: 'sk-live-S3cret' });
    expect(told.label).toBe(digest('sk-live-S3cret'));
    expect(JSON.stringify(told)).not.toContain('S3cret');
    expect(toCalling({ kind: 'key', value: 'sk-live-S3cres' }).label).not.toBe(told.label);
  });

  const spiffe = 'spiffe://cluster.local/ns/shop/sa';

  test.each([
    ['CN=orders,OU=shop,O=Example', 'orders'],
    ['/C=DE/O=Example/CN=orders', 'orders'],
    ['O=Example, cn = orders service ', 'orders service'],
    ['OU=XCN=no,CN=orders', 'orders'],
    [`${spiffe}/orders`, 'orders'],
    [`By=${spiffe}/server;Hash=ab;URI=${spiffe}/orders`, 'orders'],
    ['Hash=ab;Subject="CN=orders,OU=shop";URI=', 'orders'],
    ['something else', 'something else'],
  ])('certificate %s: %s', (value, expected) => {
    expect(toCalling({ kind: 'certificate', value })).toMatchObject({
      label: expected,
      reference: { kind: 'system', value: expected },
      isMapped: false,
    });
  });

  test('a certificate of any length is told in short, at once', () => {
    const value = `${'CN'.repeat(100_000)}${';spiffe://'.repeat(20_000)}${' CN='.repeat(50_000)}`;
    const start = performance.now();
    expect(toCalling({ kind: 'certificate', value }).label.length).toBeLessThanOrEqual(120);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('an address with the product that calls from it', () => {
    expect(toCalling({ kind: 'address', value: '10.0.0.1', product: 'wms' })).toMatchObject({
      label: 'wms at 10.0.0.1',
      reference: { kind: 'address', host: '10.0.0.1', name: 'wms' },
    });
    expect(toCalling({ kind: 'system', value: 'wms' })).toMatchObject({ isMapped: true });
    expect(toCalling({ kind: 'unknown' })).toMatchObject({ reference: { kind: 'expression' } });
  });
});
