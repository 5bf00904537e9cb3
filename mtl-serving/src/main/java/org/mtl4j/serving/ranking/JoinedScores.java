package org.mtl4j.serving.ranking;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.serving.catalogue.ItemCatalogue;

/**
 * Scores of a catalogue's items by rows with all their columns, as any predictor takes them:
 * nothing is encoded beforehand. As safe for several threads as the predictor.
 */
public final class JoinedScores implements CatalogueScores {
  private final CandidateRows rows;
  private final Predictor predictor;
  private final ItemCatalogue catalogue;

  /**
   * Scores by a predictor, which stays the caller's.
   *
   * @param manifest what it takes
   */
  public JoinedScores(ModelManifest manifest, Predictor predictor, ItemCatalogue catalogue) {
    this.rows = new CandidateRows(manifest, List.of());
    this.predictor = predictor;
    this.catalogue = catalogue;
  }

  @Override
  public ItemCatalogue catalogue() {
    return catalogue;
  }

  @Override
  public Predictions predict(RawBatch user, int[] positions) {
    return predictor.predict(rows.joined(user, catalogue.rows().select(positions)));
  }
}
