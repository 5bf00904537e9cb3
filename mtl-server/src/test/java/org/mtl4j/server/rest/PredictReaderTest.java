package org.mtl4j.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** Bodies of requests to predict: what they become, and what is said of those that are wrong. */
class PredictReaderTest {
  private static Signature signature(Object... namesAndTypes) {
    SortedMap<String, TensorSpec> inputs = new TreeMap<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      inputs.put(
          (String) namesAndTypes[i],
          new TensorSpec((TensorType) namesAndTypes[i + 1], Optional.empty(), "t:0"));
    }
    return new Signature("tensorflow/serving/predict", inputs, new TreeMap<>());
  }

  private static PredictRequest read(String json, Object... namesAndTypes) {
    return PredictReader.read(
        json.getBytes(StandardCharsets.UTF_8),
        name -> signature(namesAndTypes),
        RequestLimits.DEFAULT);
  }

  private static void refused(String json, String message, Object... namesAndTypes) {
    assertThatThrownBy(() -> read(json, namesAndTypes))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }

  /** The elements of a tensor, printed. */
  private static String print(TensorValue tensor) {
    StringBuilder text = new StringBuilder(tensor.toString());
    for (byte[] string : tensor.strings()) {
      text.append(' ').append(new String(string, StandardCharsets.UTF_8));
    }
    var numbers = tensor.numbers();
    while (numbers.hasRemaining()) {
      text.append(' ');
      switch (tensor.type()) {
        case FLOAT -> text.append(numbers.getFloat());
        case DOUBLE -> text.append(numbers.getDouble());
        case INT8, UINT8, BOOL -> text.append(numbers.get());
        case INT16, UINT16 -> text.append(numbers.getShort());
        case INT32, UINT32 -> text.append(numbers.getInt());
        case INT64, UINT64 -> text.append(numbers.getLong());
        default -> throw new AssertionError(tensor.type());
      }
    }
    return text.toString();
  }

  @Test
  void typesThatJsonHasNoNumbersFor() {
    for (TensorType type : List.of(TensorType.HALF, TensorType.BFLOAT16)) {
      refused("{\"instances\": [1]}", "JSON has no numbers of type " + type.label(), "x", type);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT32  | [[1,2],[3,4],[5,6]]            | int32[3,2] 1 2 3 4 5 6",
        "INT32  | [[[7]],[[8]]]                  | int32[2,1,1] 7 8",
        "INT32  | [[],[]]                        | int32[2,0]",
        "FLOAT  | [1, 2.0, 3, 5.003, 0.007, -0.0]| float[6] 1.0 2.0 3.0 5.003 0.007 -0.0",
        "FLOAT  | [NaN, Infinity, -Infinity]     | float[3] NaN Infinity -Infinity",
        "FLOAT  | [3.4028234e38, 16777215]       | float[2] 3.4028235E38 1.6777215E7",
        "FLOAT  | [1e-60]                        | float[1] 0.0",
        "FLOAT  | [100000000000000000000, -100000000000000000000] | float[2] 1.0E20 -1.0E20",
        "DOUBLE | [100000000000000000000]        | double[1] 1.0E20",
        "DOUBLE | [1.0, 2, 0.662, 9007199254740991, 1e300] | double[5] 1.0 2.0 0.662 9.007199254740991E15 1.0E300",
        "BOOL   | [true,false]                   | bool[2] 1 0",
        "INT8   | [-128,127]                     | int8[2] -128 127",
        "UINT8  | [0,255]                        | uint8[2] 0 -1",
        "INT16  | [-32768,32767]                 | int16[2] -32768 32767",
        "UINT16 | [65535]                        | uint16[1] -1",
        "UINT32 | [4294967295]                   | uint32[1] -1",
        "INT64  | [-9223372036854775808]         | int64[1] -9223372036854775808",
        "UINT64 | [18446744073709551615]         | uint64[1] -1",
        "STRING | ['a','b c']                    | string[2] a b c",
        "STRING | [{'b64':'aGVsbG8='},{'b64':'d29ybGQ='}] | string[2] hello world",
        "STRING | [[{'b64':'aGVsbG8='}],['x']]   | string[2,1] hello x",
        "STRING | [{'b64':' aGVs \\n\\tbG8=\\r\\n'}, {'b64': ' '}, {'b64': 'aGVsbG8'}] | string[3] hello  hello"
      })
  void valuesOfOneInput(TensorType type, String values, String expected) {
    String json = values.replace('\'', '"');
    PredictRequest rows = read("{\"instances\": " + json + "}", "x", type);
    assertThat(rows.layout()).isEqualTo(PredictRequest.Layout.ROWS);
    assertThat(print(rows.inputs().get("x"))).isEqualTo(expected);
    PredictRequest columns = read("{\"inputs\": " + json + "}", "x", type);
    assertThat(columns.layout()).isEqualTo(PredictRequest.Layout.COLUMNS);
    assertThat(print(columns.inputs().get("x"))).isEqualTo(expected);
    PredictRequest named = read("{\"inputs\": {\"x\": " + json + "}}", "x", type);
    assertThat(print(named.inputs().get("x"))).isEqualTo(expected);
  }

  @Test
  void scalarsByColumns() {
    assertThat(print(read("{\"inputs\": 5}", "x", TensorType.INT32).inputs().get("x")))
        .isEqualTo("int32[] 5");
    assertThat(
            print(
                read("{\"inputs\": {\"x\": {\"b64\": \"aGVsbG8=\"}}}", "x", TensorType.STRING)
                    .inputs()
                    .get("x")))
        .isEqualTo("string[] hello");
    assertThat(
            print(
                read("{\"inputs\": {\"b64\": \"aGVsbG8=\"}}", "x", TensorType.STRING)
                    .inputs()
                    .get("x")))
        .isEqualTo("string[] hello");
    assertThat(print(read("{\"inputs\": []}", "x", TensorType.FLOAT).inputs().get("x")))
        .isEqualTo("float[0]");
  }

  @Test
  void rowsOfSeveralInputs() {
    PredictRequest request =
        read(
            """
            {"instances": [
              {"i": [[1,2],[3,4]], "s": ["foo", "bar"], "f": [1.0, NaN]},
              {"f": [2.0, Infinity], "s": ["baz", "bat"], "i": [[5,6],[7,8]]}]}
            """,
            "i",
            TensorType.INT32,
            "s",
            TensorType.STRING,
            "f",
            TensorType.FLOAT);
    assertThat(request.signature()).isEqualTo("serving_default");
    assertThat(request.inputs().values().stream().map(PredictReaderTest::print))
        .containsExactly(
            "float[2,2] 1.0 NaN 2.0 Infinity",
            "int32[2,2,2] 1 2 3 4 5 6 7 8",
            "string[2,2] foo bar baz bat");
  }

  @Test
  void columnsOfSeveralInputsAndOthersThatNobodyAskedFor() {
    PredictRequest request =
        read(
            """
            {"other": {"deep": [1, {"er": null}]},
             "inputs": {"more": [[null]], "b": [[1.5]], "a": ["x"]}, "signature_name": "s"}
            and bytes after it
            """,
            "a",
            TensorType.STRING,
            "b",
            TensorType.FLOAT);
    assertThat(request.signature()).isEqualTo("s");
    assertThat(request.inputs().values().stream().map(PredictReaderTest::print))
        .containsExactly("string[1] x", "float[1,1] 1.5");
  }

  @Test
  void theSignatureIsAskedForByName() {
    Signature known = signature("x", TensorType.INT64);
    byte[] json =
        "{\"instances\": [3], \"signature_name\": \"mine\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            PredictReader.read(
                    json, name -> name.equals("mine") ? known : signature(), RequestLimits.DEFAULT)
                .inputs()
                .get("x")
                .type())
        .isEqualTo(TensorType.INT64);
    assertThat(read("{\"instances\": [3], \"signature_name\": \"\"}", "x", TensorType.INT64))
        .extracting(PredictRequest::signature)
        .isEqualTo("serving_default");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT32  | [[1,2],[3,4],[5,6,7]] | Expecting shape",
        "INT32  | [[1,2],[3,4],[[5,6]]] | Expecting shape",
        "INT32  | [1,[1]]               | Expecting shape",
        "INT32  | [[1],1]               | Expecting shape",
        "INT32  | [[],[1]]              | Expecting shape",
        "INT32  | [[1,2],['a','b']]     | String is not of expected type: int32",
        "INT32  | [1.0]                 | Number is not of expected type: int32",
        "INT32  | [2147483648]          | not of expected type: int32",
        "INT8   | [128]                 | not of expected type: int8",
        "UINT8  | [-1]                  | not of expected type: uint8",
        "UINT32 | [4294967296]          | not of expected type: uint32",
        "INT64  | [9223372036854775808] | not of expected type: int64",
        "UINT64 | [18446744073709551616]| not of expected type: uint64",
        "UINT64 | [-1]                  | not of expected type: uint64",
        "FLOAT  | ['1']                 | not of expected type: float",
        "FLOAT  | ['NaN']               | not of expected type: float",
        "FLOAT  | [null]                | Null is not of expected type: float",
        "FLOAT  | [true]                | True is not of expected type: float",
        "FLOAT  | [1.8e308]             | loss of precision",
        "FLOAT  | [1e39]                | loss of precision",
        "FLOAT  | [16777217]            | loss of precision",
        "FLOAT  | [1,[{}]]              | Expecting shape",
        "FLOAT  | [[{}]]                | Object is not of expected type: float",
        "DOUBLE | [9007199254740993]    | loss of precision",
        "DOUBLE | [18446744073709551615]| loss of precision",
        "DOUBLE | [1e999]               | loss of precision",
        "BOOL   | [1]                   | not of expected type: bool",
        "STRING | [1]                   | not of expected type: string",
        "STRING | [[{'b64':1}]]         | not formatted correctly for base64 data",
        "STRING | [[{'b64':'aA==','c':1}]] | not formatted correctly for base64 data",
        "STRING | [{'b64':'*'}]         | Unable to base64 decode",
        "STRING | [{'b64':'aGVsbG8=='}] | Unable to base64 decode",
        "STRING | [{'b64':'aGVsbG8=a'}] | Unable to base64 decode",
        "STRING | [{'b64':'aGVsbG8\u00a0='}] | Unable to base64 decode"
      })
  void valuesThatDoNotFit(TensorType type, String values, String message) {
    String json = values.replace('\'', '"');
    refused("{\"instances\": " + json + "}", message, "x", type);
    refused("{\"inputs\": {\"x\": " + json + "}}", message, "x", type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                     | The document is empty",
        "instances = [1]                        | Parse error: Invalid value at offset",
        "{'instances': [1}                      | Parse error: Invalid value at offset",
        "{'instances': [1]                      | Parse error: Invalid value at offset",
        "[1]                                    | Is not object",
        "{}                                     | Missing 'inputs' or 'instances' key",
        "{'instances': [1], 'inputs': [1]}      | expecting only one of",
        "{'signature_name': 5, 'instances': [1]}| must be a string value",
        "{'instances': 1}                       | to be an list/array",
        "{'instances': {'x': 1}}                | to be an list/array",
        "{'instances': []}                      | No values in 'instances' array",
        "{'instances': [{'x': 1}, [1]]}         | Expecting object but got list at item 1",
        "{'instances': [1, {'x': 1}]}           | Expecting value/list but got object at item 1",
        "{'instances': [{'x': 1}, {}]}          | element: 1 of 'instances'",
        "{'instances': [{'x': 1, 'y': 1}]}      | must only have keys: x",
        "{'instances': [{'x': 1, 'x': 1}]}      | must only have keys: x",
        "{'inputs': {}}                         | Missing named input: x",
        "{'inputs': {'y': 1}}                   | Missing named input: x",
        "{'inputs': {'x': 1, 'x': 1}}           | there twice"
      })
  void bodiesThatAreNone(String json, String message) {
    refused(json.replace('\'', '"').replace("''", ""), message.trim(), "x", TensorType.INT32);
  }

  @Test
  void plainListsForSeveralInputs() {
    Object[] two = {"a", TensorType.INT32, "b", TensorType.INT32};
    refused("{\"instances\": [[1, 2]]}", "multiple input tensors required: a,b", two);
    refused("{\"inputs\": [[1, 2]]}", "multiple input tensors required: a, b", two);
    refused("{\"instances\": [{\"a\": 1}]}", "must only have keys: a,b", two);
    refused("{\"instances\": [1]}", "has no inputs");
  }

  @Test
  void bodiesThatAreTooLarge() {
    RequestLimits limits = new RequestLimits(40, 2);
    Signature two = signature("a", TensorType.INT32, "b", TensorType.STRING);
    for (String json :
        List.of(
            "{'instances': [{'a': 1, 'b': ''}, {'a': 1, 'b': 'xx'}, {'a': 1, 'b': ''}]}",
            "{'instances': [{'a': 1, 'b': 'xxxxx'}, {'a': 1, 'b': 'xxxx'}]}",
            "{'instances': [{'a': [1,2,3,4,5,6], 'b': ''}, {'a': [1,2,3,4,5,6], 'b': ''}]}",
            "{'inputs': {'a': [1,2,3,4,5,6,7,8,9,10,11], 'b': []}}",
            "{'inputs': {'a': [1,2,3,4,5,6], 'b': 'x'}}",
            "{'inputs': {'a': [], 'b': ['', '', '']}}")) {
      byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> PredictReader.read(body, name -> two, limits))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
          .hasMessageContaining("expected at most");
    }
    byte[] most =
        "{\"inputs\": {\"a\": [1,2], \"b\": [\"\", \"\"]}}".getBytes(StandardCharsets.UTF_8);
    assertThat(PredictReader.read(most, name -> two, limits).inputs()).hasSize(2);
    byte[] full =
        "{\"inputs\": {\"a\": [1,2,3,4,5,6,7,8,9,10], \"b\": []}}".getBytes(StandardCharsets.UTF_8);
    assertThat(PredictReader.read(full, name -> two, limits).inputs()).hasSize(2);
  }

  @Test
  void namesInMessagesAreCutOff() {
    assertThatThrownBy(() -> read("{\"instances\": [1]}", "x".repeat(100_000), TensorType.STRING))
        .isInstanceOf(RequestException.class)
        .message()
        .hasSize(1024 + "...TRUNCATED".length())
        .endsWith("x...TRUNCATED");
  }

  @Test
  void deepListsEndBeforeTheStackDoes() {
    String deep = "[".repeat(100_000);
    refused("{\"instances\": " + deep, "deeper than 64", "x", TensorType.INT32);
    refused("{\"other\": " + deep, "deeper than 64", "x", TensorType.INT32);
  }

  @Test
  void whatWasSentIsNotSaidAgain() {
    for (String json :
        List.of(
            "{\"instances\": [\"secret\"]}",
            "{\"instances\": [[1], [\"secret\"]]}",
            "{\"instances\": [secret]}",
            "{\"instances\": \"secret\"}")) {
      assertThatThrownBy(() -> read(json, "x", TensorType.INT32))
          .isInstanceOf(RequestException.class)
          .message()
          .doesNotContain("secret");
    }
  }
}
