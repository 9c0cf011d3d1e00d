import { describe, expect, it } from 'vitest';
import { auditFiles } from '../../audit-files.ts';
import { drawFlows } from './draw-flows.ts';

const kong = `_format_version: "3.0"
services:
- name: erp
  url: https://erp.acme.example:8443/api
  routes:
  - name: erp-route
    hosts: [api.acme.example]
    paths: [/erp]
  plugins:
  - name: acl
    config:
      allow: [partners]
- name: broken
  host: \${{ env "DECK_MOCKBIN_HOST" }}
consumers:
- username: shop
  acls:
  - group: partners
  keyauth_credentials:
  - key: Hidden7secretkey
- username: other
`;

describe('Kong', () => {
  it('leads its paths to services, and consumers to what their groups may call', async () => {
    const { lines, found } = await drawFlows({ 'kong.yaml': kong });
    expect(lines).toEqual([
      '3 shop -> erp.acme.example:8443 https',
      expect.stringMatching(/^13 kong -> .*DECK_MOCKBIN_HOST.* http$/),
    ]);
    expect(found.of('route')).toMatchObject([
      { intermediary: 'kong', prefix: '/erp', system: 'erp.acme.example', logged: [] },
    ]);
    expect(found.of('system')).toMatchObject([
      { id: 'kong', fields: { kind: 'api-gateway', hosts: ['api.acme.example'] } },
    ]);
    expect(JSON.stringify(found.evidence)).not.toContain('Hidden7');
  });

  it('shows what stands behind the address that code calls', async () => {
    const audit = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: systems.csv\n  - platform: kong.yaml\n    intermediary: gateway\n  - scripts: jobs\n    system: wms\n',
      'systems.csv': 'id,name,hosts\nerp,ERP,erp.acme.example\nshop,Shop,\nwms,WMS,\n',
      'kong.yaml': kong,
      'jobs/push.sh': '#!/bin/sh\ncurl -d @stock.json https://api.acme.example/erp/stock\n',
    });
    expect(
      audit.links.map(({ key, via, mediation, class: seen, observable }) =>
        [key, via, mediation, seen, observable].join(' '),
      ),
    ).toEqual([
      'shop=>erp#http gateway gateway coded no',
      'wms=>erp#http gateway gateway coded no',
    ]);
  });
});

describe('other gateways', () => {
  it('lead their paths to services', async () => {
    const files = {
      // Classic definition and OpenAPI extension of Tyk.
      'tyk.json': JSON.stringify({
        apis: [
          {
            api_definition: {
              name: 'Stock',
              active: true,
              proxy: { listen_path: '/stock/', target_url: 'http://wms.acme.example/' },
            },
          },
          {
            api_definition: {
              name: 'Old',
              active: false,
              proxy: { listen_path: '/old/', target_url: 'http://old.example/' },
            },
          },
        ],
      }),
      'tyk-oas.json': JSON.stringify({
        openapi: '3.0.3',
        'x-tyk-api-gateway': {
          info: { name: 'CRM', state: { active: true } },
          upstream: { url: 'https://crm.acme.example' },
          server: { listenPath: { value: '/crm/' } },
        },
      }),
      'krakend.json': JSON.stringify({
        version: 3,
        host: ['http://erp.acme.example'],
        endpoints: [
          {
            endpoint: '/v1/orders/{id}',
            backend: [
              { url_pattern: '/orders/{id}' },
              { url_pattern: '/x', host: ['http://wms.acme.example'] },
            ],
          },
        ],
      }),
      'apiproxy/proxies/default.xml':
        '<?xml version="1.0"?><ProxyEndpoint name="default"><HTTPProxyConnection><BasePath>/finance</BasePath></HTTPProxyConnection><RouteRule name="r"><TargetEndpoint>ledger</TargetEndpoint></RouteRule></ProxyEndpoint>',
      'apiproxy/targets/ledger.xml':
        '<?xml version="1.0"?><TargetEndpoint name="ledger"><HTTPTargetConnection><URL>https://ledger.acme.example/api</URL></HTTPTargetConnection></TargetEndpoint>',
      'aws.json': JSON.stringify({
        openapi: '3.0.1',
        paths: {
          '/pay': {
            post: {
              'x-amazon-apigateway-integration': {
                type: 'aws_proxy',
                uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:payments/invocations',
              },
            },
          },
          '/web': {
            get: {
              'x-amazon-apigateway-integration': {
                type: 'http_proxy',
                uri: 'https://shop.acme.example/{proxy}',
              },
            },
          },
          '/ok': { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } },
        },
      }),
    };
    const { lines, found } = await drawFlows(files);
    expect(lines.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'apigee -> ledger.acme.example https',
      'aws-api-gateway -> payments https',
      'aws-api-gateway -> shop.acme.example https',
      'krakend -> erp.acme.example http',
      'krakend -> wms.acme.example http',
      'tyk -> crm.acme.example https',
      'tyk -> wms.acme.example http',
    ]);
    expect(
      found.of('route').map(({ intermediary, prefix }) => `${intermediary} ${prefix}`),
    ).toEqual([
      'apigee /finance',
      'aws-api-gateway /pay',
      'aws-api-gateway /web',
      'krakend /v1/orders',
      'krakend /v1/orders',
      'tyk /crm',
      'tyk /stock',
    ]);
    expect(found.coverage.leftOut).toMatchObject({
      'operations that the gateway answers itself': 1,
      'switched off': 1,
    });
  });
});
