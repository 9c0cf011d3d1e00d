import { expect, test } from 'vitest';
import { scanRepository } from './repository.ts';

const compose = (image: string): string =>
  `services:\n  shop:\n    build: ./shop\n    environment:\n      ZIPKIN_URL: http://watch:9411\n      ORDERS_URL: http://orders:8080\n  orders:\n    image: acme/orders\n  watch:\n    image: ${image}\n`;

test('what is sent to a monitoring product stays a hop, and the product counts in no figure', async () => {
  const { links, hops, systems } = await scanRepository({
    'docker-compose.yml': compose('openzipkin/zipkin'),
    'shop/Dockerfile': 'FROM node\n',
  });
  expect(links.map(({ key }) => key)).toEqual(['shop=>orders#http']);
  expect(hops.map(({ from, to }) => `${from} ${to}`)).toEqual(['shop watch']);
  expect(systems.filter(({ counted }) => counted).map(({ id }) => id)).toEqual(['orders', 'shop']);
});

test('any other product at the same address is a system like the rest', async () => {
  const { links } = await scanRepository({
    'docker-compose.yml': compose('acme/watch'),
    'shop/Dockerfile': 'FROM node\n',
  });
  expect(links.map(({ key }) => key)).toEqual(['shop=>orders#http', 'shop=>watch#http']);
});

test('a monitoring product that a registry lists is a system like the rest', async () => {
  const { links } = await scanRepository(
    { 'docker-compose.yml': compose('openzipkin/zipkin'), 'shop/Dockerfile': 'FROM node\n' },
    'id,name\nwatch,Watch\nshop,Shop\norders,Orders\n',
  );
  expect(links.map(({ key }) => key)).toContain('shop=>watch#http');
});
