import { describe, expect, test } from 'vitest';
import { drawJava, drawJavaTypes } from './java-program.ts';

describe('brokers', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'RabbitMQ',
      ['com.rabbitmq.client.*'],
      'ConnectionFactory f = new ConnectionFactory();\nf.setHost("a.example");\nChannel c = f.newConnection().createChannel();\nc.basicPublish("orders", "new", null, body);\nc.basicPublish("", "queue1", null, body);\nc.basicConsume("queue2", true, (t, d) -> {}, t -> {});',
      [
        '6 -> a.example amqp [orders]',
        '7 -> a.example amqp [queue1]',
        '8 <- a.example amqp [queue2]',
      ],
    ],
    [
      'RabbitTemplate made from a factory',
      [
        'org.springframework.amqp.rabbit.connection.CachingConnectionFactory',
        'org.springframework.amqp.rabbit.core.RabbitTemplate',
      ],
      'RabbitTemplate t = new RabbitTemplate(new CachingConnectionFactory("a.example"));\nt.convertAndSend("orders", "new", order);\nt.receiveAndConvert("replies");',
      ['4 -> a.example amqp [orders]', '5 <- a.example amqp [replies]'],
    ],
    [
      'Kafka with properties',
      [
        'org.apache.kafka.clients.producer.*',
        'org.apache.kafka.clients.consumer.KafkaConsumer',
        'java.util.*',
      ],
      'Properties p = new Properties();\np.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "a.example:9092");\nnew KafkaProducer<String, String>(p).send(new ProducerRecord<>("orders", "x"));\nKafkaConsumer<String, String> c = new KafkaConsumer<>(p);\nc.subscribe(Collections.singletonList("stock"));',
      ['5 -> a.example:9092 kafka [orders]', '7 <- a.example:9092 kafka [stock]'],
    ],
    [
      'KafkaTemplate made from a factory made from a map',
      ['org.springframework.kafka.core.*', 'java.util.Map'],
      'Map<String, Object> m = Map.of("bootstrap.servers", "a.example:9092");\nnew KafkaTemplate<>(new DefaultKafkaProducerFactory<>(m)).send("orders", "x");',
      ['4 -> a.example:9092 kafka [orders]'],
    ],
    [
      'JMS of a session',
      ['javax.jms.*', 'org.apache.activemq.ActiveMQConnectionFactory'],
      'Session s = new ActiveMQConnectionFactory("tcp://a.example:61616").createConnection().createSession(false, 1);\nMessageProducer p = s.createProducer(s.createQueue("orders"));\np.send(s.createTextMessage("x"));\ns.createConsumer(s.createTopic("stock"));',
      ['4 -> a.example:61616 jms [orders]', '6 <- a.example:61616 jms [stock]'],
    ],
    [
      'IBM MQ',
      [
        'com.ibm.mq.jms.MQConnectionFactory',
        'com.ibm.msg.client.wmq.WMQConstants',
        'javax.jms.Session',
        'com.ibm.mq.MQEnvironment',
      ],
      'MQConnectionFactory f = new MQConnectionFactory();\nf.setStringProperty(WMQConstants.WMQ_HOST_NAME, "a.example");\nf.setStringProperty(WMQConstants.WMQ_CHANNEL, "C");\nSession s = f.createConnection().createSession();\ns.createProducer(s.createQueue("ORDERS.IN"));\nMQEnvironment.hostname = "b.example";',
      ['7 -> a.example mq [ORDERS.IN]', '1 ?? b.example mq'],
    ],
    [
      'MQTT',
      ['org.eclipse.paho.client.mqttv3.MqttClient', 'com.hivemq.client.mqtt.mqtt5.Mqtt5Client'],
      'MqttClient c = new MqttClient("tcp://a.example:1883", id);\nc.publish("temp", null);\nc.subscribe("cmd/#");\nMqtt5Client.builder().serverHost("b.example").buildBlocking().publishWith();',
      [
        '4 -> a.example:1883 mqtt [temp]',
        '5 <- a.example:1883 mqtt [cmd/#]',
        '6 -> b.example mqtt',
      ],
    ],
    [
      'NATS',
      ['io.nats.client.*'],
      'Connection c = Nats.connect("nats://a.example:4222");\nc.publish("orders", body);\nc.createDispatcher(m -> {}).subscribe("stock");',
      ['4 -> a.example:4222 nats [orders]', '5 <- a.example:4222 nats [stock]'],
    ],
    [
      'Pulsar',
      ['org.apache.pulsar.client.api.PulsarClient'],
      'PulsarClient c = PulsarClient.builder().serviceUrl("pulsar://a.example:6650").build();\nc.newProducer().topic("orders").create();',
      ['4 -> a.example:6650 pulsar'],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect(await drawJava(imports, code)).toEqual(expected);
  });
});

describe('brokers that the settings name', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'injected templates',
      [
        'org.springframework.amqp.rabbit.core.RabbitTemplate',
        'org.springframework.kafka.core.KafkaTemplate',
        'org.springframework.jms.core.JmsTemplate',
        'org.springframework.cloud.stream.function.StreamBridge',
      ],
      'class X {\nfinal KafkaTemplate<String, String> kafka; final RabbitTemplate rabbit; JmsTemplate jms; StreamBridge bridge;\nvoid x() {\nkafka.send("orders", "x");\nrabbit.convertAndSend("orders", "new", y);\njms.convertAndSend("orders", y);\nbridge.send("orders-out-0", y);\n} }',
      ['5 unresolved', '6 unresolved', '7 unresolved', '8 unresolved'],
    ],
    [
      'listeners',
      [
        'org.springframework.amqp.rabbit.annotation.*',
        'org.springframework.kafka.annotation.KafkaListener',
        'org.springframework.jms.annotation.JmsListener',
        'javax.ejb.*',
      ],
      '@MessageDriven(activationConfig = {@ActivationConfigProperty(propertyName = "destination", propertyValue = "queue/in")})\nclass X {\n@KafkaListener(topics = {"a", "b"}) void a(String s) {}\n@RabbitListener(queues = "q") void b(String s) {}\n@JmsListener(destination = "d") void c(String s) {}\n}',
      ['2 unresolved', '4 unresolved', '4 unresolved', '5 unresolved', '6 unresolved'],
    ],
    [
      'channels of MicroProfile',
      ['org.eclipse.microprofile.reactive.messaging.*'],
      'class X {\n@Channel("out") Emitter<String> e;\n@Incoming("in") void in(String s) {}\n}',
      ['3 unresolved', '4 unresolved'],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect(await drawJavaTypes(imports, code)).toEqual(expected);
  });
});
