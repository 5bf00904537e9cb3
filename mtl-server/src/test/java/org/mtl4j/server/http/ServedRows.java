package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.wiring.ModelServer;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.Predict;

/** What a server answers for rows, by each of its ways, a number an output and row. */
final class ServedRows {
  private static final int BLOCK = 500;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final ModelServer server;
  private final String model;
  private final List<String> outputs;
  private final HttpClient client = HttpClient.newHttpClient();

  ServedRows(ModelServer server, String model, List<String> outputs) {
    this.server = server;
    this.model = model;
    this.outputs = outputs;
  }

  private static String object(Map<String, Object> row, String notANumber) {
    return row.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\": " + json(entry.getValue(), notANumber))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String json(Object value, String notANumber) {
    if (value instanceof Double number) {
      return number.isNaN() ? notANumber : String.valueOf(number);
    }
    return "\""
        + String.valueOf(JsonStringEncoder.getInstance().quoteAsString((String) value))
        + "\"";
  }

  private String post(String call, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + server.restPort() + "/v1/models/" + model + ":" + call))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      return reply.body();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks block after block. */
  private Map<String, float[]> blocks(List<Map<String, Object>> rows, Ask ask) throws IOException {
    Map<String, List<Float>> all = new LinkedHashMap<>();
    for (int from = 0; from < rows.size(); from += BLOCK) {
      ask.of(rows.subList(from, Math.min(from + BLOCK, rows.size())))
          .forEach(
              (output, values) ->
                  all.computeIfAbsent(output, name -> new ArrayList<>()).addAll(values));
    }
    return arrays(all);
  }

  @FunctionalInterface
  private interface Ask {
    Map<String, List<Float>> of(List<Map<String, Object>> rows) throws IOException;
  }

  private static Map<String, float[]> arrays(Map<String, List<Float>> lists) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    lists.forEach(
        (output, values) -> {
          float[] array = new float[values.size()];
          IntStream.range(0, array.length).forEach(i -> array[i] = values.get(i));
          arrays.put(output, array);
        });
    return arrays;
  }

  /** The numbers behind each of the outputs' names, in their order. */
  private Map<String, List<Float>> numbers(String reply) throws IOException {
    Map<String, List<Float>> found = new LinkedHashMap<>();
    outputs.forEach(output -> found.put(output, new ArrayList<>()));
    try (JsonParser parser = JSON.createParser(reply)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String name = name(parser);
        if (token.isNumeric() && found.containsKey(name)) {
          found.get(name).add(Float.parseFloat(parser.getText()));
        }
      }
    }
    return found;
  }

  /** Of lists, the name of the outermost. */
  private static String name(JsonParser parser) {
    var context = parser.getParsingContext();
    while (context != null && context.inArray()) {
      context = context.getParent();
    }
    return context == null ? null : context.getCurrentName();
  }

  Map<String, float[]> byRows(List<Map<String, Object>> rows) throws IOException {
    return blocks(
        rows,
        some ->
            numbers(
                post(
                    "predict",
                    some.stream()
                        .map(row -> object(row, "NaN"))
                        .collect(Collectors.joining(", ", "{\"instances\": [", "]}")))));
  }

  Map<String, float[]> byColumns(List<Map<String, Object>> rows) throws IOException {
    return blocks(
        rows,
        some ->
            numbers(
                post(
                    "predict",
                    some.get(0).keySet().stream()
                        .map(name -> "\"" + name + "\": " + column(some, name))
                        .collect(Collectors.joining(", ", "{\"inputs\": {", "}}")))));
  }

  private static String column(List<Map<String, Object>> rows, String name) {
    return rows.stream()
        .map(row -> json(row.get(name), "NaN"))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  Map<String, float[]> byGrpc(List<Map<String, Object>> rows) throws IOException {
    SortedMap<String, TensorSpec> inputs;
    try (Lease lease = server.models().lease(ModelAddress.latest(model))) {
      inputs = lease.servable().signatures().get(Signature.DEFAULT).inputs();
    }
    try (StockClient stock = new StockClient(server.grpcPort())) {
      return blocks(
          rows,
          some -> {
            Predict.PredictRequest.Builder request =
                Predict.PredictRequest.newBuilder()
                    .setModelSpec(ModelSpec.newBuilder().setName(model));
            inputs.forEach((name, spec) -> request.putInputs(name, tensor(some, name, spec)));
            Predict.PredictResponse reply = stock.prediction().predict(request.build());
            return outputs.stream()
                .collect(
                    Collectors.toMap(
                        Function.identity(),
                        output -> reply.getOutputsOrThrow(output).getFloatValList()));
          });
    }
  }

  private static TensorProto tensor(List<Map<String, Object>> rows, String name, TensorSpec spec) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(rows.size())));
    for (Map<String, Object> row : rows) {
      if (spec.type() == TensorType.STRING) {
        tensor
            .setDtype(DataType.DT_STRING)
            .addStringVal(ByteString.copyFromUtf8((String) row.get(name)));
      } else {
        assertThat(spec.type()).isEqualTo(TensorType.FLOAT);
        tensor.setDtype(DataType.DT_FLOAT).addFloatVal(((Double) row.get(name)).floatValue());
      }
    }
    return tensor.build();
  }

  /** A user's rows are its candidates, each with the row's number as its id. */
  Map<String, float[]> byRecommend(
      List<Map<String, Object>> rows, List<String> user, List<String> item, int each)
      throws IOException {
    Map<String, float[]> found = new LinkedHashMap<>();
    outputs.forEach(output -> found.put(output, new float[rows.size()]));
    for (int from = 0; from < rows.size(); from += each) {
      List<String> candidates = new ArrayList<>();
      for (int r = from; r < from + each; r++) {
        Map<String, Object> candidate = only(rows.get(r), item);
        candidate.put("number", "r" + r);
        candidates.add(object(candidate, "null"));
      }
      read(
          post(
              "recommend",
              "{\"user\": %s, \"id\": \"number\", \"by\": \"%s\", \"k\": %d, \"candidates\": [%s]}"
                  .formatted(
                      object(only(rows.get(from), user), "null"),
                      outputs.get(0),
                      each,
                      String.join(", ", candidates))),
          found);
    }
    return found;
  }

  private static Map<String, Object> only(Map<String, Object> row, List<String> columns) {
    Map<String, Object> part = new LinkedHashMap<>();
    columns.forEach(column -> part.put(column, row.get(column)));
    return part;
  }

  private void read(String reply, Map<String, float[]> found) throws IOException {
    try (JsonParser parser = JSON.createParser(reply)) {
      int row = -1;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String name = name(parser);
        if (token == JsonToken.VALUE_STRING && "id".equals(name)) {
          row = Integer.parseInt(parser.getText().substring(1));
        } else if (token.isNumeric() && found.containsKey(name)) {
          found.get(name)[row] = Float.parseFloat(parser.getText());
        }
      }
    }
  }
}
