package org.mtl4j.serving.ranking;

import java.nio.file.Path;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.core.manifest.ModelManifest;

/** The usual order of a model by the file of a fusion: one that is given, or its export's own. */
public final class FusionOrder {
  private FusionOrder() {}

  /**
   * The order that a file says.
   *
   * @throws MtlException as {@link FusionFile#read}; UNKNOWN_NAME if the model has not its outputs
   */
  public static RankingRequest.Order of(Path file, ModelManifest manifest) {
    RankingRequest.Order order = new RankingRequest.Order.ByFusion(FusionFile.read(file).fusion());
    try {
      RankingOrder.of(Optional.of(order), manifest);
    } catch (MtlException e) {
      Problem why = e.problems().get(0);
      throw new MtlException(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              file.toString(),
              "The fusion is not one for this model: " + why.what(),
              why.remedy()),
          e);
    }
    return order;
  }

  /**
   * The order of the fusion in an export; empty if its manifest names none, whatever lies there.
   *
   * @throws MtlException as {@link #of}
   */
  public static Optional<RankingRequest.Order> ofExport(Path export, ModelManifest manifest) {
    return ExportFiles.fusion(export, manifest).map(file -> of(file, manifest));
  }
}
