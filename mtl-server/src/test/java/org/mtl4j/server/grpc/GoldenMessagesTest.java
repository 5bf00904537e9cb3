package org.mtl4j.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** Tensors as TensorFlow's Python writes them, {@code golden.py}: the same values read here. */
class GoldenMessagesTest {
  static Stream<Golden> tensors() throws IOException {
    try (InputStream file = GoldenMessagesTest.class.getResourceAsStream("golden_messages.tsv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split("\t", -1))
              .filter(line -> line[0].equals("tensor"))
              .map(line -> new Golden(line[1], line[2]))
              .toList()
              .stream();
    }
  }

  /**
   * A golden.
   *
   * @param expected type and shape, a blank, and the bytes of numbers or strings
   * @param message in base 64
   */
  private record Golden(String expected, String message) {}

  @ParameterizedTest
  @MethodSource("tensors")
  void valuesAreThoseOfPython(Golden golden) throws IOException {
    TensorProto theirs = TensorProto.parseFrom(Base64.getDecoder().decode(golden.message()));
    TensorValue found = new TensorReader(1 << 20).read(Map.of("x", theirs)).get("x");
    assertThat(print(found)).isEqualTo(golden.expected());
    // And by way of our own words for it.
    TensorValue again =
        new TensorReader(1 << 20).read(Map.of("x", TensorWriter.write(found))).get("x");
    assertThat(print(again)).isEqualTo(golden.expected());
  }

  private static String print(TensorValue tensor) {
    String values;
    if (tensor.type() == TensorType.STRING) {
      List<String> strings = new ArrayList<>();
      for (byte[] string : tensor.strings()) {
        strings.add(string.length == 0 ? "-" : Base64.getEncoder().encodeToString(string));
      }
      values = strings.stream().collect(Collectors.joining(" "));
    } else {
      byte[] bytes = new byte[tensor.numbers().remaining()];
      tensor.numbers().get(bytes);
      values = HexFormat.of().formatHex(bytes);
    }
    return tensor + " " + values;
  }
}
