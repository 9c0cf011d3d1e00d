import { describe, expect, test } from 'vitest';
import { drawConnections, type Scan, scan } from './scan.ts';

const compose = (services: string): string => `services:\n${services}`;

/** Connections and permissions as `file:line ARROW target protocol`. */
function draw(result: Scan, file?: string): string[] {
  return result.evidence.flatMap((item) => {
    if (item.kind !== 'connection' && item.kind !== 'unresolved') return [];
    if (file !== undefined && item.origin.file !== file) return [];
    return drawConnections({ evidence: [item] }).map((text) => `${item.origin.file}:${text}`);
  });
}

/** The systems that a repository shows, as `id kind hosts`. */
function drawSystems({ of }: Scan): string[] {
  return of('system').map(({ id, fields }) => `${id} ${fields.kind} ${fields.hosts?.join(',')}`);
}

describe('systems that a repository shows', () => {
  test('services that are built from a folder, and the products beside them', async () => {
    const result = await scan('scripts', {
      'docker-compose.yml': compose(
        '  shop:\n    build: ./shop\n  db:\n    image: postgres:16\n  queue:\n    image: rabbitmq:3\n',
      ),
      'shop/Dockerfile': 'FROM node:20\n',
      'shop/a.js': 'x();\n',
    });
    expect(drawSystems(result)).toEqual([
      'shop application shop',
      'db database db',
      'queue broker queue',
    ]);
    expect(result.of('system').every(({ registered }) => !registered)).toBe(true);
  });

  test('what a developer or a test starts names no system', async () => {
    const result = await scan('scripts', {
      '.devcontainer/docker-compose.yml': compose('  admin:\n    image: adminer\n'),
      Dockerfile: 'FROM node:20\n',
      'package.json': '{"name":"orders-e2e"}',
      'pyproject.toml': '[project]\nname = "orders"\n',
      'a.py': 'x()\n',
    });
    expect(drawSystems(result)).toEqual(['orders application ']);
  });

  test('an image of all modules is none of them', async () => {
    const result = await scan('scripts', {
      Dockerfile: 'FROM maven:3\n',
      'pom.xml':
        '<project><artifactId>all</artifactId><modules><module>web</module></modules></project>',
      'docker-compose.yml': compose('  web:\n    build: ./web\n'),
      'web/Dockerfile': 'FROM node:20\n',
    });
    expect(drawSystems(result)).toEqual(['web application web']);
  });

  test('a folder with a manifest and nothing that deploys it is no system', async () => {
    const result = await scan('scripts', {
      'package.json': '{"name":"jobs"}',
      'lib/package.json': '{"name":"@acme/lib"}',
      'lib/a.js': "fetch('http://a.example');\n",
    });
    expect(drawSystems(result)).toEqual([]);
    expect(result.of('ownership').find(({ script }) => script === 'lib/a.js')?.names).toEqual([
      'lib',
    ]);
  });

  test('a Spring application is called as its settings say, and its folder is another name', async () => {
    const { of } = await scan('scripts', {
      'shop-orders/pom.xml':
        '<project><parent><artifactId>parent</artifactId></parent><artifactId>shop-orders</artifactId><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>',
      'shop-orders/src/main/resources/application.yml':
        'spring:\n  application:\n    name: orders\n',
    });
    expect(of('system')).toMatchObject([
      { id: 'orders', fields: { name: 'orders', aliases: ['shop-orders'] } },
    ]);
  });

  test('a workload is the code that its image is called after, and answers to its Service', async () => {
    const result = await scan('scripts', {
      'src/cart/Dockerfile': 'FROM golang:1\n',
      'k8s/cart.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart-deployment\nspec:\n  template:\n    metadata:\n      labels: {app: cart}\n    spec:\n      containers:\n        - name: server\n          image: registry.example/acme/cart:1\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: basket\nspec:\n  selector: {app: cart}\n  ports: [{port: 80}]\n',
    });
    expect(result.of('system')).toHaveLength(1);
    expect(result.of('system')[0]?.fields.hosts).toContain('basket');
  });

  test('teams of CODEOWNERS own the systems of their folders; the last rule counts', async () => {
    const { of } = await scan('scripts', {
      '.github/CODEOWNERS': '* @acme/platform\n/shop/ @acme/sales @ada\n',
      'shop/Dockerfile': 'FROM node\n',
      'stock/Dockerfile': 'FROM node\n',
    });
    expect(of('system').map(({ id, fields }) => [id, fields.team])).toEqual([
      ['shop', 'sales'],
      ['stock', 'platform'],
    ]);
  });

  test('with an option that says whose code it is, nothing is discovered', async () => {
    const contents = { 'shop/Dockerfile': 'FROM node\n', 'shop/a.sh': 'curl http://a.example\n' };
    const { of } = await scan('scripts', contents, { system: 'erp' });
    expect(of('system')).toEqual([]);
    expect(of('ownership')).toMatchObject([{ system: 'erp' }]);
  });
});

