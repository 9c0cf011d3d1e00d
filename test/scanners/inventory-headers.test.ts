import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  endWords,
  headerWords,
  linkWords,
  stateWords,
} from '../../src/scanners/inventory/header-words.ts';
import { matchHeaders } from '../../src/scanners/inventory/match-headers.ts';
import { foldHeader } from '../../src/scanners/inventory/name-columns.ts';
import fc from '../fast-check.ts';
import { scan } from './scan.ts';

const match = (headers: string): Record<string, string> =>
  Object.fromEntries(matchHeaders(headers.split(';'), {}));

describe('headers', () => {
  test.each([
    [
      'Quellsystem;Zielsystem;Schnittstelle;Protokoll;Verantwortlicher;Häufigkeit',
      'from to id protocol owner schedule',
    ],
    [
      'Système source;Système cible;Flux;Protocole;Propriétaire;Fréquence',
      'from to id protocol owner schedule',
    ],
    [
      'Sistema origen;Sistema destino;Interfaz;Protocolo;Propietario;Frecuencia',
      'from to id protocol owner schedule',
    ],
    [
      'Kaynak Sistem;Hedef Sistem;Arayüz;Protokol;Sahibi;Sıklık',
      'from to id protocol owner schedule',
    ],
    [
      'Kildesystem;Målsystem;Grensesnitt;Protokoll;Eier;Frekvens',
      'from to id protocol owner schedule',
    ],
    [
      'KAYNAK SİSTEM;HEDEF SİSTEM;ARAYÜZ;PROTOKOL;SAHİBİ;SIKLIK',
      'from to id protocol owner schedule',
    ],
    ['Von;Nach;Daten', 'from to objects'],
    ['De;À;Données', 'from to objects'],
    ['De;A;Datos', 'from to objects'],
    ['Fra;Til;Informasjon', 'from to objects'],
    ['Kimden;Kime;Veri', 'from to objects'],
    ['EMPFAENGER;Sender;Geschaeftsobjekt', 'to from objects'],
    ['Source System (ID)*;Target System [name]', 'from to'],
    ['Kilde / Source;Mål / Target', 'from to'],
    [
      'Anwendung;Kürzel;Fachbereich;Kritikalität;Lebenszyklus',
      'name id domain criticality lifecycle',
    ],
    ['Uygulama Adı;Sorumlu Ekip;Sunucu;Kritiklik', 'name team hosts criticality'],
    ['Fagsystem;Systemeier;Tjener;Avdeling', 'name owner hosts domain'],
    ['Nom;Équipe;Serveurs;Sigle', 'name team hosts aliases'],
    ['Nombre;Equipo;Servidor;Ubicación', 'name team hosts site'],
  ])('%s', (headers, columns) => {
    expect(Object.values(match(headers)).sort()).toEqual(columns.split(' ').sort());
    expect(Object.keys(match(headers))).toHaveLength(headers.split(';').length);
  });

  test('a word with two meanings is decided by its neighbours', () => {
    // A vendor, or the end of a link.
    expect(match('Name;Provider')).toEqual({ Name: 'name' });
    expect(match('Provider;Consumer')).toEqual({ Provider: 'from', Consumer: 'to' });
    // The table that a record came from, or where the data comes from.
    expect(match('Name;Source system;Owner')).toEqual({ Name: 'name', Owner: 'owner' });
    // Systems listed beside their targets.
    expect(match('System;Zielsystem')).toEqual({ System: 'from', Zielsystem: 'to' });
    // In life, or approved.
    expect(match('Name;Status')).toEqual({ Name: 'name', Status: 'lifecycle' });
    expect(match('from;to;Status')).toMatchObject({ Status: 'status' });
    expect(match('Name;Durum')).toEqual({ Name: 'name', Durum: 'lifecycle' });
    // The clearer of two.
    expect(match('Source;Source system;Target system')).toEqual({
      'Source system': 'from',
      'Target system': 'to',
    });
  });

  test('no word stands for two columns, and none hides behind a name of the project', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    const all = [
      ...Object.entries(headerWords),
      ['a from', endWords.from],
      ['a to', endWords.to],
      ['a link', linkWords],
      ['a state', stateWords],
    ] as const;
    for (const [column, words] of all)
      for (const word of words) {
        const known = seen.get(foldHeader(word as string));
        if (known !== undefined && known !== column) twice.push(`${word}: ${known}, ${column}`);
        seen.set(foldHeader(word as string), column as string);
        const [own] = matchHeaders([word as string, 'from', 'to', 'name'], {}).values();
        if (column in headerWords && own === undefined) twice.push(`${word}: not understood`);
      }
    expect(twice).toEqual([]);
  });

  test('what was read as what, and what was not, stands in the coverage', async () => {
    const text = 'Quellsystem;Zielsystem;protocol;Bemerkung;Standort\nerp;wms;https;x;y\n';
    const { coverage } = await scan('inventory', { 'l.csv': text });
    expect(coverage.headers).toEqual({ Quellsystem: 'from', Zielsystem: 'to' });
    // A site is understood, but says nothing of a link.
    expect(coverage.unread).toEqual({ 'column Bemerkung': 1, 'column Standort': 1 });
  });

  test('any header is survived, and one of 10,000 characters is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 1, maxLength: 8 }), async (headers) => {
        matchHeaders(headers, {});
      }),
    );
    const { coverage } = await scan('inventory', { 'a.csv': `id,${'x'.repeat(10_000)}\nerp,1\n` });
    expect(Object.keys(coverage.unread)[0]?.length).toBeLessThan(100);
  });
});

