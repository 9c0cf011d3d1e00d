import type { Audit } from '../../../src/audit.ts';
import type { Link, System } from '../../../src/landscape.ts';
import { systemKinds } from '../../../src/vocabulary.ts';
import { auditFiles, drawInventory } from '../../audit-files.ts';
import fc from '../../fast-check.ts';

/** Texts that break what is written carelessly: markup, quotes, formulas, syntax, odd characters. */
const nasty = [
  '<script>alert(1)</script>',
  `"><img src=x onerror=alert('1')>`,
  ']]><!--',
  '&amp;&#0;&nbsp;',
  '=HYPERLINK("http://evil.example")',
  '@SUM(1)',
  '-1+2',
  'a"b\'c`d',
  'end',
  '%%{init: {}}%%',
  'line\nbreak\r\nand\ttab',
  '\u202eRTL\u200b\u2066zero',
  'nul\u0000bell\u0007esc\u001b',
  'half \ud800 character',
  '🐟👩‍👩‍👧‍👦',
  '\uffff\ufffe',
  'back\\slash\\',
  '${HOME}',
  '{ } -> = // # /* */ """',
  '__proto__',
  'constructor',
  '---\n- a: [b',
  '# comment',
  'workspace',
  'model',
  '?',
  '1e3',
  'true',
  'x'.repeat(10_000),
  ';|,',
  'Ünïcödé',
];

const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', minLength: 1 }));

/** Landscapes with nasty texts in every field, built on a small one that was really audited. */
export async function hostileAudits(): Promise<fc.Arbitrary<Audit>> {
  const base = await auditFiles(drawInventory('a -> b'));
  return fc
    .record({
      name: text,
      ids: fc.uniqueArray(text, { minLength: 1, maxLength: 8 }),
      texts: fc.array(text, { minLength: 12, maxLength: 12 }),
      ends: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }),
      kinds: fc.array(fc.constantFrom(...systemKinds), { minLength: 8, maxLength: 8 }),
    })
    .map(({ name, ids, texts, ends, kinds }) => {
      const at = (index: number): string => texts[index % texts.length] as string;
      const systems: System[] = ids.map((id, index) => ({
        ...(base.systems[0] as System),
        id,
        name: at(index),
        kind: kinds[index] ?? 'application',
        type: at(index + 1),
        domain: at(index % 2),
        site: at(index + 2),
        partOf: ids[0] as string,
        owner: { team: at(index % 3), people: 0 },
        lifecycle: at(index + 3),
        hosts: [at(index + 4)],
        aliases: [at(index + 5), at(index + 6)],
        tags: [at(index + 7)],
      }));
      const links: Link[] = ends.map(([from, to], index) => ({
        ...(base.links[0] as Link),
        key: `${index}${at(index)}`,
        from: ids[from % ids.length] as string,
        to: ids[to % ids.length] as string,
        protocol: at(index + 1),
        family: (['http', 'messaging', 'file', 'other'] as const)[index % 4] as Link['family'],
        objects: [at(index + 2), at(index + 3)],
        via: [ids[0] as string],
        owner: { team: at(index + 4), people: 0 },
        contract: at(index + 5),
        tags: [at(index + 6)],
        registrations: [at(index + 7)],
      }));
      return { ...base, name, systems, links, registrations: [] };
    });
}

/** The whole text of what a renderer writes. */
export function joinText(pieces: string | Iterable<string>): string {
  return typeof pieces === 'string' ? pieces : [...pieces].join('');
}

/** What is left of a text in XML, which cannot hold every character. */
export function asXmlHolds(value: string): string {
  return [...value]
    .map((character) => {
      const code = character.codePointAt(0) as number;
      const isHeld =
        [0x9, 0xa, 0xd].includes(code) ||
        (code >= 0x20 && code <= 0xd7ff) ||
        (code >= 0xe000 && code <= 0xfffd) ||
        code >= 0x10000;
      return isHeld ? character : '\ufffd';
    })
    .join('');
}
