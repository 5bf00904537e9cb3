package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.server.grpc.TensorWriter;
import org.tensorflow.example.Example;
import tensorflow.serving.Classification;
import tensorflow.serving.InputOuterClass;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.RegressionOuterClass;

/**
 * The same case over REST and over gRPC, the latter by the stock client: one table of what is
 * answered, one of what is refused. What only one of the protocols can say is in the tests of its
 * readers.
 */
class PredictConformanceTest {
  @TempDir private static Path base;
  private static HalfPlusTwoServer server;
  private static StockClient client;

  @BeforeAll
  static void start() {
    server = HalfPlusTwoServer.start(base);
    client = new StockClient(server.grpcPort());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static String grpc(String model, String rest) {
    return StockClient.said(
        () ->
            client
                .prediction()
                .predict(StockClient.predictRequest("model_spec { " + model + " } " + rest.trim()))
                .getOutputsOrThrow("y")
                .getFloatValList()
                .toString());
  }

  private static String rest(String path, String body) {
    return server.post("/v1/models/" + path + ":predict", body.replace('\'', '"'));
  }

  private static String x(String tensor) {
    return "inputs { key: 'x' value { " + tensor.trim() + " } }";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rows                      | {'instances': [1, 2, 80]}          | dtype: DT_FLOAT tensor_shape { dim { size: 3 } } float_val: 1 float_val: 2 float_val: 80 | [2.5, 3.0, 42.0]",
        "named rows                | {'instances': [{'x': 1}, {'x': 2}]}| dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 1 float_val: 2 | [2.5, 3.0]",
        "columns                   | {'inputs': [1, 2]}                 | dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 1 float_val: 2 | [2.5, 3.0]",
        "named columns             | {'inputs': {'x': [1, 2]}}          | dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 1 float_val: 2 | [2.5, 3.0]",
        "bytes of numbers          | {'instances': [1, 2]}              | dtype: DT_FLOAT tensor_shape { dim { size: 2 } } tensor_content: '\\000\\000\\200\\077\\000\\000\\000\\100' | [2.5, 3.0]",
        "one value fills the shape | {'instances': [1, 1, 1]}           | dtype: DT_FLOAT tensor_shape { dim { size: 3 } } float_val: 1 | [2.5, 2.5, 2.5]",
        "the last one does         | {'instances': [1, 2, 2]}           | dtype: DT_FLOAT tensor_shape { dim { size: 3 } } float_val: 1 float_val: 2 | [2.5, 3.0, 3.0]",
        "more than the shape has   | {'instances': [1]}                 | dtype: DT_FLOAT tensor_shape { dim { size: 1 } } float_val: 1 float_val: 2 | [2.5]",
        "no numbers                | {'instances': [NaN, Infinity, -Infinity]} | dtype: DT_FLOAT tensor_shape { dim { size: 3 } } float_val: nan float_val: inf float_val: -inf | [NaN, Infinity, -Infinity]",
        "floats read back exactly  | {'instances': [0.1, 0.3, 3.4028235e38, 1e-45]} | dtype: DT_FLOAT tensor_shape { dim { size: 4 } } float_val: 0.1 float_val: 0.3 float_val: 3.4028235e38 float_val: 1e-45 | [2.05, 2.15, 1.7014117E38, 2.0]",
        "thirds                    | {'instances': [0.33333334, 16777215]} | dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 0.33333334 float_val: 16777215 | [2.1666667, 8388610.0]",
        "no rows, by columns       | {'inputs': []}                     | dtype: DT_FLOAT tensor_shape { dim { size: 0 } } | []",
        "whitespace and more keys  | {'more': {'a': [null]}, 'inputs' :\\t{ 'x' : [ 1 ] , 'z': 3}} rest | dtype: DT_FLOAT tensor_shape { dim { size: 1 } } float_val: 1 | [2.5]",
        "a signature by its name   | {'signature_name': 'serving_default', 'instances': [1]} | dtype: DT_FLOAT tensor_shape { dim { size: 1 } } float_val: 1 | [2.5]"
      })
  void answered(String name, String json, String tensor, String y) {
    String reply = rest("half_plus_two", json.replace("\\t", "\t"));
    assertThat(reply).startsWith("200 {\"" + (json.contains("inst") ? "predictions" : "outputs"));
    assertThat(floats(reply.substring(reply.indexOf('[')))).hasToString(y);
    assertThat(grpc("name: 'half_plus_two'", x(tensor))).isEqualTo(y);
    for (String version :
        List.of("version { value: 123 }", "version_label: 'stable'", "signature_name: ''")) {
      assertThat(grpc("name: 'half_plus_two' " + version, x(tensor))).as(version).isEqualTo(y);
    }
  }

