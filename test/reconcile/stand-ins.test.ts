import { expect, test } from 'vitest';
import { scanRepository } from './repository.ts';

const inventory = 'id,name,hosts\nerp,ERP,erp-db.example\nwms,WMS,wms.example\nshop,Shop,\n';
const shop = { 'shop/Dockerfile': 'FROM debian\nCMD ./run.sh\n' };

async function draw(contents: Readonly<Record<string, string>>): Promise<string[]> {
  const { links } = await scanRepository({ ...shop, ...contents }, inventory);
  return links.map(({ key }) => key);
}

test('a TNS alias is the host that tnsnames.ora gives it', async () => {
  const tns =
    'ERPDB =\n  (DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = erp-db.example)(PORT = 1521))\n    (CONNECT_DATA = (SERVICE_NAME = ERP)))\n';
  const script = 'sqlplus -s app/$PW@ERPDB <<!\nselect * from orders;\n!\n';
  expect(await draw({ 'tnsnames.ora': tns, 'shop/run.sh': script })).toEqual([
    'erp=>shop#database',
  ]);
  expect(await draw({ 'shop/run.sh': script })).toEqual([]);
});

test('a host of an ssh configuration is the machine behind it', async () => {
  const config = 'Host wms-box\n  HostName wms.example\n  User transfer\n';
  const script = 'scp /tmp/stock.csv wms-box:/in/\n';
  expect(await draw({ '.ssh/config': config, 'shop/run.sh': script })).toEqual(['shop=>wms#file']);
});

test('a name with two addresses stands for neither', async () => {
  const one = 'Host wms-box\n  HostName wms.example\n';
  const two = 'Host wms-box\n  HostName erp-db.example\n';
  const script = 'scp /tmp/stock.csv wms-box:/in/\n';
  const contents = { '.ssh/config': one, 'other/.ssh/config': two, 'shop/run.sh': script };
  expect(await draw(contents)).toEqual([]);
});

test('an address on the own machine is the one service that listens on its port', async () => {
  const { links } = await scanRepository({
    'docker-compose.yml':
      'services:\n  shop:\n    build: ./shop\n  orders:\n    image: acme/orders\n    ports: ["8081:8081"]\n',
    'shop/a.py':
      "import requests\nrequests.get('http://localhost:8081/x')\nrequests.get('http://localhost:9999/x')\n",
  });
  expect(links.map(({ key }) => key)).toEqual(['orders=>shop#http']);
});

test('a name within a cluster is its service, whatever the namespace', async () => {
  const { links } = await scanRepository({
    'docker-compose.yml':
      'services:\n  shop:\n    build: ./shop\n  stock:\n    image: acme/stock\n',
    'shop/a.py': "import requests\nrequests.get('http://stock.prod.svc.cluster.local/x')\n",
  });
  expect(links.map(({ key }) => key)).toEqual(['stock=>shop#http']);
});

test('a service of a namespace is another one in the next', async () => {
  const service = (namespace: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: stock, namespace: ${namespace} }\nspec: { selector: { app: stock } }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: stock, namespace: ${namespace} }\nspec: { template: { metadata: { labels: { app: stock } }, spec: { containers: [{ name: a, image: acme/stock }] } } }\n`;
  const call = (host: string): Record<string, string> => ({
    'shop/Dockerfile': 'FROM python\nCMD python a.py\n',
    'shop/a.py': `import requests\nrequests.get('http://${host}/x')\n`,
    'k8s/stock.yaml': service('warehouse'),
  });
  const keysOf = async (host: string): Promise<string[]> =>
    (await scanRepository(call(host))).links.map(({ key }) => key);
  expect(await keysOf('stock.warehouse.svc.cluster.local')).toEqual(['stock=>shop#http']);
  expect(await keysOf('stock.warehouse')).toEqual(['stock=>shop#http']);
  expect(await keysOf('stock')).toEqual(['stock=>shop#http']);
  expect(await keysOf('stock.kitchen.svc.cluster.local')).toEqual([]);
  expect(await keysOf('stock.warehouse-test.svc')).toEqual([]);
});
