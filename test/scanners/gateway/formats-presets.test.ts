import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../../../src/scanners/gateway/formats/detect.ts';
import { findPreset, presets } from '../../../src/scanners/gateway/formats/presets.ts';
import { toTextFormat } from '../../../src/scanners/gateway/kernel/columns.ts';
import {
  type LineFields,
  toFieldReader,
} from '../../../src/scanners/gateway/kernel/read-fields.ts';
import { type LogFormat, rolesOf } from '../../../src/scanners/gateway/log-format.ts';
import { presetLines } from './preset-lines.ts';

function formatOf(preset: string, name?: string): LogFormat {
  const formats = findPreset(preset)?.formats ?? [];
  const format = name === undefined ? formats[0] : formats.find((one) => one.name === name);
  if (!format) throw new Error(`${preset} has no format ${name}`);
  return format;
}

function read(format: LogFormat, line: string): LineFields | undefined {
  if (format.kind !== 'columns') return toFieldReader(format)(line);
  const separator = line.includes('\t') ? '\t' : ' ';
  return toFieldReader(toTextFormat(format, format.initial ?? [], separator))(line);
}

describe('lines of each product', () => {
  test.each(presetLines.map((one) => [one.format ?? one.preset, one] as const))(
    '%s gives its fields',
    (_, { preset, format, line, fields }) => {
      expect(read(formatOf(preset, format), line)).toEqual(fields);
    },
  );

  test.each(presetLines.map((one) => [one.format ?? one.preset, one] as const))(
    '%s is recognised',
    (_, { preset, format, line, fields }) => {
      const found = detectFormat([line]);
      expect(found).toMatchObject({ preset, confidence: 1, prefix: 'none' });
      if (format) expect(found?.format.name).toBe(format);
      expect(found && read(found.format, line)).toEqual(fields);
    },
  );

  test('every preset has a line here', () => {
    const shown = new Set(presetLines.map(({ preset }) => preset));
    expect(presets.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
  });

  test.each(presetLines.filter(({ line }) => !line.startsWith('{')))(
    'a cut line is not taken for a whole one: $preset',
    ({ preset, format, line, fields }) => {
      const whole = Object.keys(fields).length;
      for (let length = 0; length < line.length; length += 7) {
        const found = read(formatOf(preset, format), line.slice(0, length));
        if (found) expect(Object.keys(found).length).toBeLessThanOrEqual(whole);
      }
      expect(read(formatOf(preset, format), line.slice(0, 20))).toBeUndefined();
    },
  );
});

describe('presets', () => {
  test('no name stands for two', () => {
    const names = presets.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('durations have the unit that the product documents', () => {
    const units = presets.flatMap(({ formats }) =>
      formats.flatMap((format) => {
        const { roles, unit } = rolesOf(format);
        return roles.has('duration') ? [`${format.name}: ${unit}`] : [];
      }),
    );
    const seconds = /^(?:ingress-nginx|caddy|aws-alb|aws-elb|cloudfront)/;
    for (const text of units)
      expect(text).toMatch(
        seconds.test(text) ? /: s$/ : /^traefik-json/.test(text) ? /: ns$/ : /: ms$/,
      );
    expect(units).toContain('kong: ms');
    expect(units).toContain('iis: ms');
    expect(units).toContain('traefik-json: ns');
  });

  test('the documentation lists each preset with its other names', () => {
    const page = readFileSync(new URL('../../../docs/gateway-logs.md', import.meta.url), 'utf8');
    const rows = presets.map(({ name, aliases = [] }) =>
      `| \`${name}\` | ${aliases.map((alias) => `\`${alias}\``).join(', ')} |`.replace(
        '|  |',
        '| |',
      ),
    );
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });

  test('a name is found in any case', () => {
    expect(findPreset('Nginx-Combined')?.name).toBe('combined');
    expect(findPreset('constructor')).toBeUndefined();
  });

  test('no format gives one role to two fields of a text', () => {
    for (const { formats } of presets) {
      for (const format of formats) {
        const given =
          format.kind === 'text'
            ? format.tokens.flatMap((token) => ('role' in token && token.role ? [token.role] : []))
            : [];
        expect(given.length, format.name).toBe(new Set(given).size);
      }
    }
  });
});
