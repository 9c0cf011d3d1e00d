import { z } from 'zod';
import { familyOfProtocol, type Style, styles } from '../../../vocabulary.ts';
import type { ClientEntry, Operation } from './client.ts';

const flow = z.enum(['pull', 'push', 'both', 'unknown']);
const argument = z
  .union([z.number().int().min(0).max(20).transform(String), z.string().min(1)])
  .describe('the position of an argument, counted from 0, or its name');

/** A client library of the user's own, as `landscape.yaml` describes it. */
export const ownClient = z.strictObject({
  /** `module.function`, `package.Type`, `@Annotation`, `#method` on anything, or a program's name. */
  call: z.union([
    z
      .string()
      .min(1)
      .transform((name) => [name]),
    z.array(z.string().min(1)).min(1),
  ]),
  protocol: z.string().min(1),
  style: z.enum(styles).optional(),
  /** Where it always connects to: a host, a URL, the name of a system's host. */
  address: z.string().min(1).optional(),
  /** Or the argument that says it. */
  addressArgument: argument.optional(),
  /** The argument that names a topic, table or file. */
  resource: argument.optional(),
  /** What the call itself does with data; without it the call only opens the connection. */
  flow: flow.optional(),
  /** What its methods do, by name. */
  methods: z.record(z.string().min(1), flow).default({}),
});

export type OwnClient = z.output<typeof ownClient>;

const styleOf: Readonly<Record<ReturnType<typeof familyOfProtocol>, Style>> = {
  http: 'request-reply',
  database: 'database',
  file: 'file',
  messaging: 'event',
  mail: 'event',
  'remote-shell': 'batch',
  other: 'request-reply',
};

/** An entry of the client table for it. */
export function toClientEntry(given: OwnClient): ClientEntry {
  const resource = given.resource === undefined ? {} : { resource: [given.resource] };
  const toOperation = (way: z.output<typeof flow>): Operation => ({ flow: way, ...resource });
  const isOpened = given.flow === undefined && Object.keys(given.methods).length > 0;
  return {
    calls: given.call,
    protocol: given.protocol.toLowerCase(),
    style: given.style ?? styleOf[familyOfProtocol(given.protocol)],
    flow: isOpened ? 'none' : (given.flow ?? 'unknown'),
    ...(given.address === undefined ? {} : { addressDefault: given.address }),
    ...(given.addressArgument === undefined ? {} : { address: [given.addressArgument] }),
    ...resource,
    operations: Object.fromEntries(
      Object.entries(given.methods).map(([name, way]) => [name, toOperation(way)]),
    ),
  };
}
