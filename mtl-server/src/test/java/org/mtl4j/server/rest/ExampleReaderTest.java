package org.mtl4j.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.ExampleCall;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.example.Regressions;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.HalfPlusTwo;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;

/** Bodies of requests to classify and to regress, read back with TensorFlow's own messages. */
class ExampleReaderTest {
  private static ExampleRequest read(String json) {
    return ExampleReader.read(
        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), RequestLimits.DEFAULT);
  }

  private static List<Map<String, Feature>> examples(String json)
      throws InvalidProtocolBufferException {
    List<Map<String, Feature>> examples = new ArrayList<>();
    for (byte[] bytes : read(json).examples().strings()) {
      examples.add(Example.parseFrom(bytes).getFeatures().getFeatureMap());
    }
    return examples;
  }

  private static String print(Feature feature) {
    return switch (feature.getKindCase()) {
      case INT64_LIST -> "int64 " + feature.getInt64List().getValueList();
      case FLOAT_LIST -> "float " + feature.getFloatList().getValueList();
      case BYTES_LIST ->
          "bytes "
              + feature.getBytesList().getValueList().stream()
                  .map(ByteString::toStringUtf8)
                  .toList();
      case KIND_NOT_SET -> "none";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5                    | int64 [5]",
        "[1, -2, 9223372036854775807] | int64 [1, -2, 9223372036854775807]",
        "[true, false, 7]     | int64 [1, 0, 7]",
        "2.0                  | float [2.0]",
        "[1e3, 0.25, NaN]     | float [1000.0, 0.25, NaN]",
        "[-Infinity, 3.4028234e38] | float [-Infinity, 3.4028235E38]",
        "100000000000000000000| float [1.0E20]",
        "['a']                | bytes [a]",
        "['ü', {'b64': 'aGVsbG8='}] | bytes [ü, hello]",
        "{'b64': ''}          | bytes []",
        "[]                   | none"
      })
  void valuesByKind(String value, String expected) throws InvalidProtocolBufferException {
    Map<String, Feature> example = examples("{'examples': [{'f': " + value + "}]}").get(0);
    assertThat(example).containsOnlyKeys("f");
    assertThat(print(example.get("f"))).isEqualTo(expected);
  }

  @Test
  void anExamplesOwnFeatureWinsOverTheContexts() throws InvalidProtocolBufferException {
    String context = "'context': {'a': [1, 2], 'b': 'common', 'c': 3}";
    String rows = "'examples': [{'a': [7]}, {'d': 1.5, 'c': []}, {}]";
    for (String json :
        List.of("{" + context + ", " + rows + "}", "{" + rows + ", " + context + "}")) {
      List<Map<String, Feature>> examples = examples(json);
      assertThat(examples).hasSize(3);
      assertThat(print(examples.get(0).get("a"))).isEqualTo("int64 [7]");
      assertThat(print(examples.get(0).get("b"))).isEqualTo("bytes [common]");
      assertThat(print(examples.get(1).get("a"))).isEqualTo("int64 [1, 2]");
      assertThat(print(examples.get(1).get("c"))).isEqualTo("none");
      assertThat(print(examples.get(1).get("d"))).isEqualTo("float [1.5]");
      assertThat(examples.get(2)).containsOnlyKeys("a", "b", "c");
    }
  }

  @Test
  void theSignaturesName() {
    assertThat(read("{'examples': [{}]}").signature()).isEqualTo(Signature.DEFAULT);
    assertThat(read("{'signature_name': '', 'examples': [{}]}").signature())
        .isEqualTo(Signature.DEFAULT);
    assertThat(read("{'examples': [{}], 'other': [{}], 'signature_name': 's'}").signature())
        .isEqualTo("s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                   | key 'examples' is expected and was not found",
        "{'examples': {'x': 1}}               | to be an list/array",
        "{'examples': []}                     | 'examples' value is an empty array",
        "{'examples': [1]}                    | must be JSON object but got JSON Number",
        "{'examples': [{'x': 1}, [1]]}        | must be JSON object but got JSON Array",
        "{'examples': [{'x': 1}], 'context': 5} | must be JSON object but got JSON Number",
        "{'examples': [{'x': null}]}          | Feature: x has element with unexpected JSON type: Null",
        "{'examples': [{'x': [null]}]}        | Feature: x has element with unexpected JSON type: Null",
        "{'examples': [{'x': [[1]]}]}         | Feature: x has element with unexpected JSON type: Array",
        "{'examples': [{'x': {}}]}            | Feature: x has element with unexpected JSON type: Object",
        "{'examples': [{'x': {'y': 1}}]}      | Feature: x has element with unexpected JSON type: Object",
        "{'examples': [{'x': [1, 2.5]}]}      | feature: x expecting type: int64",
        "{'examples': [{'x': [2.5, 1]}]}      | feature: x expecting type: float",
        "{'examples': [{'x': ['a', 1]}]}      | feature: x expecting type: bytes",
        "{'examples': [{'x': [1, {'b64': ''}]}]} | feature: x expecting type: int64",
        "{'examples': [{'x': 1e39}]}          | x: Cannot convert JSON value to float",
        "{'examples': [{'x': 9223372036854775808}]} | Feature: x has uint64 element",
        "{'examples': [{'x': {'b64': '*'}}]}  | Feature: x: Unable to base64 decode",
        "{'examples': [{'x': 1, 'x': 1}]}     | Feature: x is there twice",
        "{'examples': [{}], 'examples': [{}]} | 'examples' is there twice",
        "{'examples': [{}], 'signature_name': 5} | must be a string value",
        "{'examples': [{}]                    | Parse error"
      })
  void bodiesThatAreNone(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }

  @Test
  void whatIsTooMuch() {
    RequestLimits two = new RequestLimits(1 << 20, 2);
    byte[] three = "{\"examples\": [{}, {}, {}]}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ExampleReader.read(three, two))
        .isInstanceOf(RequestException.class)
        .hasMessage("'examples': expected at most 2 rows in a request, found more");
    // 10,000 rows of 10,000 bytes that they have in common: 100 MB of a body of 40 KB.
    String large =
        "{\"context\": {\"x\": \"%s\"}, \"examples\": [%s{}]}"
            .formatted("x".repeat(10_000), "{},".repeat(9_999));
    byte[] body = large.getBytes(StandardCharsets.UTF_8);
    assertThat(ExampleReader.read(body, RequestLimits.DEFAULT).rows()).isEqualTo(10_000);
    assertThatThrownBy(() -> ExampleReader.read(body, new RequestLimits(90_000_000, 100_000)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("at most 90000000 bytes");
  }

  /** TensorFlow itself says which feature wins; one without values never does. */
  @Test
  void aModelTakesThem(@TempDir Path folder) {
    HalfPlusTwo.write(folder.resolve("1"));
    ExampleRequest request =
        read("{'context': {'x': 80.0}, 'examples': [{}, {'x': 1.0}, {'x': []}, {'y': [1, 2]}]}");
    try (SavedModel model = SavedModel.load(folder.resolve("1"))) {
      Signature regress = ExampleCall.signature(model.signatures(), "regress_x_to_y");
      Map<String, TensorValue> inputs = Map.of(ExampleCall.INPUTS, request.examples());
      Regressions values =
          Regressions.of(
              model.run(regress, inputs, ExampleCall.REGRESS.outputs(regress)), request.rows());
      assertThat(new String(ResultWriter.write(values), StandardCharsets.UTF_8))
          .isEqualTo("{\"results\":[42.0,2.5,42.0,42.0]}");
      Signature classify = ExampleCall.signature(model.signatures(), "classify_x_to_y");
      Classifications classes =
          Classifications.of(
              model.run(classify, inputs, ExampleCall.CLASSIFY.outputs(classify)), request.rows());
      assertThat(new String(ResultWriter.write(classes), StandardCharsets.UTF_8))
          .isEqualTo("{\"results\":[[[\"\",42.0]],[[\"\",2.5]],[[\"\",42.0]],[[\"\",42.0]]]}");
      assertThatThrownBy(() -> ExampleCall.signature(new TreeMap<>(model.signatures()), "none"))
          .isInstanceOf(RequestException.class)
          .hasMessage("No signature was found with the name: none");
    }
  }
}
