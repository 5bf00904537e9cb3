package org.mtl4j.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mtl4j.protocol.tensorflow.DataType;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.protocol.tensorflow.TensorShapeProto;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.framework.TensorShapeProto.Dim;

/** Tensors as messages, beside the classes that TensorFlow's own definitions made. */
class TensorMessagesTest {
  private static final TensorReader READER = new TensorReader(1 << 20);

  private static TensorProto.Builder tensor(DataType type, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorProto.newBuilder().setDtype(type).setTensorShape(shape);
  }

  private static TensorValue read(TensorProto tensor) {
    return READER.read(Map.of("x", tensor)).get("x");
  }

  private static float[] floats(TensorValue tensor) {
    float[] values = new float[tensor.shape().elements()];
    tensor.numbers().asFloatBuffer().get(values);
    return values;
  }

  private static void refused(TensorProto.Builder tensor, StatusCode code, String message) {
    assertThatThrownBy(() -> read(tensor.build()))
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("Input \"x\"")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void everyTypeIsReadBack(TensorType type) {
    Random random = TestSeed.random();
    TensorShape shape = TensorShape.of(3, 5);
    TensorValue value;
    if (type == TensorType.STRING) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      value = TensorValue.ofStrings(TensorShape.of(2), List.of(bytes, new byte[0]));
    } else {
      byte[] bytes = new byte[shape.elements() * type.bytes()];
      random.nextBytes(bytes);
      if (type == TensorType.FLOAT || type == TensorType.DOUBLE) {
        // Nothing but finite numbers: of NaN there are many, and a message may keep another one.
        for (int i = type.bytes() - 1; i < bytes.length; i += type.bytes()) {
          bytes[i] = (byte) (bytes[i] & 0xBF);
        }
      }
      if (type == TensorType.BOOL) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (bytes[i] & 1);
        }
      }
      value = TensorValue.ofNumbers(type, shape, ByteBuffer.wrap(bytes));
    }
    TensorProto message = TensorWriter.write(value);
    assertThat(message.getTensorContent()).isEmpty();
    TensorValue back = read(message);
    assertThat(back).hasToString(value.toString());
    assertThat(back.strings())
        .usingElementComparator(java.util.Arrays::compare)
        .isEqualTo(value.strings());
    assertThat(back.numbers()).isEqualTo(value.numbers());
    TensorProto packed =
        message.toBuilder()
            .clear()
            .setDtype(message.getDtype())
            .setTensorShape(message.getTensorShape())
            .setTensorContent(ByteString.copyFrom(value.numbers()))
            .build();
    if (type != TensorType.STRING) {
      assertThat(read(packed).numbers()).isEqualTo(value.numbers());
    }
  }

  @Test
  void aLastValueFillsTheShape() {
    assertThat(floats(read(tensor(DataType.DT_FLOAT, 2, 2).addFloatVal(7).build())))
        .containsExactly(7, 7, 7, 7);
    assertThat(floats(read(tensor(DataType.DT_FLOAT, 3).addFloatVal(1).addFloatVal(2).build())))
        .containsExactly(1, 2, 2);
    assertThat(floats(read(tensor(DataType.DT_FLOAT, 2).build()))).containsExactly(0, 0);
    TensorProto.Builder more = tensor(DataType.DT_FLOAT, 1).addFloatVal(1).addFloatVal(2);
    assertThat(floats(read(more.build()))).containsExactly(1);
    TensorValue strings =
        read(tensor(DataType.DT_STRING, 2).addStringVal(ByteString.copyFromUtf8("a")).build());
    assertThat(strings.strings()).extracting(String::new).containsExactly("a", "a");
    assertThat(read(tensor(DataType.DT_STRING, 1).build()).strings().get(0)).isEmpty();
    assertThat(floats(read(tensor(DataType.DT_FLOAT).addFloatVal(3).build()))).containsExactly(3);
  }

  @Test
  void stringsAsBytes() {
    ByteString packed = ByteString.copyFrom(new byte[] {2, 0, 1, 'a', 'b', 'c'});
    TensorValue strings = read(tensor(DataType.DT_STRING, 3).setTensorContent(packed).build());
    assertThat(strings.strings()).extracting(String::new).containsExactly("ab", "", "c");
    refused(
        tensor(DataType.DT_STRING, 2).setTensorContent(packed),
        StatusCode.INVALID_ARGUMENT,
        "expected 2 strings");
    refused(
        tensor(DataType.DT_STRING, 4).setTensorContent(packed),
        StatusCode.INVALID_ARGUMENT,
        "expected 4 strings");
  }

  @Test
  void tensorsThatAreNone() {
    StatusCode invalid = StatusCode.INVALID_ARGUMENT;
    refused(tensor(DataType.DT_FLOAT, -1).addFloatVal(1), invalid, "found -1");
    refused(tensor(DataType.DT_FLOAT, 1L << 40, 1L << 40), invalid, "elements");
    refused(tensor(DataType.DT_FLOAT, 1L << 40, 0, 1L << 40), invalid, "elements");
    TensorProto.Builder unknown = tensor(DataType.DT_FLOAT);
    unknown.getTensorShapeBuilder().setUnknownRank(true);
    refused(unknown, invalid, "unknown");
    refused(
        tensor(DataType.DT_FLOAT, 2).setTensorContent(ByteString.copyFrom(new byte[7])),
        invalid,
        "expected 8 bytes of tensor_content, found 7");
    refused(tensor(DataType.DT_COMPLEX64, 1), invalid, "type 8");
    refused(tensor(DataType.DT_INVALID, 1), invalid, "type 0");
    refused(tensor(DataType.DT_FLOAT, 1).setDtypeValue(99), invalid, "type 99");
  }

  @Test
  void tensorsThatAreTooLarge() {
    StatusCode invalid = StatusCode.INVALID_ARGUMENT;
    TensorProto.Builder most = tensor(DataType.DT_FLOAT, 1 << 18).addFloatVal(1);
    assertThat(read(most.build()).numbers().remaining()).isEqualTo(1 << 20);
    refused(
        tensor(DataType.DT_FLOAT, (1 << 18) + 1).addFloatVal(1),
        invalid,
        "at most 1048576 bytes of tensors in a request, found 4 more: float[262145]");
    ByteString long16 = ByteString.copyFrom(new byte[16]);
    assertThat(read(tensor(DataType.DT_STRING, 1 << 15).addStringVal(long16).build()).strings())
        .hasSize(1 << 15);
    refused(
        tensor(DataType.DT_STRING, (1 << 15) + 1).addStringVal(long16), invalid, "found 32 more");
    refused(tensor(DataType.DT_STRING, (1 << 16) + 1), invalid, "found 16 more");
    assertThatThrownBy(() -> new TensorReader(1L << 31)).hasMessageStartingWith("maxBytes");
  }

  @Test
  void tensorsThatAreTooLargeTogether() {
    TensorProto half = tensor(DataType.DT_FLOAT, 1 << 17).addFloatVal(1).build();
    TensorProto more = tensor(DataType.DT_INT8, 1).build();
    assertThat(READER.read(Map.of("a", half, "b", half))).containsOnlyKeys("a", "b");
    assertThatThrownBy(() -> READER.read(Map.of("a", half, "c", more, "b", half)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("Input \"c\"")
        .hasMessageContaining("found 1 more");
  }

  @Test
  void booleansAreOfTwoBytesAlone() {
    assertThat(
            read(tensor(DataType.DT_BOOL, 2)
                    .setTensorContent(ByteString.copyFrom(new byte[] {0, 1}))
                    .build())
                .numbers()
                .get(1))
        .isEqualTo((byte) 1);
    for (int other : new int[] {2, 255}) {
      refused(
          tensor(DataType.DT_BOOL, 2)
              .setTensorContent(ByteString.copyFrom(new byte[] {1, (byte) other})),
          StatusCode.INVALID_ARGUMENT,
          "0 and 1");
    }
  }

  @Test
  void theWireIsTensorFlows() throws InvalidProtocolBufferException {
    org.tensorflow.framework.TensorProto theirs =
        org.tensorflow.framework.TensorProto.newBuilder()
            .setDtype(org.tensorflow.framework.DataType.DT_INT64)
            .setTensorShape(
                org.tensorflow.framework.TensorShapeProto.newBuilder()
                    .addDim(Dim.newBuilder().setSize(2)))
            .addInt64Val(5)
            .addInt64Val(-6)
            .build();
    TensorValue ours = read(TensorProto.parseFrom(theirs.toByteString()));
    assertThat(ours).hasToString("int64[2]");
    assertThat(ours.numbers().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(1)).isEqualTo(-6);
    TensorProto written = TensorWriter.write(ours);
    assertThat(org.tensorflow.framework.TensorProto.parseFrom(written.toByteString()))
        .isEqualTo(theirs);
    TensorValue text = TensorValue.strings("ü");
    assertThat(
            org.tensorflow.framework.TensorProto.parseFrom(TensorWriter.write(text).toByteString())
                .getStringVal(0)
                .toString(StandardCharsets.UTF_8))
        .isEqualTo("ü");
  }
}
