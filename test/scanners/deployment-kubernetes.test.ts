import { describe, expect, test } from 'vitest';
import { drawNames, drawSettings, environmentOf, read, servicesOf } from './settings-lines.ts';

const manifest = `apiVersion: v1
kind: ConfigMap
metadata: { name: orders-config }
data:
  WMS_URL: http://wms:80
  application.yml: |
    spring:
      datasource:
        url: jdbc:mysql://orders-db/x
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  template:
    metadata: { labels: { app: orders, tier: api } }
    spec:
      containers:
        - name: istio-proxy
          image: envoyproxy/envoy
        - name: main
          image: registry.acme.example/shop/orders:1.2
          args: [serve, --port, 3000]
          ports: [{ containerPort: 3000 }]
          envFrom: [{ configMapRef: { name: orders-config } }]
          env:
            - name: CATALOG_URL
              value: http://$(CATALOG_HOST):80
            - name: STOCK_URL
              valueFrom: { configMapKeyRef: { name: orders-config, key: WMS_URL } }
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: db, key: password } }
            - name: POD
              valueFrom: { fieldRef: { fieldPath: metadata.name } }
---
apiVersion: v1
kind: Service
metadata: { name: orders-svc, namespace: shop }
spec: { selector: { app: orders }, ports: [{ port: 80, targetPort: 3000 }] }
---
apiVersion: v1
kind: Service
metadata: { name: other }
spec: { selector: { app: other } }
---
apiVersion: v1
kind: Service
metadata: { name: erp }
spec: { type: ExternalName, externalName: erp.acme.example }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  jobTemplate:
    spec:
      template:
        spec: { containers: [{ name: n, image: acme/nightly, env: [{ name: A, value: b }] }] }
`;

describe('a manifest', () => {
  const services = servicesOf('k8s/orders.yaml', manifest);

  test('a Service leads to the workload that it selects', () => {
    expect(Object.keys(services)).toEqual(['orders', 'nightly', 'other']);
    expect(services['orders']?.hosts).toEqual([
      'orders',
      'orders-svc',
      'orders-svc.shop',
      'orders-svc.shop.svc',
      'orders-svc.shop.svc.cluster.local',
    ]);
    expect(services['orders']?.ports).toEqual([3000, 80]);
    expect(services['other']?.selector).toEqual({ app: 'other' });
  });

  test('the container with the code, not its sidecar', () => {
    const { image, command, line, column } = services['orders'] ?? {};
    expect({ image, command, line, column }).toEqual({
      image: 'registry.acme.example/shop/orders:1.2',
      command: 'serve --port 3000',
      line: 14,
      column: 3,
    });
  });

  test('an environment of values, references and ConfigMaps', () => {
    expect(environmentOf(services['orders'])).toEqual([
      '29 CATALOG_URL = http://{env:CATALOG_HOST}:80',
      '30 STOCK_URL = http://wms:80',
      '32 DB_PASSWORD = {env:password}',
      '5 WMS_URL = http://wms:80',
      '9 spring.datasource.url = jdbc:mysql://orders-db/x',
    ]);
  });

  test('a job answers to no name', () => {
    expect(services['nightly']?.hosts).toEqual([]);
    expect(environmentOf(services['nightly'])).toEqual(['59 A = b']);
  });

  test('an external name is a name for an address', () => {
    expect(drawNames('k8s/orders.yaml', manifest)).toEqual(['50 erp -> erp.acme.example -']);
  });

  test('ConfigMaps are groups that other files refer to', () => {
    const groups = read('k8s/orders.yaml', manifest).flatMap((reading) => reading.groups);
    expect(groups.map(({ name, settings }) => [name, settings.map(({ key }) => key)])).toEqual([
      ['orders-config', ['WMS_URL', 'spring.datasource.url']],
    ]);
  });
});

test.each(['StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'DeploymentConfig'])('%s', (kind) => {
  const text = `apiVersion: x/v1\nkind: ${kind}\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{image: redis}]}}}\n`;
  expect(servicesOf('k.yaml', text)['a']?.kind).toBe('database');
});

test('a bare pod, a Knative service and a list', () => {
  const text = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{image: nats}]}}
  - apiVersion: serving.knative.dev/v1
    kind: Service
    metadata: {name: k}
    spec: {template: {spec: {containers: [{image: acme/k, env: [{name: A, value: b}]}]}}}
