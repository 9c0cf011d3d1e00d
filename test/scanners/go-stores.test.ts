import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

/** A file with these imports, whose `main` holds the statements; they begin on line 3. */
const draw = (imports: string[], statements: string): Promise<string[]> =>
  drawScript(
    'a.go',
    `package main; import (${imports.map((path) => `"${path}"`).join('; ')})\nfunc main() {\n${statements}\n}\n`,
  );

describe('databases', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'database/sql with PostgreSQL',
      ['database/sql'],
      'db, err := sql.Open("postgres", "postgres://u:secret@a.example:5432/shop")\nrows, err := db.Query("SELECT * FROM orders")\ndb.ExecContext(ctx, "INSERT INTO stock VALUES (1)")',
      ['4 <- a.example:5432 postgresql [orders]', '5 -> a.example:5432 postgresql [stock]'],
    ],
    [
      'database/sql with MySQL',
      ['database/sql'],
      'db, _ := sql.Open("mysql", "u:secret@tcp(a.example:3306)/shop?parseTime=true")\nstmt, _ := db.Prepare("UPDATE stock SET a = ?")\nstmt.Exec("x")',
      ['5 -> a.example:3306 mysql [stock]'],
    ],
    [
      'database/sql with SQL Server',
      ['database/sql'],
      'db, _ := sql.Open("sqlserver", "sqlserver://u:p@a.example:1433?database=x")\ndb.QueryRow("select 1 from t")',
      ['4 <- a.example:1433 mssql [t]'],
    ],
    [
      'database/sql with Oracle',
      ['database/sql'],
      'sql.Open("godror", "scott/tiger@a.example:1521/X")',
      ['3 ?? a.example:1521 oracle'],
    ],
    [
      'sqlx',
      ['github.com/jmoiron/sqlx'],
      'db := sqlx.MustConnect("pgx", "host=a.example user=u dbname=x")\ndb.Select(&rows, "select * from orders")',
      ['4 <- a.example postgresql [orders]'],
    ],
    [
      'gorm',
      ['gorm.io/gorm', 'gorm.io/driver/postgres'],
      'db, err := gorm.Open(postgres.Open("host=a.example user=u"), &gorm.Config{})\ndb.Table("orders").Create(&o)\ndb.Where("id = ?", 1).Find(&os)',
      ['4 -> a.example postgresql [orders]', '5 <- a.example postgresql'],
    ],
    [
      'gorm with a configured driver',
      ['gorm.io/gorm', 'gorm.io/driver/mysql'],
      'db, err := gorm.Open(mysql.New(mysql.Config{DSN: "u:p@tcp(a.example:3306)/x"}), &gorm.Config{})\ndb.Save(&o)',
      ['4 -> a.example:3306 mysql'],
    ],
    [
      'pgx',
      ['github.com/jackc/pgx/v5'],
      'c, err := pgx.Connect(ctx, "postgres://a.example/x")\nc.Query(ctx, "select * from t")\nc.CopyFrom(ctx, pgx.Identifier{"u"}, cols, src)',
      ['4 <- a.example postgresql [t]', '5 -> a.example postgresql [u]'],
    ],
    [
      'pgxpool',
      ['github.com/jackc/pgx/v5/pgxpool'],
      'p, err := pgxpool.New(ctx, "postgres://a.example/x")\np.Exec(ctx, "update t set a=1")',
      ['4 -> a.example postgresql [t]'],
    ],
    [
      'MongoDB',
      ['go.mongodb.org/mongo-driver/mongo', 'go.mongodb.org/mongo-driver/mongo/options'],
      'c, err := mongo.Connect(ctx, options.Client().ApplyURI("mongodb://a.example:27017"))\norders := c.Database("x").Collection("orders")\norders.InsertOne(ctx, o)\norders.Find(ctx, q)',
      ['5 -> a.example:27017 mongodb [orders]', '6 <- a.example:27017 mongodb [orders]'],
    ],
    [
      'mgo',
      ['gopkg.in/mgo.v2'],
      's, err := mgo.Dial("a.example")\ns.DB("x").C("orders").Insert(o)',
      ['4 -> a.example mongodb [orders]'],
    ],
    [
      'Redis',
      ['github.com/redis/go-redis/v9'],
      'r := redis.NewClient(&redis.Options{Addr: "a.example:6379"})\nr.Set(ctx, "k", v, 0)\nr.Get(ctx, "k")\nr.Publish(ctx, "events", m)',
      [
        '4 -> a.example:6379 redis',
        '5 <- a.example:6379 redis',
        '6 -> a.example:6379 redis [events]',
      ],
    ],
    [
      'redigo in a pool',
      ['github.com/gomodule/redigo/redis'],
      'p := &redis.Pool{Dial: func() (redis.Conn, error) { return redis.Dial("tcp", "a.example:6379") }}',
      ['3 ?? a.example:6379 redis'],
    ],
    [
      'Elasticsearch',
      ['github.com/elastic/go-elasticsearch/v8'],
      'es, err := elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{"http://a.example:9200"}})\nes.Index("orders", body)',
      ['4 -> a.example:9200 elasticsearch'],
    ],
    [
      'olivere’s Elasticsearch client',
      ['github.com/olivere/elastic/v7'],
      'es, err := elastic.NewClient(elastic.SetURL("http://a.example:9200"))\nes.Search("orders").Do(ctx)',
      ['4 <- a.example:9200 elasticsearch'],
    ],
    [
      'Cassandra',
      ['github.com/gocql/gocql'],
      'cluster := gocql.NewCluster("a.example")\ns, _ := cluster.CreateSession()\ns.Query("SELECT a FROM t").Exec()',
      ['5 <- a.example cassandra [t]'],
    ],
    [
      'Neo4j',
      ['github.com/neo4j/neo4j-go-driver/v5/neo4j'],
      'neo4j.NewDriverWithContext("neo4j://a.example", auth)',
      ['3 ?? a.example neo4j'],
    ],
    [
      'InfluxDB',
      ['github.com/influxdata/influxdb-client-go/v2'],
      'c := influxdb2.NewClient("http://a.example:8086", token)\nc.WriteAPI("o", "b").WritePoint(p)',
      ['4 -> a.example:8086 influxdb'],
    ],
    [
      'memcached',
      ['github.com/bradfitz/gomemcache/memcache'],
      'mc := memcache.New("a.example:11211")\nmc.Set(&memcache.Item{Key: "k"})',
      ['4 -> a.example:11211 memcached'],
    ],
    [
      'ClickHouse',
      ['github.com/ClickHouse/clickhouse-go/v2'],
      'c, err := clickhouse.Open(&clickhouse.Options{Addr: []string{"a.example:9000"}})\nc.Exec(ctx, "INSERT INTO t VALUES (1)")',
      ['4 -> a.example:9000 clickhouse [t]'],
    ],
  ])('%s', async (_, imports, statements, expected) => {
    expect(await draw(imports, statements)).toEqual(expected);
  });

  test.each<[string, string[], string]>([
    [
      'a database in a file',
      ['database/sql'],
      'db, _ := sql.Open("sqlite3", "./x.db")\ndb.Query("select 1 from t")',
    ],
    ['a package of one’s own', ['acme/sql'], 'sql.Open("postgres", "postgres://no.example")'],
    ['options alone', ['github.com/redis/go-redis/v9'], 'o := &redis.Options{Addr: "no.example"}'],
    ['a cache of one’s own', ['acme/cache'], 'c := cache.New("no.example")\nc.Get(ctx, "k")'],
    ['a statement without a database', [], 's := "select * from t"'],
    ['no import', [], 'pgx.Connect(ctx, "postgres://no.example")\nmongo.Connect(ctx, o)'],
  ])('no connection: %s', async (_, imports, statements) => {
    expect(await draw(imports, statements)).toEqual([]);
  });
});

