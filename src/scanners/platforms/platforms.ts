import { z } from 'zod';
import type { CredentialEvidence, Evidence } from '../../evidence.ts';
import { isTimezone } from '../../schedule.ts';
import { listComments } from '../comments.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { listCredentials } from '../scripts/credentials.ts';
import { readYamlTrees, type Tree } from '../scripts/settings/documents.ts';
import { openXmlTree, type XmlTree } from '../xml-tree.ts';
import { fieldMapSchema, toFieldReader } from './field-map.ts';
import { findPlatformReader, listPlatformNames } from './find-reader.ts';
import type { PlatformFile, PlatformReader, PlatformRoute, PlatformSink } from './platform.ts';
import { readJson } from './read-json.ts';
import {
  type PlatformSource,
  toFlowEvidence,
  toGatewayHost,
  toPlatform,
  toRouteEvidence,
  toUseEvidence,
} from './to-evidence.ts';

const options = z.strictObject({
  /** What the platform is called in this landscape; its product's name without it. */
  intermediary: z.string().min(1).optional(),
  /** Where an export that no reader knows has what; found by content without it. */
  format: fieldMapSchema.optional(),
  /** The clock of a platform that names no zone. */
  timezone: z
    .string()
    .refine(isTimezone, 'no such time zone; use an IANA name such as Europe/Oslo')
    .optional(),
});

type PlatformOptions = z.output<typeof options>;

/** Texts of one source are read together up to here. */
const mostCharacters = 256 * 1024 * 1024;
const mostYamlCharacters = 4 * 1024 * 1024;

/** Reads what integration platforms, brokers and API gateways are set up to move. */
export const platformScanner: Scanner<typeof options> = {
  name: 'platform',
  options,
  async *scan(given, context) {
    context.coverage.unit = 'records';
    const found = new Map<PlatformReader, PlatformFile[]>();
    const own = given.format === undefined ? undefined : toFieldReader(given.format);
    let characters = 0;
    for (const file of context.paths) {
      context.progress(file);
      const text = (await context.files.text(file)).replaceAll('\u0000', '');
      if (text.trim() === '') continue;
      characters += text.length;
      const place = { file, line: 1, column: 1 };
      if (characters > mostCharacters) {
        context.coverage.skip(place, 'the files of the source before it fill 256 MB; name fewer');
        continue;
      }
      const reader = own ?? findPlatformReader(file, text);
      if (!reader) {
        context.coverage.skip(
          place,
          `it is no file of a known platform; known are ${listPlatformNames()}`,
        );
        continue;
      }
      context.coverage.detect(reader.name, 1);
      const refuse = (reason: string): void =>
        context.coverage.skip(place, reason.replace(/^.*?:\d+:\d+: /, ''));
      found.set(reader, [...(found.get(reader) ?? []), openFile(file, text, refuse)]);
    }
    for (const [reader, files] of found) yield* readPlatform(reader, files, given, context);
  },
};

function* readPlatform(
  reader: PlatformReader,
  files: readonly PlatformFile[],
  given: PlatformOptions,
  context: ScanContext,
): Iterable<Evidence> {
  const { coverage, environment } = context;
  const platform = given.intermediary ?? reader.product.id;
  const source: PlatformSource = {
    platform,
    kind: reader.product.kind,
    product: reader.name,
    environment,
  };
  const evidence: Evidence[] = [];
  const routes: PlatformRoute[] = [];
  const sink: PlatformSink = {
    flow: (flow) => {
      coverage.read();
      evidence.push(...toFlowEvidence(flow, source));
    },
    use: (use) => {
      coverage.read();
      evidence.push(toUseEvidence(use, source));
    },
    route: (route) => {
      coverage.read();
      routes.push(route);
      evidence.push(...toRouteEvidence(route, source));
    },
    read: (count) => coverage.read(count),
    leaveOut: (kind, count) => {
      coverage.read(count);
      coverage.leaveOut(kind, count);
    },
    skip: (place, reason) => coverage.skip(place, reason),
    flaw: (place, reason) => coverage.flaw(place, reason),
  };
  reader.read(files, sink, { platform, timezone: given.timezone ?? '' });
  const [first] = files;
  const hosts = routes.flatMap((route) => route.hosts.flatMap((host) => toGatewayHost(host) ?? []));
  if (first) yield toPlatform(source, hosts, { file: first.file, line: 1, column: 1 });
  yield* evidence;
  const shared: Pick<CredentialEvidence, 'scanner' | 'witness' | 'environment' | 'confidence'> = {
    scanner: 'platform',
    witness: 'coded',
    environment,
    confidence: 1,
  };
  for (const { file, text } of files) {
    yield* listCredentials(text, file, 'text', shared);
    yield* listComments(text, file, shared);
  }
}

function openFile(file: string, text: string, refuse: (reason: string) => void): PlatformFile {
  let trees: readonly Tree[] | undefined;
  let xml: XmlTree | undefined;
  return {
    file,
    text,
    trees: () => (trees ??= readTrees(text, file, refuse)),
    xml: () => (xml ??= openXmlTree(text)),
  };
}

function readTrees(text: string, file: string, refuse: (reason: string) => void): readonly Tree[] {
  if (/^\s*[{[]/.test(text)) {
    const tree = readJson(text);
    if (tree) return [tree];
  }
  return text.length > mostYamlCharacters ? [] : readYamlTrees(text, file, refuse);
}