describe('connections without a call', () => {
  const shop = compose('  shop:\n    build: ./shop\n  orders:\n    image: acme/orders\n');

  test('an address of a service around, handed to a client nobody knows', async () => {
    const result = await scan('scripts', {
      'docker-compose.yml': shop,
      'shop/a.py':
        "# http://orders/old\nTARGET = 'http://orders:8080/api'\nOTHER = 'http://elsewhere.example'\n",
    });
    expect(draw(result)).toEqual(['shop/a.py:2 ?? orders:8080 http']);
  });

  test('what a client is known to connect to is not told twice', async () => {
    const result = await scan('scripts', {
      'docker-compose.yml': compose(
        '  shop:\n    build: ./shop\n    environment:\n      ORDERS_URL: http://orders\n  orders:\n    image: acme/orders\n',
      ),
      'shop/a.py': "import requests\nURL = 'http://orders/api'\nrequests.get(URL)\n",
    });
    expect(draw(result)).toEqual(['shop/a.py:3 <- orders http']);
  });

  test('a setting that a framework connects by, and the line it stands at', async () => {
    const result = await scan('scripts', {
      'shop/Dockerfile': 'FROM eclipse-temurin\n',
      'shop/src/main/resources/application.properties':
        'server.port=8080\nspring.datasource.url=jdbc:postgresql://db.example:5432/shop\n',
    });
    expect(draw(result)).toEqual([
      'shop/src/main/resources/application.properties:2 ?? db.example:5432 postgresql',
    ]);
    expect(result.of('connection')[0]?.summary).not.toContain('password');
  });

  test('a dependency that connects by itself, to the one service on its port', async () => {
    const pom =
      '<project><artifactId>shop</artifactId>\n<dependency><artifactId>spring-boot-starter-zipkin</artifactId></dependency>\n<dependency><artifactId>spring-boot-starter-amqp</artifactId></dependency>\n</project>\n';
    const result = await scan('scripts', {
      'docker-compose.yml': compose(
        '  shop:\n    build: ./shop\n  tracing:\n    image: openzipkin/zipkin\n    ports: ["9411:9411"]\n',
      ),
      'shop/pom.xml': pom,
    });
    // Nothing listens on RabbitMQ's port, so the second dependency says nothing.
    expect(draw(result)).toEqual(['shop/pom.xml:2 -> tracing:9411 http']);
  });

  test('a network policy declares who may call whom, by the labels of both', async () => {
    const workload = (name: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template:\n    metadata:\n      labels: {app: ${name}}\n    spec:\n      containers: [{name: c, image: acme/${name}}]\n---\n`;
    const { of } = await scan('scripts', {
      'k8s.yaml': `${workload('web')}${workload('orders')}apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n  podSelector:\n    matchLabels: {app: orders}\n  ingress:\n    - from:\n        - podSelector:\n            matchLabels: {app: web}\n`,
    });
    expect(of('connection')).toMatchObject([
      {
        witness: 'declared',
        from: { value: 'web' },
        to: { value: 'orders' },
        direction: 'unknown',
        declared: { approved: false },
      },
    ]);
  });

  test.each([
    [
      'of Cilium, to a workload and to a name',
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p}\nspec:\n  endpointSelector: {matchLabels: {"k8s:app": web, "k8s:io.kubernetes.pod.namespace": shop}}\n  egress:\n    - toEndpoints: [{matchLabels: {app: orders}}]\n      toPorts: [{ports: [{port: "5432"}]}]\n    - toFQDNs: [{matchName: api.partner.example}, {matchPattern: "*.example"}]\n',
      ['web → orders postgresql', 'web → api.partner.example '],
    ],
    [
      'of Istio, by the account that the caller runs as',
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p}\nspec:\n  selector: {matchLabels: {app: orders}}\n  action: ALLOW\n  rules:\n    - from: [{source: {principals: [cluster.local/ns/shop/sa/web-account]}}]\n',
      ['web → orders '],
    ],
    [
      'of Istio that denies',
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p}\nspec:\n  selector: {matchLabels: {app: orders}}\n  action: DENY\n  rules:\n    - from: [{source: {principals: [cluster.local/ns/shop/sa/web-account]}}]\n',
      [],
    ],
    [
      'of a sidecar',
      'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: p}\nspec:\n  workloadSelector: {labels: {app: web}}\n  egress:\n    - hosts: ["./*", "shop/api.partner.example"]\n      port: {number: 443}\n',
      ['web → api.partner.example https'],
    ],
    [
      'of Linkerd, by the names of a server and of who is let in',
      'apiVersion: policy.linkerd.io/v1beta3\nkind: Server\nmetadata: {name: orders-http}\nspec:\n  podSelector: {matchLabels: {app: orders}}\n  port: 5432\n---\napiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata: {name: p}\nspec:\n  targetRef: {group: policy.linkerd.io, kind: Server, name: orders-http}\n  requiredAuthenticationRefs:\n    - {group: policy.linkerd.io, kind: MeshTLSAuthentication, name: shops}\n---\napiVersion: policy.linkerd.io/v1alpha1\nkind: MeshTLSAuthentication\nmetadata: {name: shops}\nspec:\n  identities: [web-account.shop.serviceaccount.identity.linkerd.cluster.local, "*"]\n',
      ['web → orders postgresql'],
    ],
    [
      'of Linkerd, by a route of the server and an account',
      'apiVersion: policy.linkerd.io/v1beta1\nkind: Server\nmetadata: {name: orders-http}\nspec:\n  podSelector: {matchExpressions: [{key: app, operator: In, values: [orders]}]}\n  port: http\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: read}\nspec:\n  parentRefs: [{group: policy.linkerd.io, kind: Server, name: orders-http}]\n---\napiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata: {name: p}\nspec:\n  targetRef: {group: gateway.networking.k8s.io, kind: HTTPRoute, name: read}\n  requiredAuthenticationRefs: [{kind: ServiceAccount, name: web-account}]\n',
      ['web → orders '],
    ],
    [
      'of Linkerd for all servers with a label, as it was written before',
      'apiVersion: policy.linkerd.io/v1beta1\nkind: Server\nmetadata: {name: a, labels: {tier: back}}\nspec: {podSelector: {matchLabels: {app: orders}}, port: 80}\n---\napiVersion: policy.linkerd.io/v1beta1\nkind: Server\nmetadata: {name: b}\nspec: {podSelector: {matchLabels: {app: web}}, port: 80}\n---\napiVersion: policy.linkerd.io/v1beta1\nkind: ServerAuthorization\nmetadata: {name: p}\nspec:\n  server: {selector: {matchLabels: {tier: back}}}\n  client: {meshTLS: {serviceAccounts: [{name: web-account, namespace: shop}]}}\n',
      ['web → orders http'],
    ],
    [
      'of Linkerd that lets in everybody, or is of a namespace, or names a server nobody has',
      'apiVersion: policy.linkerd.io/v1beta1\nkind: ServerAuthorization\nmetadata: {name: p}\nspec: {server: {name: gone}, client: {meshTLS: {serviceAccounts: [{name: web-account}]}}}\n---\napiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata: {name: q}\nspec: {targetRef: {kind: Namespace, name: shop}, requiredAuthenticationRefs: [{kind: ServiceAccount, name: web-account}]}\n---\napiVersion: policy.linkerd.io/v1beta1\nkind: ServerAuthorization\nmetadata: {name: r}\nspec: {server: {name: gone}, client: {unauthenticated: true}}\n',
      [],
    ],
    [
      'of Kubernetes: to an address, from a namespace, from anyone',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  policyTypes: [Ingress, Egress]\n  ingress: [{from: [{namespaceSelector: {matchLabels: {name: shop}}}]}, {}]\n  egress:\n    - to: [{ipBlock: {cidr: 10.1.2.3/32}}]\n      ports: [{protocol: TCP, port: 1521}]\n    - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]\n',
      ['web → 10.1.2.3 oracle'],
    ],
    [
      'for a workload that no manifest here has',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n  podSelector: {matchLabels: {app: billing}}\n  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]\n',
      ['web → billing '],
    ],
    [
      'whose ends are both elsewhere',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n  podSelector: {matchLabels: {app: billing}}\n  ingress: [{from: [{podSelector: {matchLabels: {app: ledger}}}]}]\n',
      [],
    ],
  ])('a policy %s', async (_, policy, expected) => {
    const workload = (name: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template:\n    metadata:\n      labels: {app: ${name}}\n    spec:\n      serviceAccountName: ${name}-account\n      containers: [{name: c, image: acme/${name}}]\n---\n`;
    const { of } = await scan('scripts', {
      'k8s.yaml': `${workload('web')}${workload('orders')}${policy}`,
    });
    expect(
      of('connection').map(
        ({ from, to, protocol = '' }) => `${from.value} → ${to.value} ${protocol}`,
      ),
    ).toEqual(expected);
  });

  test('policies of Linkerd in one file each', async () => {
    const { of } = await scan('scripts', {
      'a/deploy.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders}\nspec: {template: {metadata: {labels: {app: orders}}, spec: {containers: [{name: c, image: acme/orders}]}}}\n',
      'b/policy.yaml':
        'apiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata: {name: p}\nspec: {targetRef: {group: policy.linkerd.io, kind: Server, name: s}, requiredAuthenticationRefs: [{kind: ServiceAccount, name: web}]}\n',
      'c/server.yaml':
        'apiVersion: policy.linkerd.io/v1beta3\nkind: Server\nmetadata: {name: s}\nspec: {podSelector: {matchLabels: {app: orders}}, port: 80}\n',
    });
    expect(of('connection')).toMatchObject([
      {
        from: { value: 'web' },
        to: { value: 'orders' },
        origin: { file: 'b/policy.yaml', line: 3 },
      },
    ]);
  });

  test('a name that the mesh resolves leads where its entry says', async () => {
    const result = await scan('scripts', {
      'k8s.yaml':
        'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: e}\nspec:\n  hosts: [ledger.shop]\n  location: MESH_EXTERNAL\n  endpoints: [{address: ora1.acme.example}]\n',
      'pull.sh': 'curl http://ledger.shop/entries\n',
    });
    expect(result.of('address')).toMatchObject([
      { name: 'ledger.shop', target: { host: 'ora1.acme.example' } },
    ]);
  });

  test('configuration that belongs to no service moves no data between its addresses', async () => {
    const { of } = await scan('scripts', {
      'monitoring.yml':
        'scrape_configs:\n  - static_configs:\n      - targets: ["a.example:8080"]\nalerting:\n  alertmanagers:\n    - static_configs:\n        - targets: ["b.example:9093"]\n',
    });
    expect(of('connection').every(({ direction }) => direction === 'unknown')).toBe(true);
  });
});

describe('clients of the user’s own', () => {
  const clients = [
    {
      call: 'acme.erp.open_erp',
      protocol: 'https',
      address: 'erp.example',
      methods: { orders: 'pull', send: 'push' },
    },
    {
      call: 'acme.bus.publish',
      protocol: 'amqp',
      address: 'bus.example',
      resource: 0,
      flow: 'push',
    },
    { call: 'erpctl', protocol: 'https', addressArgument: '--host', flow: 'push' },
  ];

  test('are known like any other', async () => {
    const text =
      "from acme.erp import open_erp\nfrom acme import bus\nerp = open_erp()\nerp.orders()\nerp.send(1)\nbus.publish('stock', 1)\n";
    const result = await scan('scripts', { 'a.py': text }, { clients });
    expect(drawConnections(result)).toEqual([
      '4 <- erp.example https',
      '5 -> erp.example https',
      '6 -> bus.example amqp [stock]',
    ]);
  });

  test('programs of shell scripts too', async () => {
    const result = await scan(
      'scripts',
      { 'a.sh': 'erpctl --host erp.example push\n' },
      { clients },
    );
    expect(drawConnections(result)).toEqual(['1 -> erp.example https']);
  });

  test('without them, nothing is known', async () => {
    const text = 'from acme.erp import open_erp\nopen_erp().orders()\n';
    expect(drawConnections(await scan('scripts', { 'a.py': text }))).toEqual([]);
  });
});

describe('messages without an address', () => {
  const publish =
    "import { Kafka } from 'kafkajs';\nconst k = new Kafka(config);\nk.producer().send({ topic: 'stock', messages: [] });\n";
  const services = (more: string): string =>
    compose(`  shop:\n    build: ./shop\n  bus:\n    image: confluentinc/cp-kafka\n${more}`);

  test('go to the only broker that is deployed', async () => {
    const contents = { 'docker-compose.yml': services(''), 'shop/a.ts': publish };
    expect(draw(await scan('scripts', contents))).toEqual(['shop/a.ts:3 -> bus kafka [stock]']);
  });

  test('to the one that the environment names, where there are two', async () => {
    const contents = {
      'docker-compose.yml': compose(
        '  shop:\n    build: ./shop\n    environment:\n      KAFKA_BROKERS: events:9092\n  bus:\n    image: confluentinc/cp-kafka\n  events:\n    image: confluentinc/cp-kafka\n',
      ),
      'shop/a.ts': publish,
    };
    expect(draw(await scan('scripts', contents))).toEqual(['shop/a.ts:3 -> events kafka [stock]']);
  });

  test('to none, where two come into question', async () => {
    const contents = {
      'docker-compose.yml': services('  other:\n    image: rabbitmq\n'),
      'shop/a.ts': publish,
    };
    expect(draw(await scan('scripts', contents))).toEqual(['shop/a.ts:3 unresolved']);
  });
});

test('a manifest of the source itself makes no system of it, whatever its folder is called', async () => {
  const contents = {
    'checkout/package.json': '{"name":"shop-tools"}',
    'checkout/Dockerfile': 'FROM node\nCMD node a.js\n',
    'checkout/orders/Dockerfile': 'FROM node\nCMD node b.js\n',
  };
  const result = await scan('scripts', contents, {}, ['checkout']);
  expect(drawSystems(result)).toEqual(['orders application ']);
});

test('a source that is one service is that service', async () => {
  const contents = { 'orders/Dockerfile': 'FROM node\nCMD node a.js\n', 'orders/a.js': 'x();\n' };
  const result = await scan('scripts', contents, {}, ['orders']);
  expect(drawSystems(result)).toEqual(['orders application ']);
});

test('of settings that several services are handed, only those count that the code asks for', async () => {
  const workload = (name: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template:\n    metadata:\n      labels: {app: ${name}}\n    spec:\n      containers:\n        - name: c\n          image: acme/${name}\n          envFrom: [{configMapRef: {name: addresses}}]\n---\n`;
  const result = await scan('scripts', {
    'k8s.yaml': `${workload('web')}${workload('orders')}${workload('stock')}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: addresses}\ndata:\n  ORDERS_ADDR: orders:8080\n  STOCK_ADDR: stock:8080\n`,
    'web/Dockerfile': 'FROM node\nCMD node a.js\n',
    'web/a.js': "open('ORDERS_ADDR');\n",
  });
  const ends = result.of('connection').map(({ from, to }) => `${from.value} ${to.value}`);
  expect(ends.filter((text) => text.includes('#web'))).toEqual(['k8s.yaml#web orders:8080']);
});

test('a password in a configuration file is a credential; a sample and a reference are none', async () => {
  const result = await scan('scripts', {
    '.env': 'DB_PASSWORD=hunter2\nDB_USER=shop\n',
    '.env.example': 'DB_PASSWORD=changeme\n',
    'config/application.yml': 'spring:\n  datasource:\n    password: ${DB_PASSWORD}\n',
    'docker-compose.yml': compose(
      '  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: s3cret\n',
    ),
  });
  expect(
    result.of('credential').map(({ origin, secret }) => `${origin.file}:${origin.line} ${secret}`),
  ).toEqual(['.env:1 password', 'docker-compose.yml:5 password']);
  expect(JSON.stringify(result.evidence)).not.toMatch(/hunter2|s3cret/);
});

test('addresses that a script only names are counted, and are no connections', async () => {
  const result = await scan('scripts', {
    'a.py':
      "import requests\n# see https://docs.example/x\nURL = 'http://erp.example/api'\nNS = 'http://schema.example/ns'\nrequests.get(URL)\n",
  });
  expect(draw(result)).toEqual(['a.py:5 <- erp.example http']);
  expect(result.coverage.leftOut).toEqual({ 'address that is only mentioned': 2 });
});
