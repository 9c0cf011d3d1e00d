import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { readJsonMap } from '../../../src/scanners/gateway/formats/json-map.ts';

describe('a map of JSON fields', () => {
  test('gives each role its path', () => {
    const format = readJsonMap({
      time: 'started_at',
      consumer: 'consumer.username',
      path: 'request.uri',
      duration: 'latencies.request ms',
      host: 'labels.k8s\\.io/host',
      agent: 'request.headers.User-Agent.0',
      records: 'entries',
    });
    expect(format).toEqual({
      kind: 'json',
      name: 'JSON fields',
      records: 'entries',
      fields: {
        started_at: { role: 'time' },
        'consumer.username': { role: 'consumer' },
        'request.uri': { role: 'path' },
        'latencies.request': { role: 'duration', unit: 'ms' },
        'labels.k8s\\.io/host': { role: 'host' },
        'request.headers.User-Agent.0': { role: 'agent' },
      },
    });
  });

  test('a key with blanks keeps them', () => {
    const { fields } = readJsonMap({
      time: 'Start Time',
      address: 'Client IP',
      duration: 'Took us',
    });
    expect(Object.keys(fields)).toEqual(['Start Time', 'Client IP', 'Took']);
  });

  test('all mistakes are named at once', () => {
    const wrong = { tme: 'ts', path: 'a..b', status: 'code ms', user: 'x', host: 'x' };
    let message = '';
    try {
      readJsonMap(wrong);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = (error as Error).message;
    }
    expect(message.split('\n')).toHaveLength(4);
    expect(message).toContain('no role "tme". Did you mean "time"?');
    expect(message).toContain('"path" the path "a..b"');
    expect(message).toContain('"status" the unit "ms"');
    expect(message).toContain('"x" to both "user" and "host"');
  });

  test('without a time it is of no use', () => {
    expect(() => readJsonMap({ path: 'uri' })).toThrow('says no time');
  });
});
