import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { renderBackstage } from '../../../src/renderers/exchange/backstage.ts';
import { auditFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { hostileAudits, joinText } from './hostile-audit.ts';

const audits = await hostileAudits();

/** What a catalog does with an entity before it takes it. */
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const validators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
];

test("every entity passes Backstage's own validators, and refers to entities that are there", async () => {
  await fc.assert(
    fc.asyncProperty(audits, async (audit) => {
      const entities = loadAll(joinText(renderBackstage(audit))) as Entity[];
      for (const entity of entities) {
        await policy.enforce(entity);
        const checked = await Promise.all(validators.map((validator) => validator.check(entity)));
        expect(checked).toContain(true);
      }
      const known = entities.map((entity) => stringifyEntityRef(entity));
      expect(new Set(known).size).toBe(known.length);
      for (const { spec = {} } of entities)
        for (const key of [
          'owner',
          'system',
          'domain',
          'dependsOn',
          'providesApis',
          'consumesApis',
        ])
          for (const reference of [spec[key] ?? []].flat())
            expect(known).toContain(stringifyEntityRef(parseEntityRef(String(reference))));
      const titles = entities.flatMap(({ kind, metadata }) =>
        kind === 'Component' || kind === 'Resource'
          ? [metadata.annotations?.['landscape/kind']]
          : [],
      );
      expect(titles.sort()).toEqual(audit.systems.map(({ kind }) => kind).sort());
    }),
    { numRuns: 30 },
  );
});

test('what is called offers an API, and what is read by other ways is depended on', async () => {
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv':
      'id,name,kind,domain,team,partOf\nerp,ERP,application,Sales,Team A,\nwms,WMS,application,Sales,,\nerp-db,ERP data,database,,,erp\n',
    'links.csv':
      'id,from,to,initiator,protocol,objects\n1,erp,wms,from,https,orders\n2,wms,erp,,sftp,stock\n',
  });
  const entities = loadAll(joinText(renderBackstage(audit))) as Entity[];
  const find = (kind: string, name: string): Entity | undefined =>
    entities.find((entity) => entity.kind === kind && entity.metadata.name === name);
  expect(find('Component', 'wms')?.spec).toMatchObject({
    owner: 'group:default/unowned',
    providesApis: ['api:default/wms-http'],
  });
  expect(find('Component', 'erp')?.spec).toMatchObject({
    owner: 'group:default/Team-A',
    consumesApis: ['api:default/wms-http'],
    dependsOn: ['component:default/wms'],
  });
  expect(find('API', 'wms-http')?.spec?.['definition']).toContain('orders over https');
  expect(find('Resource', 'erp-db')?.spec).toMatchObject({ system: 'system:default/erp' });
  expect(find('Domain', 'Sales')?.spec).toMatchObject({ owner: 'group:default/Team-A' });
});