  /** The tokens of a list as floats: how they are spelt is not what counts. */
  private static List<Float> floats(String list) {
    String inner = list.replaceAll("[\\[\\]{}]", "").trim();
    return inner.isEmpty()
        ? List.of()
        : List.of(inner.split(",", -1)).stream().map(Float::parseFloat).toList();
  }

  private static final String ONE = "dtype: DT_FLOAT tensor_shape { dim { size: 1 } } float_val: 1";
  private static final String HALF = "name: 'half_plus_two'";

  /**
   * A request that is refused, by either protocol.
   *
   * @param name what is wrong with it
   * @param rest path and body
   * @param grpc the model's specification and the inputs
   * @param code HTTP's and gRPC's
   * @param said what both messages have
   */
  private record Refused(String name, Said rest, Said grpc, Said code, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Two texts. */
  private record Said(String first, String second) {}

  private static Said to(String first, String second) {
    return new Said(first, second);
  }

  private static final String ROW = "{'instances': [1]}";
  private static final Said INVALID = to("400", "INVALID_ARGUMENT");

  static List<Refused> refusals() {
    return List.of(
        new Refused(
            "no such model",
            to("none", ROW),
            to("name: 'none'", x(ONE)),
            to("404", "NOT_FOUND"),
            "Servable not found for request: Latest(none)"),
        new Refused(
            "no such version",
            to("half_plus_two/versions/9", ROW),
            to(HALF + " version { value: 9 }", x(ONE)),
            to("404", "NOT_FOUND"),
            "Servable not found for request: Specific(half_plus_two, 9)"),
        new Refused(
            "no such label",
            to("half_plus_two/labels/canary", ROW),
            to(HALF + " version_label: 'canary'", x(ONE)),
            INVALID,
            "Unrecognized servable version label: canary"),
        new Refused(
            "no such signature",
            to("half_plus_two", "{'signature_name': 'no', 'instances': [1]}"),
            to(HALF + " signature_name: 'no'", x(ONE)),
            to("400", "FAILED_PRECONDITION"),
            "not found"),
        new Refused("no input", to("half_plus_two", "{'inputs': {}}"), to(HALF, ""), INVALID, "x"),
        new Refused(
            "another input",
            to("half_plus_two", "{'instances': [{'z': 1}]}"),
            to(HALF, x(ONE).replace("'x'", "'z'")),
            INVALID,
            "x"),
        new Refused(
            "one input more",
            to("half_plus_two", "{'instances': [{'x': 1, 'z': 1}]}"),
            to(HALF, x(ONE) + x(ONE).replace("'x'", "'z'")),
            INVALID,
            "x"),
        new Refused(
            "another type",
            to("half_plus_two", "{'instances': ['a']}"),
            to(HALF, x("dtype: DT_STRING tensor_shape { dim { size: 1 } } string_val: 'a'")),
            INVALID,
            "float"),
        new Refused(
            "another rank",
            to("half_plus_two", "{'instances': [[1, 2]]}"),
            to(
                HALF,
                x("dtype: DT_FLOAT tensor_shape { dim { size: 1 } dim { size: 2 } } float_val: 1")),
            INVALID,
            "x"),
        new Refused(
            "a scalar",
            to("half_plus_two", "{'inputs': 5}"),
            to(HALF, x("dtype: DT_FLOAT tensor_shape { } float_val: 5")),
            INVALID,
            "x"),
        new Refused(
            "values that make no tensor",
            to("half_plus_two", "{'instances': [[1], [1, 2]]}"),
            to(HALF, x("dtype: DT_FLOAT tensor_shape { dim { size: 2 } } tensor_content: 'abc'")),
            INVALID,
            ""));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refused(Refused refused) {
    assertThat(rest(refused.rest().first(), refused.rest().second()))
        .startsWith(refused.code().first() + " {\"error\": \"")
        .contains(refused.said());
    assertThat(grpc(refused.grpc().first(), refused.grpc().second()))
        .startsWith(refused.code().second() + ": ")
        .contains(refused.said());
  }

  /** What TensorFlow's Python makes of features, and of the sum. */
  @Test
  void examplesOfPythonHaveItsNumbers() throws IOException {
    try (InputStream file = TensorWriter.class.getResourceAsStream("golden_messages.tsv")) {
      List<String[]> goldens =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split("\t", -1))
              .filter(line -> line[0].equals("example"))
              .toList();
      assertThat(goldens).hasSize(7);
      for (String[] golden : goldens) {
        InputOuterClass.Input.Builder input = InputOuterClass.Input.newBuilder();
        input
            .getExampleListBuilder()
            .addExamples(Example.parseFrom(Base64.getDecoder().decode(golden[2])));
        float y = Float.parseFloat(golden[1]);
        ModelSpec.Builder spec = ModelSpec.newBuilder().setName("half_plus_two");
        assertThat(
                client
                    .prediction()
                    .regress(
                        RegressionOuterClass.RegressionRequest.newBuilder()
                            .setModelSpec(spec.setSignatureName("regress_x_to_y"))
                            .setInput(input)
                            .build())
                    .getResult()
                    .getRegressions(0)
                    .getValue())
            .isEqualTo(y);
        assertThat(
                client
                    .prediction()
                    .classify(
                        Classification.ClassificationRequest.newBuilder()
                            .setModelSpec(spec.setSignatureName("classify_x_to_y"))
                            .setInput(input)
                            .build())
                    .getResult()
                    .getClassifications(0)
                    .getClasses(0)
                    .getScore())
            .isEqualTo(y);
      }
    }
  }

  @Test
  void outputsAreChosenByTheirNames() {
    String one = x(ONE);
    assertThat(grpc("name: 'half_plus_two'", one + " output_filter: 'y'")).isEqualTo("[2.5]");
    assertThat(grpc("name: 'half_plus_two'", one + " output_filter: 'z'"))
        .startsWith("INVALID_ARGUMENT: ")
        .contains("z");
    assertThat(grpc("name: 'half_plus_two'", one + " output_filter: 'y' output_filter: 'y'"))
        .startsWith("INVALID_ARGUMENT: ");
  }

  @Test
  void bytesGoThroughWhole() {
    assertThat(
            rest("half_plus_two", "{'signature_name': 'text', 'instances': [{'b64': 'AP8H'}, '']}"))
        .isEqualTo("200 {\"predictions\":[{\"b64\":\"AP8H\"},{\"b64\":\"\"}]}");
    assertThat(
            client
                .prediction()
                .predict(
                    StockClient.predictRequest(
                        "model_spec { name: 'half_plus_two' signature_name: 'text' } inputs { key:"
                            + " 'text' value { dtype: DT_STRING tensor_shape { dim { size: 2 } }"
                            + " string_val: '\\000\\377\\007' string_val: '' } }"))
                .getOutputsOrThrow("same_bytes")
                .getStringValList()
                .stream()
                .map(bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray())))
        .containsExactly("AP8H", "");
  }
}
