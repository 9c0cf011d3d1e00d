import { hostileNames } from './browser.ts';

/** OWASP's ways past filters of markup, and what the formats and templates of reports might take for their own. */
export const hostileTexts: readonly string[] = [
  ...hostileNames,
  '<svg/onload=alert(1)>',
  '<img src=x onerror=&#97;lert(1)>',
  '<a href="jav&#x0A;ascript:alert(1)">a</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<body onload=alert(1)>',
  '<style>*{display:none}</style>',
  '<base href="https://evil.example/">',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '--><script>alert(1)</script><!--',
  '<!-- landscape:end -->',
  ']]><x>',
  '"onmouseover="alert(1)',
  "' autofocus onfocus=alert(1) x='",
  '${alert(1)} #{alert(1)} <%= alert(1) %>',
  '{{{this}}} {{#each}} {{> page}}',
  '```\n# heading',
  '~~~',
  '[text](javascript:alert(1))',
  '![picture](https://evil.example/x.png)',
  '%%{init: {"securityLevel": "loose"}}%%',
  'click a href "javascript:alert(1)"',
  'subgraph x',
  '+1+cmd|calc!A1',
  '@SUM(1+1)',
  '-2+3',
  '\t=1+1',
  '\u2066isolated\u2069 \u200F\u061Cmarks \uFEFF',
  '🐟'.repeat(300),
  'W'.repeat(2_000),
  '__proto__',
  'constructor',
];

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
const inAddress = (text: string): string => encodeURIComponent(inOneLine(text)).slice(0, 1_500);

const systemColumns = [
  'id',
  'name',
  'type',
  'domain',
  'site',
  'owner',
  'team',
  'hosts',
  'aliases',
  'tags',
];
const linkFields = ['protocol', 'objects', 'schedule', 'owner', 'via', 'contract', 'tags'];

/**
 * A landscape in which every field of every kind of input holds one hostile text after the other:
 * tables, a YAML inventory, crontabs, scripts and a gateway log.
 */
export function drawHostileLandscape(): Record<string, string> {
  const count = hostileTexts.length;
  const at = (index: number): string => hostileTexts[index % count] as string;
  const ids = hostileTexts.map((_, index) => `s${index}`);
  const rows = hostileTexts.map((_, index) =>
    systemColumns.map((column, shift) =>
      cell(column === 'id' ? `s${index}` : column === 'name' ? at(index) : at(index + shift)),
    ),
  );
  // Systems whose id is hostile, too.
  const named = hostileTexts.map((text) =>
    systemColumns.map((column) => cell(column === 'id' ? `id ${text}` : '')),
  );
  const links = ids.map((from, index) => ({
    id: `L${index} ${at(index)}`,
    from,
    to: ids[(index + 1) % count],
    ...Object.fromEntries(linkFields.map((field, shift) => [field, at(index + shift)])),
    protocol: index % 2 === 0 ? 'sftp' : at(index),
  }));
  const toTable = (each: (typeof links)[number]): string =>
    Object.values(each)
      .map((text) => cell(text ?? ''))
      .join(',');
  const half = Math.floor(count / 2);
  return {
    'landscape.yaml': JSON.stringify({
      name: at(0),
      sources: [
        { inventory: 'systems.csv', minParsed: 0.01 },
        { inventory: 'links.csv', minParsed: 0.01 },
        { inventory: 'links.yaml', registry: false, minParsed: 0.01 },
        { cron: 'cron.d/*', host: 'job<b>01</b>', timezone: 'Europe/Oslo', minParsed: 0.01 },
        { scripts: 'scripts', minParsed: 0.01 },
        {
          gateway: 'access.log',
          format: 'nginx-combined',
          intermediary: 'gw',
          routes: { '/a/': 's0', '/b/': 's3' },
          callers: { 's1/': 's1', '10.0.0.0/24': 's2' },
          minParsed: 0.01,
        },
      ],
      systems: [{ id: 'gw', name: 'gw"><b>', kind: 'api-gateway' }],
      aliases: { 'erp.example': 's4', 'wms.example': 's5' },
    }),
    'systems.csv': `${systemColumns.join(',')}\n${[...rows, ...named].map((row) => row.join(',')).join('\n')}\n`,
    'links.csv': `id,from,to,${linkFields.join(',')}\n${links.slice(0, half).map(toTable).join('\n')}\n`,
    'links.yaml': JSON.stringify({ links: links.slice(half) }),
    'cron.d/jobs': hostileTexts
      .map(
        (text, index) =>
          `# ${inOneLine(text)}\nMAILTO="${inOneLine(text).replaceAll('"', '')}"\n${index % 60} ${index % 24} * * 1-5 root /opt/jobs/send.sh '${inOneLine(text).replaceAll("'", '')}' && curl -s https://erp.example/${inAddress(text)} -o - | curl -T - https://wms.example/in\n`,
      )
      .join(''),
    'scripts/fetch <b> {{x}}.py': hostileTexts
      .map(
        (text) =>
          `requests.get("https://erp.example/" + ${JSON.stringify(inOneLine(text).slice(0, 500))})\nrequests.post(${JSON.stringify(`https://${inAddress(text).slice(0, 40)}.example/`)})\n`,
      )
      .join(''),
    'scripts/`code` %%.sh': hostileTexts
      .map(
        (text) =>
          `scp '/data/${inOneLine(text).replaceAll("'", '').slice(0, 300)}' app@wms.example:/in/ # ${inOneLine(text)}\n`,
      )
      .join(''),
    'access.log': hostileTexts
      .flatMap((text, index) =>
        [0, 1, 2].map(
          (day) =>
            `10.0.0.${index} - ${inAddress(text).slice(0, 60)} [0${day + 1}/Nov/2026:10:00:00 +0100] "GET /${index % 2 ? 'a' : 'b'}/${inAddress(text)}?q=${inAddress(text)} HTTP/1.1" 200 12 "-" "s1/1.0 ${inOneLine(text).replaceAll('"', '\\x22')}"\n`,
        ),
      )
      .join(''),
  };
}
