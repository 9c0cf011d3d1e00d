import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('Program.cs', `${text}\n`);

describe('brokers and buses', () => {
  test.each<[string, string[]]>([
    [
      'using RabbitMQ.Client;\nvar f = new ConnectionFactory { HostName = "mq.example" };\nusing var c = f.CreateConnection();\nusing var ch = c.CreateModel();\nch.BasicPublish("orders", "new", null, body);\nch.BasicConsume("stock", true, consumer);',
      ['5 -> mq.example amqp [orders]', '6 <- mq.example amqp [stock]'],
    ],
    [
      'using RabbitMQ.Client;\nvar f = new ConnectionFactory();\nf.Uri = new Uri("amqps://mq.example:5671/v");\nvar ch = await (await f.CreateConnectionAsync()).CreateChannelAsync();\nawait ch.BasicPublishAsync(exchange: string.Empty, routingKey: "jobs", body: body);',
      ['5 -> mq.example:5671 amqp [jobs]'],
    ],
    [
      'using RabbitMQ.Client;\nvar ch = new ConnectionFactory { HostName = "mq.example" }.CreateConnection().CreateModel();\nch.BasicPublish("", "jobs", null, body);\nch.QueueBind("q", "orders", "#");',
      ['3 -> mq.example amqp [jobs]', '4 <- mq.example amqp [orders]'],
    ],
    [
      'x.UsingRabbitMq((context, cfg) => {\n  cfg.Host("rabbitmq://mq.example/");\n  cfg.ReceiveEndpoint("orders", e => { });\n});',
      ['3 <- mq.example amqp [orders]'],
    ],
    [
      'x.UsingRabbitMq((context, cfg) => cfg.Host("mq.example", "/", h => { }));',
      ['1 ?? mq.example amqp'],
    ],
    [
      'x.UsingAzureServiceBus((c, cfg) => { cfg.Host("Endpoint=sb://a.servicebus.windows.net/;SharedAccessKey=abc"); });',
      ['1 ?? a.servicebus.windows.net amqp'],
    ],
    [
      'x.UsingKafka((c, k) => {\n  k.Host("kafka.example:9092");\n  k.TopicEndpoint<Order>("orders", "g", e => { });\n});',
      ['3 <- kafka.example:9092 kafka [orders]'],
    ],
    [
      'using Confluent.Kafka;\nvar cfg = new ProducerConfig { BootstrapServers = "kafka.example:9092" };\nusing var p = new ProducerBuilder<Null, string>(cfg).Build();\nawait p.ProduceAsync("orders", m);',
      ['4 -> kafka.example:9092 kafka [orders]'],
    ],
    [
      'using Confluent.Kafka;\nvar cfg = new ConsumerConfig { BootstrapServers = "a.example:9092,b.example:9092", GroupId = "g" };\nusing var c = new ConsumerBuilder<Ignore, string>(cfg).Build();\nc.Subscribe(new[] { "orders" });',
      ['4 <- a.example:9092 kafka [orders]'],
    ],
    [
      'using EasyNetQ;\nvar bus = RabbitHutch.CreateBus("host=mq.example;username=u;password=p");\nawait bus.PubSub.PublishAsync(new OrderPlaced());\nawait bus.PubSub.SubscribeAsync<OrderShipped>("s", h);',
      ['3 -> mq.example amqp [OrderPlaced]', '4 <- mq.example amqp [OrderShipped]'],
    ],
    [
      'using NATS.Client;\nvar c = new ConnectionFactory().CreateConnection("nats://nats.example:4222");\nc.Publish("orders", data);\nc.SubscribeAsync("stock");',
      ['3 -> nats.example:4222 nats [orders]', '4 <- nats.example:4222 nats [stock]'],
    ],
    [
      'using NATS.Client.Core;\nawait using var c = new NatsConnection(new NatsOpts { Url = "nats://nats.example:4222" });\nawait c.PublishAsync("orders", o);',
      ['3 -> nats.example:4222 nats [orders]'],
    ],
    [
      'using MQTTnet;\nusing MQTTnet.Client;\nvar c = new MqttFactory().CreateMqttClient();\nvar o = new MqttClientOptionsBuilder().WithTcpServer("mqtt.example", 1883).Build();\nawait c.ConnectAsync(o, ct);\nvar m = new MqttApplicationMessageBuilder().WithTopic("plant/1").WithPayload(p).Build();\nawait c.PublishAsync(m, ct);',
      ['7 -> mqtt.example mqtt [plant/1]'],
    ],
    ['services.AddCap(x => {\n  x.UseRabbitMQ("mq.example");\n});', ['2 ?? mq.example amqp']],
    [
      'using Dapr.Client;\nvar c = new DaprClientBuilder().Build();\nvar o = await c.InvokeMethodAsync<Order>(HttpMethod.Get, "orders-api", "orders/1");\nawait c.PublishEventAsync("pubsub", "placed", e);\nawait c.SaveStateAsync("statestore", "k", v);\nvar s = await c.GetStateAsync<X>("statestore", "k");',
      [
        '3 <- orders-api http [orders/1]',
        '5 -> statestore http',
        '6 <- statestore http',
        '4 -> pubsub messaging [placed]',
      ],
    ],
    [
      'using Dapr;\nclass C {\n  [Topic("pubsub", "placed")]\n  public void On(Order o) { }\n  [Dapr.TopicAttribute("pubsub", "paid")]\n  public void Paid(Order o) { }\n}',
      ['3 <- pubsub messaging [placed]', '5 <- pubsub messaging [paid]'],
    ],
    // .NET Aspire
    ['builder.AddRabbitMQClient("eventbus");', ['1 ?? eventbus amqp']],
    ['builder.AddKafkaProducer<string, string>("kafka");', ['1 -> kafka kafka']],
    ['builder.AddKafkaConsumer<string, string>("kafka", o => { });', ['1 <- kafka kafka']],
    ['builder.AddAzureServiceBusClient("bus");', ['1 ?? bus amqp']],
    ['builder.AddNatsClient("nats");', ['1 ?? nats nats']],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });
});

