import { ConfigError, didYouMean } from '../../../errors.ts';
import type { LogFormat } from '../log-format.ts';
import { readApacheFormat } from './apache-format.ts';
import { readApigeeFormat } from './apigee-format.ts';
import { readAwsFormat } from './aws-format.ts';
import { readEnvoyFormat } from './envoy-format.ts';
import { readGoaccessFormat } from './goaccess-format.ts';
import { readHaproxyFormat } from './haproxy-format.ts';
import { readJsonMap } from './json-map.ts';
import { readNginxFormat } from './nginx-format.ts';
import { findPreset, presetNames } from './presets.ts';

const maxLength = 20_000;

/** How a format string of each language is told, in the order in which they are tried. */
const languages: readonly (readonly [RegExp, (text: string) => LogFormat])[] = [
  [/^\s*(?:log_format\s|'[^']*\$)/, readNginxFormat],
  [/^\s*(?:LogFormat|CustomLog)\s/i, readApacheFormat],
  [/^\s*log-format\s/, readHaproxyFormat],
  [/\$context\.\w/, readAwsFormat],
  [/%[A-Z][A-Z_\d]{3,60}(?:\([^()%]{0,200}\)|\([^()]{0,200}\))?(?::\d+)?%/, readEnvoyFormat],
  [/\$\{?\w/, readNginxFormat],
  [
    /%(?:\{[+-][A-Z,+-]+\})?(?:\[[a-z]|(?:ci|ft|ST|TR|Ta|tr|Tt|HM|HU|hr|sq)(?![A-Za-z]))/,
    readHaproxyFormat,
  ],
  // Arguments in braces and `%>s` are Apache's alone.
  [/%[!<>\d,]*\{[^{}]{0,200}\}\^?[a-zA-Z]|%[<>]/, readApacheFormat],
  [/%[\^~dx]|~h\{/, (text) => readGoaccessFormat(text)],
  [/%[a-zA-Z]/, readApacheFormat],
  [/\{[a-zA-Z][\w-]*(?:\.[\w-]+)*\}/, readApigeeFormat],
];

/**
 * Reads the `format:` of a gateway source: the name of a preset, a format string of nginx, Apache,
 * HAProxy, Envoy, Amazon API Gateway, Apigee or GoAccess, or a map. A map gives JSON fields by role;
 * one with `log-format`, and perhaps `date-format` and `time-format`, is GoAccess's own settings.
 * @returns the layouts that lines may have, most likely first
 * @throws ConfigError that says what is wrong, and what may have been meant
 */
export function readFormat(given: string | Readonly<Record<string, string>>): readonly LogFormat[] {
  if (typeof given !== 'string') return [readMap(given)];
  const preset = findPreset(given.trim());
  if (preset) return preset.formats;
  if (given.length > maxLength)
    throw new ConfigError(`a log format of ${given.length} characters is not one`);
  const read = languages.find(([look]) => look.test(given))?.[1];
  if (read) return [read(given)];
  throw new ConfigError(
    `no log format is called "${given.slice(0, 80)}".${didYouMean(given.trim().toLowerCase(), presetNames)} Name a preset, a format string of the proxy, or a map of JSON fields`,
  );
}

function readMap(map: Readonly<Record<string, string>>): LogFormat {
  const { 'log-format': format, 'date-format': date, 'time-format': time } = map;
  if (format === undefined) return readJsonMap(map);
  return readGoaccessFormat(format, { ...(date ? { date } : {}), ...(time ? { time } : {}) });
}
