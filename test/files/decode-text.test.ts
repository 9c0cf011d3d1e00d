import { expect, test } from 'vitest';
import { decodeText } from '../../src/files/decode-text.ts';
import fc from '../fast-check.ts';

/** Encodes a text in a code page of one byte a sign, by asking the platform what each byte means. */
function encode(text: string, codePage: string): Uint8Array {
  const decoder = new TextDecoder(codePage);
  const bytes = new Map(
    Array.from(
      { length: 256 },
      (_, byte) => [decoder.decode(Uint8Array.of(byte), { stream: true }), byte] as const,
    ),
  );
  return Uint8Array.from([...text].map((sign) => bytes.get(sign) ?? 0x3f));
}

const turkish = 'Sipariş;Müşteri İlişkileri;Bağlantı;Yoğunluk;Çağrı;Işık;ağırlık;değişim;şube';

test.each([
  ['windows-1254', turkish],
  ['windows-1254', 'kaynak,hedef,sıklık\nERP,Depo,günlük\n'],
  [
    'windows-1252',
    'Þetta er kerfi fyrir vörur, það sendir pantanir á hverjum degi; birgðir, sölukerfi, ný',
  ],
  ['windows-1252', 'Bestellung;Größe;Übertragung;täglich;façade;où;niño'],
  ['windows-1252', 'Lager Ålesund;Bestilling fra Føroyar: Tórshavn, Eiði, Norðoyar'],
  ['windows-1252', '„quotes“ – 5 € …'],
  ['utf-8', `${turkish} Þór`],
])('%s: %s', (codePage, text) => {
  const bytes = codePage === 'utf-8' ? new TextEncoder().encode(text) : encode(text, codePage);
  expect(decodeText(bytes)).toBe(text);
});

test('words of Turkish are read whichever they are', () => {
  const word = fc.constantFrom(...turkish.split(/[; ]/), 'ERP', 'CRM', 'SAP', 'depo');
  const first = fc.constantFrom('Bağlantı', 'Sipariş', 'Işık', 'değişim');
  fc.assert(
    fc.property(first, fc.array(word, { maxLength: 30 }), (known, words) => {
      const text = [...words, known].join(';');
      expect(decodeText(encode(text, 'windows-1254'))).toBe(text);
    }),
  );
});
