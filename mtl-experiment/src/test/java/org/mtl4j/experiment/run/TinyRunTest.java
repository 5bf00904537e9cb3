package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.testkit.Folders;

/** What tests of a run folder begin with: the tiny experiment, and where it goes. */
abstract class TinyRunTest {
  @TempDir Path temporary;

  Path folder;

  @BeforeEach
  void choose() {
    folder = temporary.resolve("run");
  }

  final Run train(boolean resume, Map<String, String> overrides, ExperimentListener listener) {
    ConfigFile file = ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml");
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      file = file.withOverride(entry.getKey(), entry.getValue());
    }
    return Experiment.of(file).train(new TrainOptions(folder, resume), listener);
  }

  final Run train(boolean resume) {
    return train(resume, Map.of(), ExperimentListener.SILENT);
  }

  final MtlException refused(boolean resume, Map<String, String> overrides) {
    return catchThrowableOfType(
        MtlException.class, () -> train(resume, overrides, ExperimentListener.SILENT));
  }

  final Map<String, String> content() throws IOException {
    return Folders.ofRun(folder);
  }

  /** Takes every warning down. */
  static ExperimentListener noting(List<String> warnings) {
    return new ExperimentListener() {
      @Override
      public void onWarning(String warning) {
        warnings.add(warning);
      }
    };
  }

  static ExperimentListener counting(int[] steps) {
    return new ExperimentListener() {
      @Override
      public void onStep(Step step) {
        steps[0]++;
      }
    };
  }
}
