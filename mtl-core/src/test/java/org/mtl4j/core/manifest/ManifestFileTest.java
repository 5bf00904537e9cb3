package org.mtl4j.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.model.Calibrator;

class ManifestFileTest {
  @TempDir Path folder;

  private static final Explanation EXPLANATION =
      new Explanation(
          List.of(new Explanation.Input("age", Optional.of("user"), "inputs/dense:0", 0, 1)),
          Map.of("click", "head_click/logit:0"));

  private static ModelManifest manifest(
      Optional<ModelManifest.Calibration> calibration, Explanation explanation) {
    return new ModelManifest(
        ModelManifest.FORMAT,
        "shop",
        "1",
        List.of(),
        List.of(),
        List.of(new ModelManifest.Output("click", "binary", "P(click)", List.of(), calibration)),
        explanation,
        List.of(),
        Map.of("seed", "1"),
        new ModelManifest.Certificate(1, 0),
        Map.of());
  }

  @Test
  void calibratorsComeBackAsTheyWere() throws IOException {
    for (Calibrator calibrator :
        List.of(
            new Calibrator.Linear(CalibrationMethod.PLATT, List.of(0.1), List.of(-1 / 3.0)),
            new Calibrator.Curve(List.of(-1.5, 0.2), List.of(-2.0, 1 / 7.0)))) {
      ModelManifest written =
          manifest(Optional.of(ModelManifest.Calibration.of(calibrator)), EXPLANATION);
      ManifestFile.write(folder, written);
      assertThat(ManifestFile.read(folder)).isEqualTo(written);
    }
  }

  /** Of a release that knew no calibration and explained nothing: the keys are not there. */
  @Test
  void manifestOfAnEarlierReleaseIsReadWithoutLaterKeys() throws IOException {
    ModelManifest written = manifest(Optional.empty(), Explanation.NONE);
    ManifestFile.write(folder, written);
    Path file = folder.resolve(ModelManifest.FILE);
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode tree = (ObjectNode) json.readTree(file.toFile());
    tree.remove("sha256");
    assertThat(tree.remove("explanation")).isNotNull();
    assertThat(tree.remove("training")).isNotNull();
    assertThat(((ObjectNode) tree.get("outputs").get(0)).remove("calibration")).isNotNull();
    String sum = Hashing.sha256().hashString(tree.toString(), StandardCharsets.UTF_8).toString();
    Files.write(file, json.writeValueAsBytes(tree.put("sha256", sum)));
    assertThat(ManifestFile.read(folder)).isEqualTo(written);
  }
}
