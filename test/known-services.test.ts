import { describe, expect, test } from 'vitest';
import { findKnownService, knownServices } from '../src/known-services/find-known-service.ts';

describe('a host of a known service', () => {
  test.each<[host: string, name: string, kind: string]>([
    ['acme.my.salesforce.com', 'Salesforce', 'business'],
    ['ACME.My.Salesforce.COM', 'Salesforce', 'business'],
    ['acme.my.salesforce.com.', 'Salesforce', 'business'],
    ['acme.service-now.com', 'ServiceNow', 'business'],
    ['my300001-api.s4hana.ondemand.com', 'SAP S/4HANA Cloud', 'business'],
    ['my300001.s4hana.cloud.sap', 'SAP S/4HANA Cloud', 'business'],
    ['shop.cfapps.eu10.hana.ondemand.com', 'SAP Business Technology Platform', 'business'],
    ['acme.it-cpi001-rt.cfapps.eu10.hana.ondemand.com', 'SAP Integration Suite', 'business'],
    ['my300001.crm.ondemand.com', 'SAP Sales and Service Cloud', 'business'],
    ['api.ondemand.com', 'SAP Cloud', 'business'],
    ['api.ariba.com', 'SAP Ariba', 'business'],
    ['us.api.concursolutions.com', 'SAP Concur', 'business'],
    ['na3.docusign.net', 'DocuSign', 'business'],
    ['api.maersk.com', 'Maersk', 'business'],
    ['api.hlag.com', 'Hapag-Lloyd', 'business'],
    ['api-sandbox.rabobank.nl', 'Rabobank API', 'business'],
    ['rest.avatax.com', 'Avalara', 'business'],
    ['acme.okta.com', 'Okta', 'identity'],
    ['acme.eu-west-1.snowflakecomputing.com', 'Snowflake', 'storage'],
    ['pkc-1.eu-west-1.aws.confluent.cloud', 'Confluent Cloud', 'messaging'],
    ['api.successfactors.eu', 'SAP SuccessFactors', 'business'],
    ['1234.suitetalk.api.netsuite.com', 'NetSuite', 'business'],
    ['acme.fa.em2.oraclecloud.com', 'Oracle Fusion Cloud', 'business'],
    ['wd3-services1.myworkday.com', 'Workday', 'business'],
    ['acme.crm4.dynamics.com', 'Microsoft Dynamics 365', 'business'],
    ['graph.microsoft.com', 'Microsoft Graph', 'business'],
    ['acme.webhook.office.com', 'Microsoft Teams', 'business'],
    ['hooks.slack.com', 'Slack', 'business'],
    ['sheets.googleapis.com', 'Google Workspace', 'business'],
    ['people.googleapis.com', 'Google APIs', 'business'],
    ['api.stripe.com', 'Stripe', 'business'],
    ['checkout-test.adyen.com', 'Adyen', 'business'],
    ['acme.myshopify.com', 'Shopify', 'business'],
    ['api.twilio.com', 'Twilio', 'business'],
    ['api.bring.com', 'Bring', 'business'],
    ['api.openai.com', 'OpenAI', 'business'],
    ['acme.openai.azure.com', 'Azure OpenAI', 'business'],
    ['data.brreg.no', 'Brønnøysund registers', 'business'],
    ['api.met.no', 'MET Norway', 'business'],
    ['api.github.com', 'GitHub', 'business'],
    ['s3.amazonaws.com', 'Amazon S3', 'storage'],
    ['acme-in.s3.eu-north-1.amazonaws.com', 'Amazon S3', 'storage'],
    ['acme-in.s3-eu-west-1.amazonaws.com', 'Amazon S3', 'storage'],
    ['orders.abc123.eu-west-1.rds.amazonaws.com', 'Amazon RDS', 'storage'],
    ['acme.blob.core.windows.net', 'Azure Blob Storage', 'storage'],
    ['acme.database.windows.net', 'Azure SQL', 'storage'],
    ['storage.googleapis.com', 'Google Cloud Storage', 'storage'],
    ['bigquery.googleapis.com', 'BigQuery', 'storage'],
    ['objectstorage.eu-frankfurt-1.oraclecloud.com', 'Oracle Cloud Object Storage', 'storage'],
    ['xy12345.eu-west-1.snowflakecomputing.com', 'Snowflake', 'storage'],
    ['cluster0.ab1cd.mongodb.net', 'MongoDB Atlas', 'storage'],
    ['sqs.eu-west-1.amazonaws.com', 'Amazon SQS', 'messaging'],
    ['eu-west-1.queue.amazonaws.com', 'Amazon SQS', 'messaging'],
    ['b-1.orders.x.c2.kafka.eu-west-1.amazonaws.com', 'Amazon MSK', 'messaging'],
    ['acme.servicebus.windows.net', 'Azure Service Bus', 'messaging'],
    ['europe-west1-pubsub.googleapis.com', 'Google Cloud Pub/Sub', 'messaging'],
    ['pkc-1.eu-west-1.aws.confluent.cloud', 'Confluent Cloud', 'messaging'],
    ['hare.rmq.cloudamqp.com', 'CloudAMQP', 'messaging'],
    ['login.microsoftonline.com', 'Microsoft Entra ID', 'identity'],
    ['acme.eu.auth0.com', 'Auth0', 'identity'],
    ['sts.eu-west-1.amazonaws.com', 'AWS STS', 'identity'],
    ['http-intake.logs.datadoghq.eu', 'Datadog', 'observability'],
    ['o1.ingest.sentry.io', 'Sentry', 'observability'],
    ['events.pagerduty.com', 'PagerDuty', 'observability'],
  ])('%s is %s', (host, name, kind) => {
    expect(findKnownService(host)).toMatchObject({ name, class: kind });
  });
});