describe('events whose broker another file names', () => {
  test.each<[string, string]>([
    [
      'class C(IEventBus bus) { public Task Run() => bus.PublishAsync(new OrderPlaced(1)); }',
      '1 unresolved',
    ],
    [
      'using MassTransit;\nclass C(IPublishEndpoint bus) {\n  public Task Run() => bus.Publish<OrderPlaced>(new { });\n}',
      '3 unresolved',
    ],
    ['using MassTransit;\nclass C : IConsumer<OrderPlaced> { }', '2 unresolved'],
    ['using NServiceBus;\nclass C : IHandleMessages<OrderPlaced> { }', '2 unresolved'],
    ['class C : IIntegrationEventHandler<OrderPlaced> { }', '1 unresolved'],
    ['builder.AddEventBus().AddSubscription<OrderPlaced, Handler>();', '1 unresolved'],
    [
      'using DotNetCore.CAP;\nclass C {\n  [CapSubscribe("placed")]\n  public void On(Order o) { }\n}',
      '3 unresolved',
    ],
    [
      'using Rebus.Bus;\nclass C {\n  private readonly IBus _bus;\n  public C(IBus bus) { _bus = bus; }\n  Task Run() => _bus.Send(new OrderPlaced());\n}',
      '5 unresolved',
    ],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual([expected]);
  });
});

describe('what is no messaging', () => {
  test.each([
    'var f = new ConnectionFactory { HostName = "mq.example" };\nf.CreateConnection();',
    'class ProducerConfig { public string BootstrapServers; }\nvar c = new ProducerConfig { BootstrapServers = "a.example:9092" };',
    'mediator.Publish(new OrderPlaced());\nmediator.Send(new PlaceOrder());',
    'class C : IConsumer { }\nclass D : INotificationHandler<OrderPlaced> { }',
    'using Dapr;\nclass C { [Own.Topic("pubsub", "placed")] public void On(Order o) { } }',
    'using Dapr;\nclass TopicAttribute : Attribute { }\nclass C { [Topic("pubsub", "placed")] public void On(Order o) { } }',
    'class C { [Topic] public string T; }',
    'var b = new ProducerBuilder<Null, string>(cfg).Build();',
    'bus.Publish(new OrderPlaced());',
    'channel.BasicPublish("orders", "new", null, body);',
    '// cfg.Host("rabbitmq://mq.example");',
    'hub.Host("mq.example");',
    'var c = new MqttFactory();\nc.ConnectAsync("mqtt.example");',
    'var c = new NatsConnection("nats://nats.example");\nc.PublishAsync("x");',
    'list.Subscribe("orders");\nqueue.SubscribeAsync<Order>("x");',
  ])('%s', async (code) => {
    expect(await draw(code)).toEqual([]);
  });
});
