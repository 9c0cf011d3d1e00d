import { toInterval } from '../schedulers/interval-schedule.ts';
import {
  isMapping,
  type Mapping,
  type Path,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import { readAwsTarget } from './aws-target.ts';
import { toCronSchedule } from './cron-schedule.ts';
import { type FlowNode, pairNodes } from './pair-nodes.ts';
import type { FlowEnd, PlatformReader } from './platform.ts';

/** Rules of EventBridge with their targets, as the AWS CLI describes them or a template defines them. */
export const eventBridgeReader: PlatformReader = {
  name: 'AWS EventBridge rules (JSON)',
  product: { id: 'eventbridge', kind: 'broker' },
  matches: (_file, text) =>
    /"(?:EventPattern|ScheduleExpression)"\s*:/.test(text) && /"Targets"\s*:/.test(text),
  read(files, sink, { timezone }) {
    for (const { file, trees } of files)
      for (const tree of trees()) {
        const rules = listRules(tree.value, []);
        if (rules.length === 0)
          sink.skip({ file, line: 1, column: 1 }, 'it holds no rule with targets that can be read');
        for (const { value, path, key } of rules) {
          const place = { file, ...tree.placeOf(path) };
          if (toScalar(value['State']) === 'DISABLED') {
            sink.leaveOut('switched off');
            continue;
          }
          const pattern = toPattern(value['EventPattern']);
          const objects = toTexts(pattern['detail-type']);
          const sources = toTexts(pattern['source']).map(
            (source): FlowEnd => ({
              reference: {
                kind: 'system',
                value: source,
                names: [source.split('.').at(-1) ?? source],
              },
              place,
              protocol: 'event',
              style: 'event',
              objects,
              opens: true,
            }),
          );
          const targets = toList(value['Targets']).flatMap((target): FlowEnd[] => {
            const arn = toScalar(toMapping(target)['Arn']);
            return arn === undefined ? [] : [{ ...readAwsTarget(arn), place, objects }];
          });
          const written = toScalar(value['ScheduleExpression']) ?? '';
          sink.flow({
            name: toScalar(value['Name']) ?? key,
            place,
            schedules: [readRate(written, timezone) ?? []].flat(),
            passes: targets.flatMap((to) =>
              sources.length > 0 ? sources.map((from) => ({ from, to })) : [{ to }],
            ),
          });
        }
      }
  },
};

function readRate(written: string, timezone: string): ReturnType<typeof toCronSchedule> {
  const cron = /^cron\((.{1,200})\)$/.exec(written)?.[1];
  // Its clock is UTC, and its six fields begin with minutes and end with the year.
  if (cron !== undefined) return toCronSchedule(`0 ${cron}`, timezone === '' ? 'UTC' : timezone);
  const [, count = '', unit = ''] = /^rate\((\d{1,6}) (minute|hour|day)s?\)$/.exec(written) ?? [];
  const size = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit];
  return size === undefined ? undefined : toInterval(Number(count) * size, timezone);
}

function toPattern(value: unknown): Mapping {
  if (typeof value !== 'string') return toMapping(value);
  try {
    return toMapping(JSON.parse(value.slice(0, 100_000)) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function toTexts(value: unknown): string[] {
  return toList(value)
    .flatMap((item) => toScalar(item) ?? toScalar(toMapping(item)['prefix']) ?? [])
    .slice(0, 50);
}

function listRules(value: unknown, path: Path): { value: Mapping; path: Path; key: string }[] {
  if (path.length > 6) return [];
  if (Array.isArray(value))
    return value.slice(0, 10_000).flatMap((item, index) => listRules(item, [...path, index]));
  if (!isMapping(value)) return [];
  if (Array.isArray(value['Targets']))
    return [
      { value, path, key: String(path.at(path.at(-1) === 'Properties' ? -2 : -1) ?? 'rule') },
    ];
  return Object.entries(value)
    .slice(0, 10_000)
    .flatMap(([key, inner]) => listRules(inner, [...path, key]));
}

/** State machines of Step Functions in the Amazon States Language: what each step hands to the next. */
export const stepFunctionsReader: PlatformReader = {
  name: 'AWS Step Functions (Amazon States Language)',
  product: { id: 'step-functions', kind: 'integration-platform' },
  matches: (_file, text) => /"?StartAt"?\s*:/.test(text) && /"?States"?\s*:/.test(text),
  read(files, sink) {
    for (const { file, trees } of files)
      for (const tree of trees()) {
        const nodes: FlowNode[] = [];
        const next = new Map<string, string[]>();
        const visit = (machine: Mapping, path: Path): void => {
          if (path.length > 40) return;
          for (const [name, item] of Object.entries(toMapping(machine['States']))) {
            const state = toMapping(item);
            const end = toEnd(state, { file, ...tree.placeOf([...path, 'States', name]) });
            nodes.push({ id: name, ...(end ? { source: end, target: end } : {}) });
            const branches = [
              ...toList(state['Branches']),
              state['Iterator'],
              state['ItemProcessor'],
            ].filter(isMapping);
            const choices = toList(state['Choices']).map((choice) =>
              toScalar(toMapping(choice)['Next']),
            );
            const behind = [
              toScalar(state['Next']),
              toScalar(state['Default']),
              ...choices,
              ...branches.map((branch) => toScalar(branch['StartAt'])),
            ];
            next.set(
              name,
              behind.flatMap((each) => each ?? []),
            );
            for (const [index, branch] of branches.entries())
              visit(branch, [
                ...path,
                'States',
                name,
                ...(Array.isArray(state['Branches'])
                  ? ['Branches', index]
                  : [state['Iterator'] === branch ? 'Iterator' : 'ItemProcessor']),
              ]);
          }
        };
        visit(toMapping(tree.value), []);
        const name =
          file
            .split('/')
            .at(-1)
            ?.replace(/(?:\.asl)?\.(?:json|ya?ml)$/, '') ?? file;
        const place = { file, line: 1, column: 1 };
        const passes = pairNodes(nodes, next);
        if (passes.length > 0) sink.flow({ name, place, passes });
        else sink.leaveOut('state machines that call nothing outside');
      }
  },
};

function toEnd(state: Mapping, place: FlowEnd['place']): FlowEnd | undefined {
  if (state['Type'] !== 'Task') return undefined;
  const resource = toScalar(state['Resource']) ?? '';
  const parameters = toMapping(state['Parameters'] ?? state['Arguments']);
  const named = [
    'FunctionName',
    'QueueUrl',
    'TopicArn',
    'TableName',
    'Bucket',
    'StateMachineArn',
    'ApiEndpoint',
  ]
    .map((key) => toScalar(parameters[key]) ?? toScalar(parameters[`${key}.$`]))
    .find((value) => value !== undefined);
  const queue = /sqs\.[^/]*\/\d+\/([\w.-]{1,100})/.exec(named ?? '')?.[1];
  if (queue !== undefined) return { ...readAwsTarget(`arn:aws:sqs:::${queue}`), place };
  if (toScalar(parameters['TableName']) !== undefined)
    return { ...readAwsTarget(`arn:aws:dynamodb:::table/${named}`), place };
  if (named !== undefined && !named.startsWith('$')) return { ...readAwsTarget(named), place };
  if (resource.startsWith('arn:aws:states:::')) return undefined;
  return resource === '' ? undefined : { ...readAwsTarget(resource), place };
}
