import { posix } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { AddressEvidence, Evidence } from '../../evidence.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { openBoxes } from './boxes.ts';
import { joinOffers, type PlacedOffer } from './join-offers.ts';
import type { Included, Model } from './model.ts';
import { findModelReader, listModelFormats } from './readers.ts';
import { toModelEvidence } from './to-evidence.ts';

const options = z.strictObject({
  /** Whether what it draws is approved by being drawn. */
  registry: z.boolean().default(false),
  /** What arrows mean whose format does not say: the way the data goes, or who calls whom. */
  direction: z.enum(['data', 'call']).optional(),
});

const mostIncluded = 200;
/** A model that somebody keeps by hand is smaller. */
const mostCharacters = 20_000_000;

/** Reads architecture models, diagrams and contracts: what they draw is declared, and not approved. */
export const modelsScanner: Scanner<typeof options> = {
  name: 'model',
  options,
  async *scan({ registry, direction }, context) {
    const { coverage, environment } = context;
    coverage.unit = 'elements and relations';
    const given = { registry, direction, environment };
    const unknown: string[] = [];
    const offers: PlacedOffer[] = [];
    for (const file of context.paths) {
      context.progress(file);
      const model = await readModel(file, context);
      if (model === undefined) {
        unknown.push(file);
        continue;
      }
      for (const { line, reason } of model.skipped ?? [])
        coverage.skip({ file, line, column: 1 }, reason);
      for (const [what, count] of Object.entries(model.leftOut ?? {}))
        coverage.leaveOut(what, count);
      yield* toModelEvidence(model, file, given, coverage);
      yield* toHosts(model, file, context);
      const boxes = openBoxes(model);
      for (const offer of model.offers ?? []) {
        const box = boxes.of.get(offer.element);
        if (box) offers.push({ offer, box, file });
      }
    }
    yield* joinOffers(offers, given, coverage);
    tellUnknown(unknown, context);
  },
};

async function readModel(file: string, context: ScanContext): Promise<Model | undefined> {
  const { coverage, files } = context;
  const text = (await files.text(file)).replaceAll('\u0000', '').replace(/^\uFEFF/, '');
  if (text.length > mostCharacters) {
    const reason = `it has more than ${mostCharacters} characters, and no model that is read has; split it`;
    coverage.skip({ file, line: 1, column: 1 }, reason);
    return { elements: [], relations: [] };
  }
  const reader = findModelReader(file, text);
  if (!reader) return undefined;
  coverage.detect(reader.name, 1);
  try {
    return await reader.read(text, file, openIncludes(file, context));
  } catch (error) {
    // One bad file among many is told, and the others are read.
    if (!(error instanceof InputError)) throw error;
    coverage.skip({ file, line: lineOf(error.message), column: 1 }, error.message);
    return { elements: [], relations: [] };
  }
}

/** Files of the landscape's own folder, a limited number of them. */
function openIncludes(file: string, context: ScanContext): (path: string) => Promise<Included> {
  let count = 0;
  return async (path) => {
    if (/^[a-z]+:\/\//i.test(path)) return { reason: 'nothing is fetched from the network' };
    if (++count > mostIncluded) return { reason: `more than ${mostIncluded} files are included` };
    const target = posix.join(posix.dirname(file), path);
    if (target.startsWith('..') || target.startsWith('/'))
      return { reason: 'it is outside of the folder of the landscape' };
    try {
      const text = await context.files.text(target);
      context.alsoRead(target);
      return { text: text.replaceAll('\u0000', '') };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { reason: 'there is no such file' };
    }
  };
}

/** A host of a contract stands for the system that the contract is called after, if there is one. */
function* toHosts(model: Model, file: string, context: ScanContext): Generator<Evidence> {
  for (const { host, name, line, column } of model.hosts ?? []) {
    const address: AddressEvidence = {
      kind: 'address',
      scanner: 'model',
      witness: 'declared',
      environment: context.environment,
      confidence: 0.8,
      origin: { file, line, column },
      name: host,
      target: { kind: 'system', value: name },
    };
    yield address;
  }
}

/** Beside models, a folder may hold anything; a source without any model is a mistake. */
function tellUnknown(unknown: readonly string[], { coverage, paths }: ScanContext): void {
  const isAll = unknown.length === paths.length;
  for (const file of unknown) {
    const extension = posix.extname(file).toLowerCase();
    if (isAll || ownExtensions.has(extension))
      coverage.skip(
        { file, line: 1, column: 1 },
        `it holds no model that is known; known are ${listModelFormats()}`,
      );
    else coverage.leaveUnread(extension || posix.basename(file));
  }
}

/** Files that are named so are meant to be models. */
const ownExtensions = new Set([
  '.dsl',
  '.c4',
  '.likec4',
  '.archimate',
  '.mmd',
  '.mermaid',
  '.puml',
  '.plantuml',
]);

function lineOf(message: string): number {
  return Number(/:(\d+):\d+:/.exec(message)?.[1] ?? 1);
}
