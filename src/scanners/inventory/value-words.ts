import type { Column } from './columns.ts';
import { foldHeader } from './name-columns.ts';

type Words = Readonly<Record<string, readonly string[]>>;

/** What people write in place of our values: English, then the other languages of the headers. */
const words: Partial<Readonly<Record<Column, Words>>> = {
  kind: {
    application: [
      'app',
      'it system',
      'anwendung',
      'applikation',
      'aplicación',
      'uygulama',
      'applikasjon',
    ],
    'external-service': [
      'saas',
      'external',
      'partner',
      'extern',
      'externe',
      'externo',
      'harici',
      'ekstern',
    ],
    database: ['db', 'datenbank', 'base de données', 'base de datos', 'veritabanı'],
    host: ['server', 'serveur', 'servidor', 'sunucu', 'tjener'],
    'data-platform': ['data warehouse', 'dwh', 'data lake', 'datenplattform', 'dataplattform'],
    broker: ['message broker', 'message queue', 'nachrichtenbroker'],
    'integration-platform': [
      'esb',
      'ipaas',
      'integration platform',
      'integrationsplattform',
      'integrasjonsplattform',
    ],
    'api-gateway': ['api management', 'api portal'],
    'file-store': ['file server', 'file share', 'dateiserver'],
    device: ['sensor', 'gerät', 'plc', 'appareil', 'dispositivo', 'cihaz', 'enhet'],
  },
  criticality: {
    'mission-critical': [
      ...['critical', 'very high', 'most critical', '1 - most critical', 'kritisch', 'sehr hoch'],
      ...['critique', 'très élevée', 'crítica', 'crítico', 'muy alta', 'kritik', 'çok yüksek'],
      ...['kritisk', 'svært høy', 'unternehmenskritisch'],
    ],
    'business-critical': [
      ...['high', 'somewhat critical', '2 - somewhat critical', 'hoch', 'élevée', 'haute', 'alta'],
      ...['yüksek', 'høy', 'geschäftskritisch', 'virksomhetskritisk', 'business operational'],
    ],
    operational: [
      ...[
        'medium',
        'moderate',
        'normal',
        'less critical',
        '3 - less critical',
        'mittel',
        'moyenne',
      ],
      ...['media', 'orta', 'middels'],
    ],
    administrative: [
      ...['low', 'very low', 'not critical', '4 - not critical', 'niedrig', 'gering', 'faible'],
      ...['basse', 'baja', 'düşük', 'lav', 'administrative service'],
    ],
  },
  initiator: {
    both: [
      ...['bidirectional', 'bi-directional', 'two-way', 'bidirektional', 'beidseitig', 'in beide'],
      ...['bidirectionnel', 'bidireccional', 'çift yönlü', 'toveis', 'begge'],
    ],
    from: ['source', 'sender', 'provider', 'quelle', 'kaynak', 'kilde', 'origen', 'émetteur'],
    to: ['target', 'receiver', 'consumer', 'ziel', 'hedef', 'mål', 'destino', 'cible'],
  },
  status: {
    approved: [
      ...[
        'active',
        'live',
        'in use',
        'productive',
        'production',
        'implemented',
        'registered',
        'ok',
      ],
      ...['genehmigt', 'freigegeben', 'aktiv', 'produktiv', 'in betrieb', 'approuvé', 'actif'],
      ...['en production', 'aprobado', 'activo', 'en producción', 'onaylı', 'onaylandı', 'aktif'],
      ...['godkjent', 'i drift', 'i produksjon'],
    ],
    proposed: [
      ...['planned', 'requested', 'pending', 'in review', 'geplant', 'beantragt', 'vorgeschlagen'],
      ...['proposé', 'prévu', 'propuesto', 'planificado', 'önerilen', 'planlanan', 'foreslått'],
      ...['planlagt'],
    ],
    rejected: ['declined', 'abgelehnt', 'rejeté', 'refusé', 'rechazado', 'reddedildi', 'avvist'],
    retired: [
      ...['inactive', 'decommissioned', 'end of life', 'removed', 'deprecated', 'abgeschaltet'],
      ...['inaktiv', 'stillgelegt', 'retiré', 'arrêté', 'retirado', 'inactivo', 'emekli'],
      ...['kapatıldı', 'pasif', 'utfaset', 'avviklet'],
    ],
    draft: ['entwurf', 'in arbeit', 'brouillon', 'borrador', 'taslak', 'utkast'],
  },
  style: {
    batch: [
      'nightly',
      'stapel',
      'stapelverarbeitung',
      'lot',
      'par lots',
      'lote',
      'por lotes',
      'toplu',
    ],
    'request-reply': [
      ...['synchronous', 'sync', 'request-response', 'synchron', 'synchrone', 'síncrono'],
      ...['eşzamanlı', 'api'],
    ],
    event: [
      'events',
      'ereignis',
      'événement',
      'evento',
      'olay',
      'hendelse',
      'event-driven',
      'messaging',
    ],
    stream: ['streaming', 'strom', 'flux continu', 'akış', 'strøm'],
    file: [
      'file transfer',
      'datei',
      'dateitransfer',
      'fichier',
      'fichero',
      'archivo',
      'dosya',
      'fil',
    ],
  },
};

const values = new Map(
  (Object.keys(words) as Column[]).map((column) => [
    column,
    new Map(
      Object.entries(words[column] ?? {}).flatMap(([value, said]) =>
        [value, ...said].map((word) => [foldHeader(word), value] as const),
      ),
    ),
  ]),
);

/** Our value for what people write in a column; undefined where nobody knows. */
export function findValue(column: Column, written: string): string | undefined {
  return values.get(column)?.get(foldHeader(written));
}

const noes = new Set(
  ['no', 'false', '0', 'n', 'nein', 'falsch', 'non', 'faux', 'falso', 'hayır', 'yanlış', 'nei'].map(
    foldHeader,
  ),
);

/** Whether a cell that says yes or no says yes; any other text does. */
export function isYes(written: string | undefined): boolean {
  return written !== undefined && !noes.has(foldHeader(written));
}
