import type { SystemKind } from '../../../vocabulary.ts';
import type { Row, Table } from '../table.ts';
import { type Dialect, type Translation, toRow } from './dialect.ts';
import { type ReadCells, readCells } from './read-cells.ts';
import { relate, type WrittenRelation } from './relate.ts';

/** Lists of configuration items and of their relations, as CSV, Excel or what its interface answers. */
export const serviceNow: Dialect = {
  name: 'ServiceNow CMDB',
  recognises(headers, _raw, table) {
    const has = (...names: string[]): boolean => names.every((name) => headers.has(name));
    const first = table.rows[0] ? readCells(table.rows[0]).text('type') : '';
    if (has('parent', 'child') && (has('type') || has('typename')))
      return has('sysid') || has('connectionstrength') || has('typename') || first.includes('::');
    return (
      has('sysclassname') || (has('class', 'name') && (has('sysid') || has('operationalstatus')))
    );
  },
  *translate(tables) {
    const rows = tables.flatMap((table) =>
      table.rows.map((row) => ({ row, ...split(row, table) })),
    );
    const items = rows.filter(({ isRelation }) => !isRelation);
    const byId = new Map<string, Item>();
    const byName = new Map<string, Item[]>();
    const all = items.map(({ row, cells }) => toItem(row, cells));
    for (const item of all) {
      if (item.sysId !== '') byId.set(item.sysId, item);
      byName.set(item.name, [...(byName.get(item.name) ?? []), item]);
    }
    // Two items of one name are two systems, told apart by what ServiceNow calls them.
    const idOf = (item: Item): string =>
      (byName.get(item.name)?.length ?? 0) > 1 && item.sysId !== '' ? item.sysId : item.name;
    for (const item of all) yield* describe(item, idOf(item));
    const ends = new Map(all.map((item) => [idOf(item), item]));
    const resolve = (cells: ReadCells, end: string): string => {
      const item = byId.get(cells.key(end)) ?? byName.get(cells.text(end))?.[0];
      return item ? idOf(item) : cells.text(end);
    };
    const relations: WrittenRelation[] = [];
    for (const { row, cells, isRelation } of rows) {
      if (!isRelation) continue;
      const [from, to] = [resolve(cells, 'parent'), resolve(cells, 'child')];
      const type = cells.text('type.name', 'type');
      if (from === '' || to === '' || type === '')
        yield skip(row, 'the relation has no parent, no child or no type; fill it in');
      else if (/^[0-9a-f]{32}$/.test(type))
        yield skip(
          row,
          'the type of the relation is an id; export it with display values (sysparm_display_value=all)',
        );
      else relations.push({ place: row.place, from, to, type });
    }
    yield* relate(relations, (name) => {
      const item = ends.get(name);
      return item && { isSystem: item.kind !== undefined, isHost: item.kind === 'host' };
    });
  },
};

interface Item {
  readonly row: Row;
  readonly cells: ReadCells;
  readonly name: string;
  readonly sysId: string;
  /** Undefined for what is no system. */
  readonly kind: SystemKind | undefined;
  readonly className: string;
}

function split(row: Row, table: Table): { cells: ReadCells; isRelation: boolean } {
  const headers = table.rows[0]?.cells ?? new Map<string, string>();
  const names = [...headers.keys()].map((header) => header.toLowerCase());
  return { cells: readCells(row), isRelation: names.includes('parent') && names.includes('child') };
}

function toItem(row: Row, cells: ReadCells): Item {
  const className = cells.text('sys_class_name', 'class');
  return {
    row,
    cells,
    name: cells.text('name', 'display_name'),
    sysId: cells.key('sys_id'),
    kind: findKind(className),
    className,
  };
}

function* describe(
  { row, cells, name, sysId, kind, className }: Item,
  id: string,
): Iterable<Translation> {
  if (name === '') {
    yield skip(row, 'the configuration item has no name; fill it in');
    return;
  }
  if (kind === undefined) {
    yield { kind: 'left out', what: `configuration item of class ${className.slice(0, 60)}` };
    return;
  }
  yield toRow(row.place, {
    id,
    name,
    kind,
    domain: cells.text('business_unit', 'department', 'business_capability'),
    site: cells.text('location'),
    owner: cells.text(
      'owned_by',
      'it_application_owner',
      'business_owner',
      'managed_by',
      'assigned_to',
    ),
    team: cells.text('support_group', 'managed_by_group', 'assignment_group'),
    criticality: readCriticality(cells.text('busines_criticality', 'business_criticality')),
    lifecycle: readStatus(cells),
    hosts: [
      ...new Set([
        ...cells.list('fqdn'),
        ...cells.list('host_name'),
        ...cells.list('ip_address'),
        ...cells.list('url'),
      ]),
    ],
    aliases: [sysId, cells.text('number')].filter((alias) => alias !== '' && alias !== id),
  });
}

/** By the class, as the table or as the label of it; the first that fits counts. */
const kinds: readonly (readonly [RegExp, SystemKind | undefined])[] = [
  [
    /capability|offering|business.?process|information.?object|service.?commitment|contract|location|rack|datacent|business service|service_business|service_technical|technical service|^cmdb_ci_service$|^service$|printer|\bprinter\b|ups\b|account|endpoint|certificate/i,
    undefined,
  ],
  [/msg_queue|message queue|rabbitmq|kafka|activemq|ibm_mq|websphere_mq|\bmq\b/i, 'broker'],
  [/api_gateway|api gateway/i, 'api-gateway'],
  [
    /lb_|load.?balanc|proxy|router|switch|firewall|netgear|network gear|network_adapter|ip_|network adapter/i,
    'proxy',
  ],
  [/cmdb_ci_db|database|catalog|mysql|mssql|oracle|postgres|mongo|db2|sybase|hana/i, 'database'],
  [/storage|nas_|san_|file_system|file system|file_share|disk|volume|bucket/i, 'file-store'],
  [
    /server|computer|vm_instance|virtual machine|vcenter|esx|hypervisor|container|pod|kubernetes|cluster|docker|mainframe|host|workstation/i,
    'host',
  ],
  [/device|iot|sensor|medical/i, 'device'],
  [
    /appl|application|business_app|service_auto|service_discovered|service_calculated|service_by_tags|mapped|saas|software|spkg/i,
    'application',
  ],
];

function findKind(className: string): SystemKind | undefined {
  if (className === '') return 'application';
  return kinds.find(([pattern]) => pattern.test(className))?.[1];
}

function readCriticality(text: string): string {
  const word = ['', 'mission-critical', 'business-critical', 'operational', 'administrative'][
    Number(/^[1-4]/.exec(text)?.[0] ?? 0)
  ];
  return word || text;
}

/** The choices of a base system, where an export writes their numbers. */
function readStatus(cells: ReadCells): string {
  const stage = cells.text('life_cycle_stage');
  const installed: Readonly<Record<string, string>> = {
    1: 'Installed',
    3: 'In Maintenance',
    6: 'In Stock',
    7: 'Retired',
    100: 'Absent',
  };
  const text = stage || cells.text('install_status', 'operational_status');
  return cells.text('install_status') === text ? (installed[text] ?? text) : text;
}

function skip({ place }: Row, reason: string): Translation {
  return { kind: 'skipped', place, reason };
}
