import { expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const head = 'package main\nimport ("net/http"; "github.com/IBM/sarama"; "example.org/own")\n';

test('what is sent into the channel of a producer goes to its topic', async () => {
  const code = `func f() {
  p, _ := sarama.NewAsyncProducer([]string{"kafka.example:9092"}, nil)
  p.Input() <- &sarama.ProducerMessage{Topic: "orders"}
  done <- true
}`;
  expect(await drawScript('a.go', head + code)).toEqual(['5 -> kafka.example:9092 kafka [orders]']);
});

test('a field keeps its declared client where a function of another file makes it', async () => {
  const code = `type shop struct {
  Events sarama.AsyncProducer
}
func main() {
  s := new(shop)
  s.Events, _ = own.Connect()
  s.send()
}
func (s *shop) send() {
  s.Events.Input() <- &sarama.ProducerMessage{Topic: "orders"}
}`;
  expect(await drawScript('a.go', head + code)).toEqual(['12 unresolved']);
});

test('the header of an answer or of a request is no exchange', async () => {
  const code = `func f() {
  request, _ := http.NewRequest("POST", "http://erp.example/orders", nil)
  request.Header.Set("A", "b")
  answer, _ := http.DefaultClient.Do(request)
  id := answer.Header.Get("X-Id")
  c := &http.Client{}
  other, _ := c.Do(request)
  id = other.Header.Get("X-Id")
}`;
  expect(await drawScript('a.go', head + code)).toEqual(['4 -> erp.example http']);
});