describe('a host that only builds and documents mention', () => {
  test.each([
    'registry.npmjs.org',
    'files.pythonhosted.org',
    'repo.maven.apache.org',
    'api.nuget.org',
    'rubygems.org',
    'static.crates.io',
    'registry-1.docker.io',
    'ghcr.io',
    'deb.debian.org',
    'no.archive.ubuntu.com',
    'dl-cdn.alpinelinux.org',
    'deb.nodesource.com',
    'get.docker.com',
    'raw.githubusercontent.com',
    'github.com',
    'get.sdkman.io',
    'cdn.jsdelivr.net',
    'unpkg.com',
    'cdnjs.cloudflare.com',
    'fonts.googleapis.com',
    'www.w3.org',
    'json-schema.org',
    'schemas.xmlsoap.org',
    'www.springframework.org',
    'www.opengis.net',
    'www.apache.org',
    'img.shields.io',
    '169.254.169.254',
  ])('%s', (host) => {
    expect(findKnownService(host)?.class).toBe('tooling');
  });
});

test.each([
  'evil-salesforce.com',
  'salesforce.com.evil.net',
  'mysalesforce.com',
  'notslack.com',
  'api-stripe.com',
  'com',
  'localhost',
  '',
  '.',
  'erp.internal',
  'orders',
  'shop.example.com',
  'acme.azurewebsites.net',
  'api-1.execute-api.eu-west-1.amazonaws.com',
  'amazonaws.com',
  'a.'.repeat(100),
])('%s is no service that is known', (host) => {
  expect(findKnownService(host)).toBeUndefined();
});

describe('the table', () => {
  const all = knownServices.flatMap((service) => service.hosts.map((host) => ({ host, service })));

  test('knows more than 500 services, most of which exchange data of the business', () => {
    expect(knownServices.length).toBeGreaterThan(500);
    expect(knownServices.filter((each) => each.class === 'business').length).toBeGreaterThan(300);
  });

  test('every host is written as a pattern that its own host matches', () => {
    for (const { host, service } of all) {
      expect(host).toMatch(/^(?:\*\.)?(?:[a-z0-9*-]+\.)+[a-z0-9-]+$/);
      const found = findKnownService(host.replace(/^\*\./, 'x.').replaceAll('*', 'x1'));
      expect(found?.name, host).toBe(service.name);
    }
  });

  test('no host is written twice', () => {
    const hosts = all.map(({ host }) => host);
    expect(hosts.filter((host, at) => hosts.indexOf(host) !== at)).toEqual([]);
  });
});
