import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.py', `${text}\n`);

describe('what is spoken over HTTP', () => {
  test.each<[string, string[]]>([
    [
      "import http.client\nc = http.client.HTTPSConnection('a.example', 8443)\nc.request('POST', '/x')",
      ['3 -> a.example https'],
    ],
    [
      "import pycurl\nc = pycurl.Curl()\nc.setopt(c.URL, 'https://a.example/x')\nc.setopt(c.USERAGENT, 'no.example')\nc.perform()",
      ['5 ?? a.example https'],
    ],
    [
      "from tornado.httpclient import AsyncHTTPClient\nasync def f():\n  await AsyncHTTPClient().fetch('http://a.example', method='POST')",
      ['3 -> a.example http'],
    ],
    [
      "import urllib3\nurllib3.PoolManager().request('PUT', 'http://a.example')",
      ['2 -> a.example http'],
    ],
    [
      "import grpc, order_pb2_grpc\nchannel = grpc.insecure_channel('a.example:50051')\nstub = order_pb2_grpc.OrderStub(channel)\nstub.Get(x)",
      ['2 <> a.example:50051 grpc'],
    ],
    [
      "from zeep import Client\nClient('http://a.example/x?wsdl').service.Send(x)",
      ['2 <> a.example soap'],
    ],
    [
      "from gql import Client, gql\nfrom gql.transport.requests import RequestsHTTPTransport\nt = RequestsHTTPTransport(url='https://a.example/graphql')\nClient(transport=t).execute(gql('{ a }'))",
      ['4 <> a.example graphql'],
    ],
    [
      "import websockets\nasync def f():\n  async with websockets.connect('wss://a.example') as ws:\n    await ws.send('x')\n    await ws.recv()",
      ['4 -> a.example ws', '5 <- a.example ws'],
    ],
    [
      "from locust import HttpUser, task\nclass U(HttpUser):\n  host = 'http://a.example'\n  @task\n  def go(self):\n    self.client.post('/x')",
      ['6 -> a.example http'],
    ],
    [
      "from slack_sdk import WebClient\nWebClient(token=t).chat_postMessage(channel='#ops', text='x')",
      ['2 -> slack.com https [#ops]'],
    ],
    ['import stripe\nstripe.Charge.create(amount=1)', ['2 -> api.stripe.com https']],
    [
      'from twilio.rest import Client\nClient(a, b).messages.create(to=x)',
      ['2 -> api.twilio.com https'],
    ],
    [
      "from openai import OpenAI\nOpenAI().chat.completions.create(model='x')\nOpenAI(base_url='http://a.example').chat.completions.create(model='x')",
      ['2 <> api.openai.com https', '3 <> a.example http'],
    ],
    [
      "import requests\nr = requests.Session().get('http://a.example')\nr.headers.get('no.example')\nr.json().get('no.example')",
      ['2 <- a.example http'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('databases', () => {
  test.each<[string, string[]]>([
    [
      "import pandas as pd\nfrom sqlalchemy import create_engine\na = create_engine('mysql+pymysql://u:p@a.example/x')\nb = create_engine('postgresql://b.example/x')\nrows = pd.read_sql('select * from t', a)\nrows.to_sql('u', b)",
      ['5 <- a.example mysql [t]', '6 -> b.example postgresql [u]'],
    ],
    [
      "from sqlalchemy import create_engine, text\nfrom sqlalchemy.engine import URL\ne = create_engine(URL.create('postgresql', username='u', password='p', host='a.example', port=5433, database='x'))\nwith e.connect() as c:\n  c.execute(text('insert into t values (1)'))",
      ['5 -> a.example:5433 postgresql [t]'],
    ],
    [
      "from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\ns = sessionmaker(bind=create_engine('mysql://a.example/x'))()\ns.add(order)",
      ['4 -> a.example mysql'],
    ],
    [
      "from pymongo import MongoClient\ndb = MongoClient('mongodb://u:p@a.example:27017')['shop']\ndb.orders.find({})\ndb['orders'].insert_one({})",
      ['3 <- a.example:27017 mongodb', '4 -> a.example:27017 mongodb'],
    ],
    [
      "import redis\nr = redis.from_url('redis://a.example:6379/0')\nr.get('k')\nr.publish('orders', 'x')",
      ['3 <- a.example:6379 redis [k]', '4 -> a.example:6379 redis [orders]'],
    ],
    [
      "from elasticsearch import Elasticsearch, helpers\nes = Elasticsearch(['http://a.example:9200'])\nes.search(index='orders')\nhelpers.bulk(es, rows)",
      ['3 <- a.example:9200 elasticsearch [orders]', '4 -> a.example:9200 elasticsearch'],
    ],
    [
      "from cassandra.cluster import Cluster\ns = Cluster(['a.example']).connect('ks')\ns.execute('select * from t')",
      ['3 <- a.example cassandra [t]'],
    ],
    [
      "import ldap3\nc = ldap3.Connection(ldap3.Server('ldap://a.example'), 'u', 'p')\nc.search('dc=x', '(x=y)')",
      ['3 <- a.example ldap'],
    ],
    [
      "import psycopg2\nfrom psycopg2.extras import execute_values\nc = psycopg2.connect(host='a.example').cursor()\nexecute_values(c, 'insert into t values %s', rows)",
      ['4 -> a.example postgresql [t]'],
    ],
    [
      "DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql', 'HOST': 'a.example', 'PORT': '3307'}, 'own': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}}",
      ['1 ?? a.example:3307 mysql'],
    ],
    [
      "app.config['SQLALCHEMY_DATABASE_URI'] = 'postgresql://u:p@a.example/x'\nCELERY_BROKER_URL = 'amqp://b.example'\nEMAIL_HOST = 'c.example'\nCACHES = {'default': {'LOCATION': 'redis://d.example:6379/1'}}",
      [
        '1 ?? a.example postgresql',
        '2 <> b.example amqp',
        '3 ?? c.example smtp',
        '4 ?? d.example:6379 redis',
      ],
    ],
    ['import sqlite3\nsqlite3.connect("x.db").execute("select 1 from t")', []],
    ["CACHES = {'default': {'BACKEND': 'x'}}\nEMAIL_HOST = None\nDATABASES = {}", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('brokers and devices', () => {
  test.each<[string, string[]]>([
    [
      "import pika\nc = pika.BlockingConnection(pika.ConnectionParameters(host='a.example')).channel()\nc.basic_publish(exchange='', routing_key='orders', body='x')\nc.basic_consume(queue='stock', on_message_callback=f)",
      ['3 -> a.example amqp [orders]', '4 <- a.example amqp [stock]'],
    ],
    [
      "import aio_pika\nasync def f():\n  c = await aio_pika.connect_robust('amqp://a.example')\n  ch = await c.channel()\n  await ch.default_exchange.publish(m, routing_key='orders')\n  q = await ch.declare_queue('stock')\n  await q.consume(g)",
      ['5 -> a.example amqp [orders]', '7 <- a.example amqp [stock]'],
    ],
    [
      "from confluent_kafka import Producer, Consumer\nProducer({'bootstrap.servers': 'a.example:9092,b.example:9092'}).produce('orders', b'')\nc = Consumer({'bootstrap.servers': 'b.example:9092'})\nc.subscribe(['stock'])",
      ['2 -> a.example:9092 kafka [orders]', '4 <- b.example:9092 kafka [stock]'],
    ],
    [
      "import nats\nasync def f():\n  nc = await nats.connect('nats://a.example:4222')\n  await nc.publish('orders', b'')",
      ['4 -> a.example:4222 nats [orders]'],
    ],
    [
      "import stomp\nc = stomp.Connection([('a.example', 61613)])\nc.connect('u', 'p', wait=True)\nc.send(body='x', destination='/queue/orders')",
      ['4 -> a.example stomp [/queue/orders]'],
    ],
    [
      "from celery import Celery\napp = Celery('x', broker='amqp://a.example')\n@app.task\ndef f(): pass\napp.send_task('orders.send')",
      ['5 -> a.example amqp [orders.send]'],
    ],
    [
      "from hl7.client import MLLPClient\nwith MLLPClient('a.example', 2575) as c:\n  c.send_message(m)",
      ['3 -> a.example mllp'],
    ],
    [
      "from pymodbus.client import ModbusTcpClient\nc = ModbusTcpClient('192.0.2.5', port=502)\nc.read_holding_registers(1)\nc.write_register(1, 2)",
      ['3 <- 192.0.2.5 modbus', '4 -> 192.0.2.5 modbus'],
    ],
    [
      "from opcua import Client\nc = Client('opc.tcp://a.example:4840')\nc.get_node('x').get_value()",
      ['3 <- a.example:4840 opc-ua'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('files and clouds', () => {
  test.each<[string, string[]]>([
    [
      "import boto3\ns3 = boto3.client('s3')\ns3.upload_file('a', 'bucket', 'k')\ns3.get_object(Bucket='other', Key='k')\nboto3.resource('s3').Bucket('third').upload_file('a', 'k')",
      [
        '3 -> s3.amazonaws.com s3 [bucket]',
        '4 <- s3.amazonaws.com s3 [other]',
        '5 -> s3.amazonaws.com s3 [third]',
      ],
    ],
    [
      "import boto3\nboto3.Session().client('s3', endpoint_url='http://a.example:9000').put_object(Bucket='b')",
      ['2 -> a.example:9000 s3 [b]'],
    ],
    [
      "import boto3\nsns = boto3.client('sns')\nsns.publish(TopicArn='arn:x:orders', Message='m')",
      ['3 -> sns.amazonaws.com sns [arn:x:orders]'],
    ],
    [
      "from google.cloud import storage, pubsub_v1\nstorage.Client().bucket('b').blob('k').upload_from_filename('f')\np = pubsub_v1.PublisherClient()\np.publish(p.topic_path('project', 'orders'), b'')",
      ['2 -> storage.googleapis.com gs [b]', '4 -> pubsub.googleapis.com pubsub [orders]'],
    ],
    [
      "from azure.storage.blob import BlobServiceClient\nBlobServiceClient(account_url='https://a.example').get_blob_client(container='c', blob='b').upload_blob(d)",
      ['2 -> a.example blob [c]'],
    ],
    [
      "import paramiko\nssh = paramiko.SSHClient()\nssh.connect('a.example')\nssh.exec_command('ls')\nssh.open_sftp().get('/out/x', 'x')",
      ['4 ?? a.example ssh', '5 <- a.example sftp [/out/x]'],
    ],
    [
      "from fabric import Connection\nc = Connection('a.example')\nc.put('x', '/in/x')\nc.run('ls')",
      ['3 -> a.example ssh [/in/x]', '4 ?? a.example ssh'],
    ],
    [
      "import pandas as pd\ndf = pd.read_csv('https://a.example/x.csv')\ndf.to_parquet('s3://lake/x.parquet')",
      ['2 <- a.example https', '3 -> lake s3'],
    ],
    [
      "import shutil\nshutil.copy('/tmp/x', r'\\\\a.example\\in\\x')\nopen('\\\\\\\\b.example\\\\in\\\\y')",
      ['2 -> a.example smb', '3 ?? b.example smb'],
    ],
    [
      "from sshtunnel import SSHTunnelForwarder\nSSHTunnelForwarder(('a.example', 22), remote_bind_address=('b.example', 5432))",
      ['2 ?? a.example ssh'],
    ],
    ["client = make('s3')\nclient.upload_file('a', 'bucket', 'k')", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});
