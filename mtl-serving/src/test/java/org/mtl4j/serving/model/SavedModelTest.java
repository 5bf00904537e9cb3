package org.mtl4j.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.HalfPlusTwo;

/** A SavedModel of somebody else's, run by its signatures. */
class SavedModelTest {
  @TempDir private Path folder;

  private SavedModel load() {
    HalfPlusTwo.write(folder.resolve("1"));
    return SavedModel.load(folder.resolve("1"));
  }

  @Test
  void signatures() {
    try (SavedModel model = load()) {
      assertThat(model.signatures())
          .containsOnlyKeys("classify_x_to_y", "regress_x_to_y", "serving_default", "text");
      Signature half = model.signatures().get("serving_default");
      assertThat(half.method()).isEqualTo("tensorflow/serving/predict");
      assertThat(half.inputs().get("x").type()).isEqualTo(TensorType.FLOAT);
      assertThat(half.inputs().get("x").printedSizes()).isEqualTo("[?]");
      assertThat(half.outputs()).containsOnlyKeys("y");
      assertThat(model.signatures().get("text").inputs().get("text").printedSizes())
          .isEqualTo("[...]");
    }
  }

  @Test
  void numbersAndStrings() {
    try (SavedModel model = load()) {
      Signature half = model.signatures().get("serving_default");
      TensorValue y =
          model.run(half, Map.of("x", TensorValue.floats(1, 2, 80)), Set.of("y")).get("y");
      float[] values = new float[3];
      y.numbers().asFloatBuffer().get(values);
      assertThat(values).containsExactly(2.5f, 3, 42);
      byte[] bytes = {0, -1, 7};
      TensorValue text = TensorValue.ofStrings(TensorShape.of(1, 2), List.of(bytes, new byte[0]));
      TensorValue same =
          model
              .run(model.signatures().get("text"), Map.of("text", text), List.of("same_bytes"))
              .get("same_bytes");
      assertThat(same).hasToString("string[1,2]");
      assertThat(same.strings().get(0)).isEqualTo(bytes);
      assertThat(same.strings().get(1)).isEmpty();
    }
  }

  @Test
  void inputsThatDoNotFit() {
    try (SavedModel model = load()) {
      Signature half = model.signatures().get("serving_default");
      assertThatThrownBy(() -> model.run(half, Map.of(), Set.of("y")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("inputs: expected some of [x], found []");
      TensorValue one = TensorValue.floats(1);
      assertThatThrownBy(() -> model.run(half, Map.of("x", one, "z", one), Set.of("y")))
          .hasMessageStartingWith("inputs: expected some of [x], found [");
      for (Set<String> outputs : List.of(Set.<String>of(), Set.of("z"))) {
        assertThatThrownBy(() -> model.run(half, Map.of("x", one), outputs))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("outputs: expected some of [y], found " + outputs);
      }
      TensorValue none = TensorValue.floats();
      assertThat(model.run(half, Map.of("x", none), Set.of("y")).get("y")).hasToString("float[0]");
      assertThatThrownBy(() -> model.run(half, Map.of("x", TensorValue.strings("a")), Set.of("y")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("input \"x\": expected float[?], found string[1]");
      TensorValue table =
          TensorValue.ofNumbers(
              TensorType.FLOAT, TensorShape.of(1, 1), TensorValue.floats(1).numbers());
      assertThatThrownBy(() -> model.run(half, Map.of("x", table), Set.of("y")))
          .hasMessage("input \"x\": expected float[?], found float[1,1]");
      Signature regress = model.signatures().get("regress_x_to_y");
      TensorValue junk = TensorValue.strings("\n\u0005no example");
      assertThatThrownBy(() -> model.run(regress, Map.of("inputs", junk), Set.of("outputs")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFolderThatIsNone() throws Exception {
    Files.createDirectories(folder.resolve("2"));
    assertThatThrownBy(() -> SavedModel.load(folder.resolve("2")))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining(folder.resolve("2").toString());
  }
}
