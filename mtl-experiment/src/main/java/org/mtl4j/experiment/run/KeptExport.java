package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.training.TrainingSession;

/**
 * Another state of a finished run than the one that it exported, one of its Pareto front say: made
 * an export of its own for as long as somebody looks at it.
 *
 * @param run finished
 * @param step of a checkpoint that is kept
 */
public record KeptExport(Run run, long step) {
  /**
   * Exports it into a folder that is gone afterwards. The run's data are read once more, out of the
   * cache if they are there; its own files stay as they are.
   *
   * @param work gets the export's folder
   * @throws org.mtl4j.core.error.MtlException FILE_MISSING if the run is not finished, USAGE if
   *     there is no checkpoint of the step, CHECKPOINT_INVALID if it is damaged or not of the data
   *     that are there now
   */
  public <T> T with(
      ExperimentService service, ExperimentListener listener, Function<Path, T> work) {
    Path folder = temporary();
    try {
      service.withMaterial(
          run,
          listener,
          material -> {
            export(material, new RunFiles(folder));
            return folder;
          });
      return work.apply(new RunFiles(folder).export(1));
    } finally {
      delete(folder);
    }
  }

  private void export(RunMaterial material, RunFiles files) {
    Map<String, String> provenance = Provenance.read(run.files());
    provenance.put("step", Long.toString(step));
    try (TrainingSession session = material.at(step)) {
      Folders.make(files.exports());
      material.export(session, files, provenance);
    } catch (IOException e) {
      throw RunFiles.failure(files.exports(), e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("mtl-export");
    } catch (IOException e) {
      throw RunFiles.failure(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // The system's folder of temporary files is cleared by the system.
    }
  }
}