`;
  const services = servicesOf('k.yaml', text);
  expect(services['p']?.kind).toBe('broker');
  expect(environmentOf(services['k'])).toEqual(['8 A = b']);
});

describe('ways into a cluster', () => {
  test.each<[name: string, text: string, settings: string[], names: string[]]>([
    [
      'Ingress',
      'kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: i}\nspec:\n  rules:\n  - host: orders.acme.example\n    http:\n      paths:\n      - path: /o(/|$)(.*)\n        backend: {service: {name: orders, port: {number: 80}}}\n',
      ['9 Ingress.backend = http://orders:80 at /o'],
      ['9 orders.acme.example -> http://orders:80 -'],
    ],
    [
      'an old Ingress with two services',
      'kind: Ingress\napiVersion: extensions/v1beta1\nmetadata: {name: i}\nspec:\n  rules:\n  - host: shop.acme.example\n    http:\n      paths:\n      - {path: /o, backend: {serviceName: orders, servicePort: 80}}\n      - {path: /w, backend: {serviceName: wms, servicePort: http}}\n',
      ['9 Ingress.backend = http://orders:80 at /o', '10 Ingress.backend = http://wms at /w'],
      [],
    ],
    [
      'HTTPRoute',
      'kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nmetadata: {name: r}\nspec:\n  hostnames: [o.acme.example]\n  rules:\n  - matches: [{path: {value: /o}}]\n    backendRefs: [{name: orders, port: 80}]\n',
      ['8 HTTPRoute.backend = http://orders:80 at /o'],
      ['8 o.acme.example -> http://orders:80 -'],
    ],
    [
      'VirtualService',
      'kind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: {name: v}\nspec:\n  hosts: [o.acme.example]\n  http:\n  - match: [{uri: {prefix: /o}}]\n    route: [{destination: {host: orders, port: {number: 80}}}]\n',
      ['8 VirtualService.backend = http://orders:80 at /o'],
      ['8 o.acme.example -> http://orders:80 -'],
    ],
  ])('%s', (_, text, settings, names) => {
    expect(drawSettings('k.yaml', text)).toEqual(settings);
    expect(drawNames('k.yaml', text)).toEqual(names);
  });
});

describe('Helm', () => {
  const template = `{{- /* kind: No */ -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "orders.fullname" . }}
  labels:
    {{- include "orders.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  template:
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "1" }}"
          env:
            - name: DB_URL
              value: {{ printf "jdbc:postgresql://%s:%v/x" .Values.db.host .Values.db.port | quote }}
            {{- if .Values.wms.internal }}
            - name: WMS_URL
              value: "http://{{ .Release.Name }}-wms:80"
            {{- else }}
            - name: WMS_URL
              value: {{ .Values.wms.url }}
            {{- end }}
            - name: ERP_URL
              value: {{ .Values.erp.url | default "http://erp.acme.example" }}
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
`;

  test('a template is read with its values as holes', () => {
    const services = servicesOf('charts/orders/templates/deployment.yaml', template);
    expect(services['orders']?.hosts).toEqual(['orders']);
    expect(environmentOf(services['orders'])).toEqual([
      '19 DB_URL = jdbc:postgresql://{env:db.host}:{env:db.port}/x',
      '22 WMS_URL = http://wms:80',
      '28 ERP_URL = {env:erp.url?=http://erp.acme.example}',
    ]);
  });

  test('names that values give are the keys they stand under', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.cart.name }}\n  namespace: {{ .Release.Namespace }}\nspec: {selector: {app: x}}\n';
    expect(servicesOf('chart/templates/cart.yaml', text)['cart']?.hosts).toEqual(['cart']);
  });

  test.each(['charts/orders/templates/a.yaml', 'orders/chart/templates/a.yaml'])(
    'the chart of %s is orders',
    (file) => {
      const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: "{{ .Release.Name }}"}\n';
      expect(Object.keys(servicesOf(file, text))).toEqual(['orders']);
    },
  );

  test('values are settings, also as variables', () => {
    const text =
      'erp: {url: http://erp}\nenv:\n  WMS_URL: http://wms\nextraEnv:\n  - name: MES_URL\n    value: http://mes\n';
    expect(drawSettings('charts/orders/values.yaml', text)).toEqual([
      '1 erp.url = http://erp',
      '3 env.WMS_URL = http://wms',
      '3 WMS_URL = http://wms',
      '5 extraEnv[0].name = MES_URL',
      '6 extraEnv[0].value = http://mes',
      '6 MES_URL = http://mes',
    ]);
  });
});

test('Kustomize: literals of an overlay', () => {
  const text =
    'resources: [../base]\nconfigMapGenerator:\n  - name: orders-config\n    literals:\n      - WMS_URL=http://wms\n      - A="b=c"\n';
  const [reading] = read('k8s/overlays/prod/kustomization.yaml', text);
  expect(reading?.profile).toBe('prod');
  expect(
    reading?.groups.map(({ name, settings }) => [
      name,
      settings.map(({ line, key, value }) => `${line} ${key} = ${value}`),
    ]),
  ).toEqual([['orders-config', ['5 WMS_URL = http://wms', '6 A = b=c']]]);
});
