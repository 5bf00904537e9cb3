package org.mtl4j.experiment.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.PythonTensorFlow;

/**
 * An export gives the numbers that stock Python TensorFlow reads from it. The golden numbers were
 * made by {@code golden.py} with TensorFlow 2.21 from the export of {@link GoldenModel}; where a
 * Python with TensorFlow is there (MTL_PYTHON, or python3) they are made again and compared.
 */
class GoldenExportTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  @Test
  void loadedExportGivesTheNumbersOfPythonTensorFlow() throws IOException {
    GoldenModel.export(folder.resolve("1"));
    try (InputStream file = getClass().getResourceAsStream("golden.json")) {
      assertAgrees(folder.resolve("1"), JSON.readValue(file, new TypeReference<>() {}));
    }
  }

  @Test
  void pythonTensorFlowReadsTheExportWhereItIsInstalled() throws Exception {
    PythonTensorFlow.assumeThere();
    GoldenModel.export(folder.resolve("1"));
    Path rows = folder.resolve("rows.json");
    JSON.writeValue(rows.toFile(), GoldenModel.rows().stream().map(r -> wellFormed(r)).toList());
    String output =
        PythonTensorFlow.run(
            getClass(), "golden.py", folder, folder.resolve("1").toString(), rows.toString());
    assertAgrees(folder.resolve("1"), JSON.readValue(output, new TypeReference<>() {}));
  }

  /** JSON in UTF-8, as any file, holds no half of a surrogate pair. */
  private static Map<String, Object> wellFormed(Map<String, Object> row) {
    Map<String, Object> written = new LinkedHashMap<>(row);
    written.replaceAll((name, v) -> v instanceof String text ? UnicodeText.wellFormed(text) : v);
    return written;
  }

  private static void assertAgrees(Path export, Map<String, List<Object>> golden) {
    try (MtlModel model = MtlModel.load(export)) {
      List<Map<String, float[]>> found = model.predict(GoldenModel.rows());
      assertThat(golden).containsOnlyKeys(found.get(0).keySet());
      golden.forEach(
          (output, rows) -> {
            for (int r = 0; r < rows.size(); r++) {
              assertClose(output, r, found.get(r).get(output), rows.get(r));
            }
          });
    }
  }

  private static void assertClose(String output, int row, float[] found, Object golden) {
    List<?> expected = golden instanceof List<?> list ? list : List.of(golden);
    assertThat(found).as("%s of row %d", output, row).hasSize(expected.size());
    for (int i = 0; i < found.length; i++) {
      double value = ((Number) expected.get(i)).doubleValue();
      assertThat(Math.abs(found[i] - value))
          .as("%s of row %d: expected %s, found %s", output, row, value, found[i])
          .isLessThanOrEqualTo(1e-6 + 1e-5 * Math.abs(value));
    }
  }
}