const columnsOf = [
  'from',
  'to',
  'protocol',
  'objects',
  'owner',
  'schedule',
  'criticality',
] as const;
type Cell = (typeof columnsOf)[number];
const languages: Readonly<Record<string, Readonly<Record<Cell, string>>>> = {
  en: {
    from: 'Source System',
    to: 'Target System',
    protocol: 'Technology',
    objects: 'Data Objects',
    owner: 'Responsible',
    schedule: 'Frequency',
    criticality: 'Priority',
  },
  de: {
    from: 'Quellsystem',
    to: 'Empfänger',
    protocol: 'Übertragungsart',
    objects: 'Geschäftsobjekt',
    owner: 'Eigentümer',
    schedule: 'Häufigkeit',
    criticality: 'Kritikalität',
  },
  fr: {
    from: 'Émetteur',
    to: 'Système cible',
    protocol: 'Protocole',
    objects: 'Données échangées',
    owner: 'Propriétaire',
    schedule: 'Périodicité',
    criticality: 'Criticité',
  },
  es: {
    from: 'Sistema origen',
    to: 'Destino',
    protocol: 'Tecnología',
    objects: 'Objeto de negocio',
    owner: 'Dueño',
    schedule: 'Frecuencia',
    criticality: 'Criticidad',
  },
  tr: {
    from: 'Gönderen',
    to: 'Alıcı',
    protocol: 'Bağlantı türü',
    objects: 'İş nesnesi',
    owner: 'Sistem sahibi',
    schedule: 'Çalışma sıklığı',
    criticality: 'Önem derecesi',
  },
  no: {
    from: 'Avsender',
    to: 'Mål',
    protocol: 'Overføringsmåte',
    objects: 'Forretningsobjekt',
    owner: 'Systemeier',
    schedule: 'Kjøreplan',
    criticality: 'Viktighet',
  },
};

