package org.mtl4j.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.TestSeed;

/** Replies: laid out as asked for, numbers such that they are read back exactly. */
class ReplyWriterTest {
  private static String rows(Map<String, TensorValue> outputs) {
    return write(outputs, PredictRequest.Layout.ROWS);
  }

  private static String columns(Map<String, TensorValue> outputs) {
    return write(outputs, PredictRequest.Layout.COLUMNS);
  }

  private static String write(Map<String, TensorValue> outputs, PredictRequest.Layout layout) {
    return new String(ReplyWriter.write(outputs, layout), StandardCharsets.UTF_8);
  }

  private static TensorValue ints(TensorShape shape, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return TensorValue.ofNumbers(TensorType.INT32, shape, bytes);
  }

  private static TensorValue bytes(TensorType type, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return TensorValue.ofNumbers(
        type, TensorShape.of(values.length / Math.max(type.bytes(), 1)), bytes.flip());
  }

  @Test
  void oneOutput() {
    Map<String, TensorValue> one =
        Map.of("y", ints(TensorShape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2));
    assertThat(rows(one)).isEqualTo("{\"predictions\":[[[1,2],[3,4],[5,6]],[[7,8],[9,0],[1,2]]]}");
    assertThat(columns(one)).isEqualTo("{\"outputs\":[[[1,2],[3,4],[5,6]],[[7,8],[9,0],[1,2]]]}");
    assertThat(columns(Map.of("y", ints(TensorShape.of(), 5)))).isEqualTo("{\"outputs\":5}");
    assertThat(rows(Map.of("y", ints(TensorShape.of(0, 2))))).isEqualTo("{\"predictions\":[]}");
  }

  @Test
  void severalOutputs() {
    Map<String, TensorValue> two =
        Map.of("b", TensorValue.floats(8, 0.5f), "a", TensorValue.strings("x", "y\n\"ü"));
    assertThat(rows(two))
        .isEqualTo("{\"predictions\":[{\"a\":\"x\",\"b\":8.0},{\"a\":\"y\\n\\\"ü\",\"b\":0.5}]}");
    assertThat(columns(two))
        .isEqualTo("{\"outputs\":{\"a\":[\"x\",\"y\\n\\\"ü\"],\"b\":[8.0,0.5]}}");
    assertThat(rows(Map.of("a", ints(TensorShape.of(0, 1, 2)), "b", ints(TensorShape.of(0, 3, 4)))))
        .isEqualTo("{\"predictions\":[]}");
  }

  @Test
  void stringsOfBytes() {
    TensorValue strings =
        TensorValue.ofStrings(
            TensorShape.of(2, 1),
            List.of("hello".getBytes(StandardCharsets.UTF_8), new byte[] {-1}));
    assertThat(rows(Map.of("image_bytes", strings)))
        .isEqualTo("{\"predictions\":[[{\"b64\":\"aGVsbG8=\"}],[{\"b64\":\"/w==\"}]]}");
  }

  @Test
  void numbersOfEveryType() {
    assertThat(rows(Map.of("y", TensorValue.floats(Float.NaN, Float.POSITIVE_INFINITY, 3))))
        .isEqualTo("{\"predictions\":[NaN,Infinity,3.0]}");
    assertThat(rows(Map.of("y", TensorValue.floats(Float.NEGATIVE_INFINITY, -0.0f))))
        .isEqualTo("{\"predictions\":[-Infinity,-0.0]}");
    assertThat(rows(Map.of("y", bytes(TensorType.BOOL, 1, 0))))
        .isEqualTo("{\"predictions\":[true,false]}");
    assertThat(rows(Map.of("y", bytes(TensorType.UINT8, 255)))).contains("[255]");
    assertThat(rows(Map.of("y", bytes(TensorType.INT8, 255)))).contains("[-1]");
    assertThat(rows(Map.of("y", bytes(TensorType.INT16, 255, 255)))).contains("[-1]");
    assertThat(rows(Map.of("y", bytes(TensorType.UINT16, 255, 255)))).contains("[65535]");
    int[] ones = {255, 255, 255, 255};
    assertThat(rows(Map.of("y", bytes(TensorType.UINT32, ones)))).contains("[4294967295]");
    int[] more = {255, 255, 255, 255, 255, 255, 255, 255};
    assertThat(rows(Map.of("y", bytes(TensorType.INT64, more)))).contains("[-1]");
    assertThat(rows(Map.of("y", bytes(TensorType.UINT64, more))))
        .contains("[18446744073709551615]");
    for (TensorType none : List.of(TensorType.HALF, TensorType.BFLOAT16)) {
      assertThatThrownBy(() -> rows(Map.of("y", bytes(none, 0, 0))))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
          .hasMessageContaining("tensor type: " + none.label());
    }
  }

  @Test
  void outputsThatAreNoRows() {
    assertThatThrownBy(() -> rows(Map.of("y", ints(TensorShape.of(), 5))))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("no shape information");
    assertThatThrownBy(
            () ->
                rows(
                    new TreeMap<>(
                        Map.of(
                            "a", ints(TensorShape.of(1), 5), "b", ints(TensorShape.of(2), 5, 6)))))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("inconsistent batch size: 2 expecting: 1");
  }

  @Test
  void everyFloatIsReadBackExactly() {
    Random random = TestSeed.random();
    float[] values = new float[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    values[0] = Float.MIN_VALUE;
    values[1] = Float.MAX_VALUE;
    String reply = rows(Map.of("y", TensorValue.floats(values)));
    String request = reply.replace("predictions", "instances");
    TensorSpec spec = new TensorSpec(TensorType.FLOAT, Optional.empty(), "y:0");
    Signature signature = new Signature("", new TreeMap<>(Map.of("y", spec)), new TreeMap<>());
    TensorValue read =
        PredictReader.read(
                request.getBytes(StandardCharsets.UTF_8), name -> signature, RequestLimits.DEFAULT)
            .inputs()
            .get("y");
    float[] back = new float[values.length];
    read.numbers().asFloatBuffer().get(back);
    assertThat(back).isEqualTo(values);
  }
}
