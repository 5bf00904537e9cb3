package org.mtl4j.experiment.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.PythonTensorFlow;

/**
 * Stock TensorFlow reads an export's warm-up file, where a Python with TensorFlow is there
 * (MTL_PYTHON, or python3), and the export answers the requests.
 */
class PythonWarmUpTest {
  @TempDir Path folder;

  @Test
  void pythonTensorFlowReadsTheRequestsAndTheExportAnswersThem() throws Exception {
    PythonTensorFlow.assumeThere();
    GoldenModel.export(folder.resolve("1"));
    JsonNode answers =
        JsonMapper.builder()
            .build()
            .readTree(
                PythonTensorFlow.run(
                    getClass(), "warmup.py", folder, folder.resolve("1").toString()));
    assertThat(answers.findValuesAsText("signature"))
        .containsExactly(
            "serving_default", "serving_encoded", "serving_default", "serving_encoded");
    assertThat(answers.findValuesAsText("rows")).containsExactly("1", "1", rows(), rows());
    for (int pair = 0; pair < 4; pair += 2) {
      JsonNode raw = answers.get(pair).get("outputs");
      JsonNode encoded = answers.get(pair + 1).get("outputs");
      assertThat(raw.size()).isEqualTo(encoded.size()).isPositive();
      raw.properties().forEach(output -> assertClose(output.getKey(), output.getValue(), encoded));
    }
  }

  private static void assertClose(String name, JsonNode found, JsonNode encoded) {
    JsonNode expected = encoded.get(name);
    assertThat(expected.size()).isEqualTo(found.size());
    for (int i = 0; i < expected.size(); i++) {
      double value = expected.get(i).asDouble();
      assertThat(found.get(i).asDouble())
          .as("%s, number %d", name, i)
          .isCloseTo(value, within(1e-6 + 1e-5 * Math.abs(value)));
    }
  }

  private static String rows() {
    return Integer.toString(GoldenModel.rows().size());
  }
}