describe('brokers', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'RabbitMQ',
      ['github.com/rabbitmq/amqp091-go'],
      'c, err := amqp091.Dial("amqp://u:p@a.example:5672/")\nch, err := c.Channel()\nch.PublishWithContext(ctx, "orders", "new", false, false, m)\nch.Consume("stock", "", true)',
      ['5 -> a.example:5672 amqp [orders]', '6 <- a.example:5672 amqp [stock]'],
    ],
    [
      'streadway’s RabbitMQ client',
      ['github.com/streadway/amqp'],
      'c, _ := amqp.Dial("amqp://a.example")\nch, _ := c.Channel()\nch.Publish("", "stock", false, false, m)',
      ['5 -> a.example amqp [stock]'],
    ],
    [
      'sarama',
      ['github.com/IBM/sarama'],
      'p, err := sarama.NewSyncProducer([]string{"a.example:9092"}, nil)\np.SendMessage(&sarama.ProducerMessage{Topic: "orders"})\ng, err := sarama.NewConsumerGroup([]string{"a.example:9092"}, "g", nil)\ng.Consume(ctx, []string{"stock"}, h)',
      ['4 -> a.example:9092 kafka [orders]', '6 <- a.example:9092 kafka [stock]'],
    ],
    [
      'kafka-go',
      ['github.com/segmentio/kafka-go'],
      'w := &kafka.Writer{Addr: kafka.TCP("a.example:9092"), Topic: "orders"}\nw.WriteMessages(ctx, kafka.Message{Value: v})\nkafka.NewReader(kafka.ReaderConfig{Brokers: []string{"a.example:9092"}, Topic: "stock"})',
      ['4 -> a.example:9092 kafka [orders]', '5 <- a.example:9092 kafka [stock]'],
    ],
    [
      'confluent-kafka-go',
      ['github.com/confluentinc/confluent-kafka-go/v2/kafka'],
      'c, err := kafka.NewConsumer(&kafka.ConfigMap{"bootstrap.servers": "a.example:9092"})\nc.SubscribeTopics([]string{"stock"}, nil)',
      ['4 <- a.example:9092 kafka [stock]'],
    ],
    [
      'franz-go',
      ['github.com/twmb/franz-go/pkg/kgo'],
      'c, err := kgo.NewClient(kgo.SeedBrokers("a.example:9092"))\nc.ProduceSync(ctx, &kgo.Record{Topic: "orders"})',
      ['4 -> a.example:9092 kafka [orders]'],
    ],
    [
      'NATS',
      ['github.com/nats-io/nats.go'],
      'n, err := nats.Connect("nats://a.example:4222")\nn.Publish("orders", b)\nn.QueueSubscribe("stock", "q", func(m *nats.Msg) {})',
      ['4 -> a.example:4222 nats [orders]', '5 <- a.example:4222 nats [stock]'],
    ],
    [
      'MQTT',
      ['github.com/eclipse/paho.mqtt.golang'],
      'o := mqtt.NewClientOptions().AddBroker("tcp://a.example:1883")\nc := mqtt.NewClient(o)\nc.Publish("a/b", 0, false, "x")\nc.Subscribe("c/d", 0, nil)',
      ['5 -> a.example:1883 mqtt [a/b]', '6 <- a.example:1883 mqtt [c/d]'],
    ],
    [
      'NSQ',
      ['github.com/nsqio/go-nsq'],
      'p, err := nsq.NewProducer("a.example:4150", cfg)\np.Publish("orders", b)\nc, err := nsq.NewConsumer("stock", "ch", cfg)\nc.ConnectToNSQLookupd("b.example:4161")',
      ['4 -> a.example:4150 nsq [orders]', '6 <- b.example:4161 nsq [stock]'],
    ],
    [
      'STOMP',
      ['github.com/go-stomp/stomp/v3'],
      'c, err := stomp.Dial("tcp", "a.example:61613")\nc.Send("/queue/orders", "text/plain", b)',
      ['4 -> a.example:61613 stomp [/queue/orders]'],
    ],
  ])('%s', async (_, imports, statements, expected) => {
    expect(await draw(imports, statements)).toEqual(expected);
  });

  test.each<[string, string[], string]>([
    ['a writer of another package', ['bufio'], 'w := bufio.NewWriter(f)\nw.WriteMessages(m)'],
    ['a bus inside the program', ['acme/bus'], 'b := bus.New()\nb.Publish("orders", m)'],
    ['a message alone', ['github.com/IBM/sarama'], 'm := &sarama.ProducerMessage{Topic: "orders"}'],
    ['a channel of the language', [], 'ch := make(chan string)\nch <- "amqp://no.example"'],
  ])('no connection: %s', async (_, imports, statements) => {
    expect(await draw(imports, statements)).toEqual([]);
  });
});

