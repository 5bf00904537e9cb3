package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.function.Function;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.Sessions;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;

/** Exports as TensorFlow loads them. */
final class Bundles {
  private Bundles() {}

  /**
   * The export in a folder; the caller closes it.
   *
   * @throws MtlException EXPORT_INVALID if TensorFlow cannot load it
   */
  static SavedModelBundle load(Path folder) {
    return load(folder, Sessions::load);
  }

  /** The same, as {@link Sessions#loadAsWritten} has it. */
  static SavedModelBundle loadAsWritten(Path folder) {
    return load(folder, Sessions::loadAsWritten);
  }

  private static SavedModelBundle load(Path folder, Function<Path, SavedModelBundle> loader) {
    try {
      return loader.apply(folder);
    } catch (TensorFlowException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.EXPORT_INVALID,
              folder.toString(),
              "TensorFlow cannot load the export: " + e.getMessage() + ".",
              "Export the run again with mtl export."),
          e);
    }
  }
}
