import type { Schedule } from '../../schedule.ts';
import { toInterval } from '../schedulers/interval-schedule.ts';
import {
  isMapping,
  type Path,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import type { XmlNode } from '../xml-tree.ts';
import { readCamelUri } from './camel-uri.ts';
import { toCronSchedule } from './cron-schedule.ts';
import { type FlowNode, pairNodes } from './pair-nodes.ts';
import type {
  FlowEnd,
  PlatformFile,
  PlatformFlow,
  PlatformReader,
  PlatformSink,
} from './platform.ts';

/** Routes of Camel in XML and YAML, its Kamelet bindings left aside. Those in Java are code. */
export const camelReader: PlatformReader = {
  name: 'Camel routes (XML, YAML)',
  product: { id: 'camel', kind: 'integration-platform' },
  matches: (_file, text) =>
    /<(?:\w+:)?from\s[^>]{0,2000}uri=/.test(text) ||
    (/^[ \t]{0,100}(?:-[ \t]+)?(?:route|from):/m.test(text) &&
      /^[ \t]{0,100}uri:[ \t]/m.test(text)),
  read(files, sink, { timezone }) {
    const routes = files.flatMap((file) => {
      const found = file.text.trimStart().startsWith('<') ? readXml(file) : readYaml(file);
      if (found.length === 0)
        sink.skip({ file: file.file, line: 1, column: 1 }, 'it holds no route that can be read');
      return found;
    });
    tellRoutes(routes, sink, timezone);
  },
};

interface Endpoint {
  readonly uri: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly place: FlowEnd['place'];
}

interface Route {
  readonly name: string;
  readonly place: FlowEnd['place'];
  readonly isOff: boolean;
  readonly from: readonly Endpoint[];
  readonly to: readonly (Endpoint & { readonly answers: boolean })[];
}

const sending = new Set(['to', 'toD', 'wireTap', 'enrich', 'pollEnrich', 'recipientList']);

/** A node for each end, an inner name for each `direct:`, so that routes join. */
function tellRoutes(routes: readonly Route[], sink: PlatformSink, timezone: string): void {
  const nodes: FlowNode[] = [];
  const next = new Map<string, string[]>();
  const join = (from: string, to: string): unknown =>
    next.set(from, [...(next.get(from) ?? []), to]);
  const schedules = new Map<Route, Schedule[]>();
  for (const [index, route] of routes.entries()) {
    if (route.isOff) continue;
    const own = `route ${index}`;
    nodes.push({ id: own });
    for (const [at, endpoint] of route.from.entries()) {
      const read = readCamelUri(endpoint.uri, endpoint.parameters, endpoint.place, true);
      if (read.kind === 'inside') {
        nodes.push({ id: read.name });
        join(read.name, own);
      } else if (read.kind === 'end') {
        nodes.push({ id: `${own} from ${at}`, source: read.end });
        join(`${own} from ${at}`, own);
      } else if (read.kind === 'timer') {
        const written = read.cron ?? read.period ?? '';
        const found = /^\d+$/.test(written)
          ? toInterval(Number(written), timezone)
          : toCronSchedule(written, timezone);
        if (found) schedules.set(route, [found]);
      } else sink.leaveOut('listeners: who sends to them is not written down');
    }
    let last = own;
    for (const [at, endpoint] of route.to.entries()) {
      const read = readCamelUri(endpoint.uri, endpoint.parameters, endpoint.place, false);
      if (read.kind === 'inside') join(last, read.name);
      else if (read.kind === 'end') {
        const id = `${own} to ${at}`;
        nodes.push({ id, target: read.end, ...(endpoint.answers ? { source: read.end } : {}) });
        join(last, id);
        // What was answered goes on to the next step.
        if (endpoint.answers) last = id;
      }
    }
  }
  tellPasses(routes, pairNodes(nodes, next), schedules, sink);
}

function tellPasses(
  routes: readonly Route[],
  passes: PlatformFlow['passes'],
  schedules: ReadonlyMap<Route, readonly Schedule[]>,
  sink: PlatformSink,
): void {
  for (const route of routes) {
    if (route.isOff) {
      sink.leaveOut('switched off');
      continue;
    }
    // A flow is told where its data begins; half of one where it ends.
    const places = new Set([...route.from, ...route.to].map(({ place }) => place));
    const own = passes.filter(({ from, to }) =>
      places.has((from ?? to)?.place as FlowEnd['place']),
    );
    if (own.length === 0) sink.leaveOut('routes that stay inside');
    else
      sink.flow({
        name: route.name,
        place: route.place,
        schedules: schedules.get(route) ?? [],
        passes: own,
      });
  }
}

function isAnswered(uri: string): boolean {
  return /^(?:https?|sql|jdbc|mongodb|salesforce|servicenow|spring-ws)/i.test(uri);
}

function readXml({ file, xml }: PlatformFile): Route[] {
  const place = (node: XmlNode): FlowEnd['place'] => ({ file, line: node.line, column: 1 });
  const toEndpoint = (node: XmlNode): Endpoint[] => {
    const uri =
      node.attributes.get('uri') ?? node.child('constant')?.own ?? node.child('simple')?.own ?? '';
    return uri === '' ? [] : [{ uri, parameters: new Map(), place: place(node) }];
  };
  return xml()
    .all('route')
    .map((route, index): Route => {
      const below: XmlNode[] = [];
      const visit = (node: XmlNode, depth: number): void => {
        for (const child of node.children) {
          below.push(child);
          if (depth < 60 && child.name !== 'onException') visit(child, depth + 1);
        }
      };
      visit(route, 0);
      return {
        name: route.attributes.get('id') ?? route.attributes.get('routeId') ?? `route ${index + 1}`,
        place: place(route),
        isOff: route.attributes.get('autoStartup') === 'false',
        from: below.filter(({ name }) => name === 'from').flatMap(toEndpoint),
        to: below
          .filter(({ name }) => sending.has(name))
          .flatMap((node) =>
            toEndpoint(node).map((endpoint) => ({
              ...endpoint,
              answers: isAnswered(endpoint.uri),
            })),
          ),
      };
    });
}

const deepest = 60;

function readYaml({ file, trees }: PlatformFile): Route[] {
  return trees().flatMap((tree) => {
    const toEndpoint = (value: unknown, path: Path): Endpoint[] => {
      const fields = toMapping(value);
      const uri = toScalar(value) ?? toScalar(fields['uri']);
      if (uri === undefined || uri === '') return [];
      const parameters = new Map(
        Object.entries(toMapping(fields['parameters'])).flatMap(([key, each]) => {
          const text = toScalar(each);
          return text === undefined ? [] : [[key, text] as const];
        }),
      );
      return [
        {
          uri: uri.includes(':')
            ? uri
            : `${uri}:${parameters.get('name') ?? parameters.get('destinationName') ?? parameters.get('topic') ?? parameters.get('httpUri') ?? ''}`,
          parameters,
          place: { file, ...tree.placeOf(path) },
        },
      ];
    };
    const listSteps = (value: unknown, path: Path): (Endpoint & { answers: boolean })[] => {
      if (path.length > deepest) return [];
      if (Array.isArray(value))
        return value.flatMap((item, index) => listSteps(item, [...path, index]));
      if (!isMapping(value)) return [];
      return Object.entries(value).flatMap(([key, inner]) =>
        sending.has(key)
          ? toEndpoint(inner, [...path, key]).map((endpoint) => ({
              ...endpoint,
              answers: isAnswered(endpoint.uri),
            }))
          : typeof inner === 'object'
            ? listSteps(inner, [...path, key])
            : [],
      );
    };
    const items = Array.isArray(tree.value) ? toList(tree.value) : [tree.value];
    return items.flatMap((item, index): Route[] => {
      const at: Path = Array.isArray(tree.value) ? [index] : [];
      const outer = toMapping(item);
      const route = isMapping(outer['route']) ? outer['route'] : outer;
      const path: Path = route === outer ? at : [...at, 'route'];
      const from = route['from'];
      if (from === undefined) return [];
      const steps = toMapping(from)['steps'] ?? route['steps'];
      const stepsPath =
        toMapping(from)['steps'] === undefined ? [...path, 'steps'] : [...path, 'from', 'steps'];
      return [
        {
          name: toScalar(route['id']) ?? `route ${index + 1}`,
          place: { file, ...tree.placeOf(path) },
          isOff: toScalar(route['autoStartup']) === 'false',
          from: toEndpoint(from, [...path, 'from']),
          to: listSteps(steps, stepsPath),
        },
      ];
    });
  });
}
