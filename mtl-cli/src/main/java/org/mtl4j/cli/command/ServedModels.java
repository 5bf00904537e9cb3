package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.server.config.ModelConfigFile;
import org.mtl4j.server.config.ServedModel;

/** Models as options name them. */
final class ServedModels {
  private ServedModels() {}

  /**
   * What one of two options says: a folder, or a file of TensorFlow Serving's.
   *
   * @param base the folder, or null
   * @param file the file, or null
   * @throws MtlException USAGE unless it is one of them; what {@link ModelConfigFile#read} throws
   */
  static List<ServedModel> of(String name, Path base, Path file) {
    if ((base == null) == (file == null)) {
      throw new MtlException(
          Problem.of(
              ErrorCode.USAGE,
              "",
              "Expected a folder of versions or a file of models, found %s of them."
                  .formatted(base == null ? "neither" : "both")));
    }
    return file == null ? List.of(named(name, base)) : ModelConfigFile.read(file);
  }

  /**
   * The latest version of what is in a folder.
   *
   * @throws MtlException USAGE for a name that no request could spell
   */
  private static ServedModel named(String name, Path base) {
    try {
      return ServedModel.latest(name, base);
    } catch (IllegalArgumentException e) {
      throw new MtlException(Problem.of(ErrorCode.USAGE, "--name", e.getMessage() + "."), e);
    }
  }
}
