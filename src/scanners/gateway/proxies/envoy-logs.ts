import type { Place } from '../../../errors.ts';
import {
  isMapping,
  type Mapping,
  toList,
  toMapping,
  toScalar,
} from '../../scripts/settings/documents.ts';
import type { ProxyLog, ProxyLogFormat } from './proxy-config.ts';

/** Adds the access logs of one mapping, and their formats where they have their own. */
export function readEnvoyLogs(
  value: Mapping,
  place: (below?: readonly (string | number)[]) => Place,
  formats: ProxyLogFormat[],
  logs: ProxyLog[],
): void {
  const key = Object.hasOwn(value, 'accessLog') ? 'accessLog' : 'access_log';
  for (const [index, log] of toList(value[key]).entries()) {
    const config = toMapping(toMapping(log)['typed_config'] ?? toMapping(log)['typedConfig']);
    const kind = toScalar(config['@type']) ?? '';
    if (!/file|stdout|stderr|stream/i.test(kind)) continue;
    const at = place([key, index]);
    const format = readFormat(config);
    const name = format === undefined ? 'default' : `access log ${formats.length + 1}`;
    if (format !== undefined) formats.push({ name, format, place: at });
    const file = toScalar(config['path']) ?? (/stderr/i.test(kind) ? 'stderr' : 'stdout');
    logs.push({ file, format: name, hosts: [], place: at });
  }
}

/** The text of a format; of a JSON format, the template as JSON. */
function readFormat(config: Mapping): string | undefined {
  const nested = toMapping(config['log_format'] ?? config['logFormat']);
  const source = toMapping(nested['text_format_source'] ?? nested['textFormatSource']);
  const json =
    nested['json_format'] ?? nested['jsonFormat'] ?? config['json_format'] ?? config['jsonFormat'];
  return (
    toScalar(source['inline_string'] ?? source['inlineString']) ??
    toScalar(nested['text_format'] ?? nested['textFormat']) ??
    toScalar(config['format']) ??
    (isMapping(json) ? JSON.stringify(json) : undefined)
  );
}