describe('cloud services', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'S3, second version',
      ['github.com/aws/aws-sdk-go-v2/service/s3', 'github.com/aws/aws-sdk-go-v2/aws'],
      'c := s3.NewFromConfig(cfg)\nc.PutObject(ctx, &s3.PutObjectInput{Bucket: aws.String("reports")})',
      ['4 -> s3.amazonaws.com s3 [reports]'],
    ],
    [
      'S3, first version',
      ['github.com/aws/aws-sdk-go/service/s3', 'github.com/aws/aws-sdk-go/aws'],
      'c := s3.New(session)\nc.GetObject(&s3.GetObjectInput{Bucket: aws.String("reports")})',
      ['4 <- s3.amazonaws.com s3 [reports]'],
    ],
    [
      'S3’s uploader',
      [
        'github.com/aws/aws-sdk-go-v2/feature/s3/manager',
        'github.com/aws/aws-sdk-go-v2/service/s3',
      ],
      'u := manager.NewUploader(client)\nu.Upload(ctx, &s3.PutObjectInput{Bucket: &bucket})',
      ['4 -> s3.amazonaws.com s3'],
    ],
    [
      'SQS and SNS',
      ['github.com/aws/aws-sdk-go-v2/service/sqs', 'github.com/aws/aws-sdk-go-v2/service/sns'],
      'q := sqs.NewFromConfig(cfg)\nq.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{})\nsns.NewFromConfig(cfg).Publish(ctx, &sns.PublishInput{})',
      ['4 <- sqs.amazonaws.com sqs', '5 -> sns.amazonaws.com sns'],
    ],
    [
      'DynamoDB',
      ['github.com/aws/aws-sdk-go-v2/service/dynamodb'],
      'd := dynamodb.NewFromConfig(cfg)\nd.PutItem(ctx, &dynamodb.PutItemInput{})',
      ['4 -> dynamodb.amazonaws.com dynamodb'],
    ],
    [
      'MinIO',
      ['github.com/minio/minio-go/v7'],
      'm, err := minio.New("a.example:9000", &minio.Options{})\nm.FPutObject(ctx, "reports", "a", "a")',
      ['4 -> a.example:9000 s3 [reports]'],
    ],
    [
      'Cloud Storage',
      ['cloud.google.com/go/storage'],
      'c, err := storage.NewClient(ctx)\nc.Bucket("reports").Object("a").NewWriter(ctx)',
      ['4 -> storage.googleapis.com gs [reports]'],
    ],
    [
      'Pub/Sub',
      ['cloud.google.com/go/pubsub'],
      'c, err := pubsub.NewClient(ctx, "p")\nt := c.Topic("orders")\nt.Publish(ctx, &pubsub.Message{})\nc.Subscription("stock").Receive(ctx, func() {})',
      ['5 -> pubsub.googleapis.com pubsub [orders]', '6 <- pubsub.googleapis.com pubsub [stock]'],
    ],
    [
      'Spanner, Firestore and BigQuery',
      [
        'cloud.google.com/go/spanner',
        'cloud.google.com/go/firestore',
        'cloud.google.com/go/bigquery',
      ],
      's, _ := spanner.NewClient(ctx, "db")\ns.Apply(ctx, ms)\nf, _ := firestore.NewClient(ctx, "p")\nf.Collection("orders").Doc("1").Get(ctx)\nb, _ := bigquery.NewClient(ctx, "p")\nb.Query("select a from t").Read(ctx)',
      [
        '4 -> spanner.googleapis.com spanner',
        '6 <- firestore.googleapis.com firestore [orders]',
        '8 <- bigquery.googleapis.com bigquery [t]',
      ],
    ],
    [
      'Azure',
      [
        'github.com/Azure/azure-sdk-for-go/sdk/storage/azblob',
        'github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus',
      ],
      'c, _ := azblob.NewClient("https://acme.blob.core.windows.net", cred, nil)\nc.UploadFile(ctx, "reports", "a", f, nil)\nb, _ := azservicebus.NewClient("acme.servicebus.windows.net", cred, nil)\ns, _ := b.NewSender("orders", nil)\ns.SendMessage(ctx, m, nil)',
      [
        '4 -> acme.blob.core.windows.net blob [reports]',
        '7 -> acme.servicebus.windows.net amqp [orders]',
      ],
    ],
    [
      'services with one address',
      [
        'github.com/slack-go/slack',
        'github.com/sendgrid/sendgrid-go',
        'github.com/sashabaranov/go-openai',
      ],
      'slack.New(t).PostMessage("ops", m)\nsendgrid.NewSendClient(k).Send(m)\nopenai.NewClient(k).CreateEmbeddings(ctx, r)',
      ['3 -> slack.com https [ops]', '4 -> api.sendgrid.com https', '5 <> api.openai.com https'],
    ],
  ])('%s', async (_, imports, statements, expected) => {
    expect(await draw(imports, statements)).toEqual(expected);
  });

  test.each<[string, string[], string]>([
    ['a client that is only declared', ['cloud.google.com/go/storage'], 'var c *storage.Client'],
    ['a package of one’s own', ['acme/s3'], 'c := s3.New(x)\nc.PutObject(ctx, in)'],
    ['its name alone', [], 's := "s3.amazonaws.com"'],
  ])('no connection: %s', async (_, imports, statements) => {
    expect(await draw(imports, statements)).toEqual([]);
  });
});