type Encode = (text: string) => Uint8Array;
const utf16 = (text: string, isBig: boolean): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};
const encodings: Readonly<Record<string, Encode>> = {
  'UTF-8': (text) => utf8(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf8'),
  'UTF-16LE with a mark': (text) => utf16(`\uFEFF${text}`, false),
  'UTF-16BE with a mark': (text) => utf16(`\uFEFF${text}`, true),
  'UTF-16LE': (text) => utf16(text, false),
  'UTF-16BE': (text) => utf16(text, true),
};
const utf8: Encode = (text) => Buffer.from(text, 'utf8');
const latin1: Encode = (text) => Buffer.from(text, 'latin1');

describe('dialects', () => {
  const name = fc.stringMatching(/^[A-Z][a-zøéü]{1,8}( [A-Z][a-z]{1,5})?$/);
  const row = fc.record({
    from: name,
    to: name,
    protocol: fc.constantFrom('https', 'sftp', 'kafka'),
    objects: fc.constantFrom('orders', 'orders, stock', 'a "b", c'),
    owner: fc.constantFrom('Ada', 'Bjørn Ås', 'Line\nBreak'),
    schedule: fc.constantFrom('0 1 * * *', 'daily'),
    criticality: fc.constantFrom('operational', 'administrative'),
  });
  const dialect = fc.record({
    language: fc.constantFrom(...Object.keys(languages)),
    encoding: fc.constantFrom(...Object.keys(encodings), 'Latin-1'),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    order: fc.shuffledSubarray([...columnsOf], { minLength: columnsOf.length }),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    preamble: fc.constantFrom(
      [],
      ['Register of interfaces, version 3; draft'],
      ['# kept by hand', ''],
    ),
    always: fc.boolean(),
    told: fc.boolean(),
  });

  test('an inventory reads alike in each language, encoding, delimiter and order of columns', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        dialect,
        async (rows, form) => {
          const plain = await scan('inventory', { 'l.json': JSON.stringify(rows) });
          // The Turkish letters have no place in Latin-1.
          const isLatin = form.encoding === 'Latin-1' && form.language !== 'tr';
          const encode = isLatin ? latin1 : (encodings[form.encoding] ?? utf8);
          const quote = (text: string): string =>
            form.always || /[",;\t|\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
          const headers = form.order.map((column) => languages[form.language]?.[column] ?? '');
          const lines = [
            ...(form.told ? [`sep=${form.delimiter}`] : form.preamble),
            headers.map(quote).join(form.delimiter),
            ...rows.map((cells) =>
              form.order.map((column) => quote(cells[column])).join(form.delimiter),
            ),
          ];
          const text = `${lines.join(form.lineEnd)}${form.lineEnd}`;
          const read = await scan('inventory', { 'l.csv': encode(text) });
          const told = (found: typeof read): object[] =>
            found.of('connection').map(({ origin, ...rest }) => rest);
          expect(told(read)).toEqual(told(plain));
          expect(Object.values(read.coverage.headers ?? {}).sort()).toEqual([...columnsOf].sort());
          expect(read.coverage).toMatchObject({ skipped: 0, flaws: [], unread: {} });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a title with the other delimiter above the header does not decide', async () => {
    const text =
      'Interfaces, as of May, all plants, draft, 3, 4\nvon;nach;daten\nerp;wms;a\nerp;crm;b\n';
    const { of } = await scan('inventory', { 'l.csv': text });
    expect(of('connection')).toHaveLength(2);
  });

  test('single quotes around every cell', async () => {
    const text = "'from';'to';'objects'\n'erp';'wms';'a;b'\n";
    const { of } = await scan('inventory', { 'l.csv': text });
    expect(of('connection')[0]).toMatchObject({ objects: ['a', 'b'], to: { value: 'wms' } });
  });

  test('several systems in a cell are a link for each pair', async () => {
    const text = 'id,from,to\ni1,erp,wms; crm\ni2,"erp\nmes",tms\n';
    const { of, coverage } = await scan('inventory', { 'l.csv': text });
    expect(
      of('connection').map(({ from, to }) =>
        'value' in from && 'value' in to ? `${from.value}>${to.value}` : '',
      ),
    ).toEqual(['erp>wms', 'erp>crm', 'erp>tms', 'mes>tms']);
    expect(coverage.records).toBe(2);
    const many = Array.from({ length: 60 }, (_, index) => `s${index}`).join(';');
    const bomb = await scan('inventory', { 'l.csv': `from,to\n"${many}","${many}"\n` });
    expect(bomb.coverage.skippedPlaces[0]?.reason).toContain('more than 100 pairs');
  });

  test('values in other languages', async () => {
    const text =
      'Quelle;Ziel;Kritikalität;Freigabe;Überwachung\na;b;hoch;genehmigt;ja\nc;d;niedrig;abgelehnt;nein\n';
    const { of, coverage } = await scan('inventory', { 'l.csv': text });
    expect(of('connection').map(({ declared }) => declared)).toMatchObject([
      { criticality: 'business-critical', approved: true, safeguards: ['monitoring'] },
      { criticality: 'administrative', approved: false, safeguards: [] },
    ]);
    expect(coverage.flaws).toEqual([]);
  });
});

test('a public inventory: records over several lines are counted as records', async () => {
  const text = await readFile(
    new URL('../fixtures/inventory/dc/dataset_inventory_part.csv', import.meta.url),
    'utf8',
  );
  const { of, coverage } = await scan(
    'inventory',
    { 'd.csv': text },
    { columns: { RECORD_ID: 'id', DATASET_NAME: 'name', AGENCY_NAME: 'domain' } },
  );
  // Counted with another reader: 60 records in 208 lines below the header.
  expect(coverage).toMatchObject({ records: 60, parsed: 60, skipped: 0, flaws: [] });
  const lines = of('system').map(({ origin }) => origin.line);
  expect(lines.slice(0, 9)).toEqual([2, 4, 8, 9, 10, 11, 12, 16, 20]);
  expect(lines.slice(-4)).toEqual([194, 198, 202, 206]);
});
