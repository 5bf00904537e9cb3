package org.mtl4j.serving.ranking;

import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ModelManifest;

/** The outputs of a model that candidates can be ranked by. */
final class RankingOutputs {
  private final ModelManifest manifest;

  RankingOutputs(ModelManifest manifest) {
    this.manifest = manifest;
  }

  /** Those of width 1. */
  List<String> names() {
    return manifest.outputs().stream()
        .filter(output -> output.classes().isEmpty())
        .map(ModelManifest.Output::name)
        .toList();
  }

  /** Refuses an output that nothing can be ranked by. */
  void check(String by) {
    if (!names().contains(by)) {
      throw new MtlException(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              "",
              "There is no output \"" + by + "\" to rank by.",
              Nearest.hint(by, names())));
    }
  }

  /** The last binary output, the deepest of a funnel. */
  String deepest() {
    return manifest.outputs().stream()
        .filter(output -> output.type().equals("binary"))
        .reduce((earlier, later) -> later)
        .map(ModelManifest.Output::name)
        .orElseThrow(
            () ->
                new MtlException(
                    new Problem(
                        ErrorCode.REQUEST_INVALID,
                        "",
                        "The model has no binary output to rank by.",
                        "Name the output to rank by: " + names() + ".")));
  }
}
