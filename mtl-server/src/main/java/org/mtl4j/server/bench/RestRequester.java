package org.mtl4j.server.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Sends rows as JSON over HTTP/1.1, a connection for each request under way. */
public final class RestRequester implements Requester {
  private final ClientFactory connections = ClientFactory.builder().build();
  private final WebClient client;
  private final RequestHeaders headers;
  private final List<HttpData> bodies;

  /**
   * To a server on this machine.
   *
   * @param port REST's
   * @param model its name
   * @param requests what is asked; written out once, here
   */
  public RestRequester(int port, String model, BenchRequests requests) {
    this.client =
        WebClient.builder("h1c://127.0.0.1:" + port)
            .factory(connections)
            .responseTimeout(GrpcRequester.PATIENCE)
            .maxResponseLength(0)
            .build();
    this.headers =
        RequestHeaders.of(
            HttpMethod.POST,
            "/v1/models/" + model + ":predict",
            "content-type",
            MediaType.JSON.toString());
    this.bodies =
        IntStream.range(0, requests.requests().size())
            .mapToObj(number -> HttpData.wrap(body(requests.raw(number))))
            .toList();
  }

  /** {"instances": [{column: value, ...}, ...]}. */
  private static byte[] body(List<Map<String, Object>> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("instances");
      for (Map<String, Object> row : rows) {
        json.writeStartObject();
        for (Map.Entry<String, Object> value : row.entrySet()) {
          json.writeFieldName(value.getKey());
          if (value.getValue() instanceof String text) {
            json.writeString(text);
          } else {
            json.writeNumber(value.getValue().toString());
          }
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public CompletableFuture<Outcome> send(int number) {
    return client
        .execute(HttpRequest.of(headers, bodies.get(number % bodies.size())))
        .aggregate()
        .handle(RestRequester::outcome);
  }

  private static Outcome outcome(AggregatedHttpResponse answer, Throwable failure) {
    if (failure != null) {
      return failure instanceof UnprocessedRequestException ? Outcome.UNSENT : Outcome.FAILED;
    }
    if (answer.status().equals(HttpStatus.OK)) {
      return Outcome.ANSWERED;
    }
    return answer.status().equals(HttpStatus.TOO_MANY_REQUESTS) ? Outcome.REFUSED : Outcome.FAILED;
  }

  @Override
  public void close() {
    connections.close();
  }
}
