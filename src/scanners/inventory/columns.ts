/** The columns of a system and of a link, by the names the project uses for them. */
export const systemColumns = [
  'id', 'name', 'kind', 'type', 'domain', 'site', 'partOf', 'owner', 'team', 'criticality',
  'lifecycle', 'hosts', 'aliases', 'tags',
] as const;
export const linkColumns = [
  'id', 'from', 'to', 'initiator', 'protocol', 'style', 'objects', 'schedule', 'owner', 'team',
  'criticality', 'environment', 'status', 'via', 'contract', 'attestedOn', 'retireBy', 'monitoring',
  'alerting', 'retry', 'tags',
] as const;

export type Column = (typeof systemColumns)[number] | (typeof linkColumns)[number];

/** What else people call these columns; compared without case, blanks and punctuation. */
const synonyms: Readonly<Record<string, Column>> = {
  systemid: 'id', applicationid: 'id', appid: 'id', linkid: 'id', integrationid: 'id', interfaceid: 'id', key: 'id', identifier: 'id', number: 'id',
  system: 'name', systemname: 'name', application: 'name', applicationname: 'name', title: 'name', displayname: 'name',
  systemkind: 'kind',
  systemtype: 'type', category: 'type', applicationtype: 'type',
  businessdomain: 'domain', department: 'domain', capability: 'domain', businessarea: 'domain',
  plant: 'site', location: 'site',
  parent: 'partOf', parentsystem: 'partOf', belongsto: 'partOf',
  responsible: 'owner', systemowner: 'owner', businessowner: 'owner', contact: 'owner', ownername: 'owner',
  ownerteam: 'team', owningteam: 'team', responsibleteam: 'team', supportteam: 'team', supportgroup: 'team',
  importance: 'criticality', businesscriticality: 'criticality', priority: 'criticality',
  lifecyclestatus: 'lifecycle', phase: 'lifecycle',
  host: 'hosts', hostname: 'hosts', hostnames: 'hosts', server: 'hosts', servers: 'hosts', dns: 'hosts', url: 'hosts', ip: 'hosts', ipaddress: 'hosts',
  alias: 'aliases', alsoknownas: 'aliases', aka: 'aliases', abbreviation: 'aliases', shortname: 'aliases',
  tag: 'tags', labels: 'tags', label: 'tags',
  source: 'from', sourcesystem: 'from', fromsystem: 'from', producer: 'from', sender: 'from', provider: 'from', publisher: 'from', sourceapplication: 'from', origin: 'from',
  target: 'to', targetsystem: 'to', tosystem: 'to', consumer: 'to', receiver: 'to', destination: 'to', targetapplication: 'to', sink: 'to',
  flow: 'initiator', initiatedby: 'initiator',
  technology: 'protocol', transport: 'protocol', interfacetype: 'protocol', method: 'protocol',
  integrationstyle: 'style', pattern: 'style', mode: 'style',
  object: 'objects', data: 'objects', dataobjects: 'objects', dataobject: 'objects', entities: 'objects', payload: 'objects', information: 'objects', businessobject: 'objects',
  frequency: 'schedule', cron: 'schedule', timing: 'schedule',
  env: 'environment', stage: 'environment',
  state: 'status', approval: 'status', approvalstatus: 'status',
  middleware: 'via', through: 'via', platform: 'via',
  specification: 'contract', spec: 'contract',
  attested: 'attestedOn', lastreviewed: 'attestedOn', reviewedon: 'attestedOn', lastattested: 'attestedOn',
  retire: 'retireBy', sunset: 'retireBy', endoflife: 'retireBy', decommission: 'retireBy',
  monitored: 'monitoring', alerts: 'alerting', retries: 'retry',
};

const own = new Map<string, Column>(
  [...systemColumns, ...linkColumns].map((column) => [fold(column), column]),
);

/** The column a header stands for: by the user's map, then its own name, then a synonym. */
export function findColumn(
  header: string,
  mapped: Readonly<Record<string, string>>,
): Column | undefined {
  const given = mapped[header] ?? mapped[header.trim()];
  if (given !== undefined) return own.get(fold(given));
  return own.get(fold(header)) ?? synonyms[fold(header)];
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
