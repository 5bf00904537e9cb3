package org.mtl4j.serving.ranking;

import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.serving.catalogue.ItemCatalogue;

/** A model's predictions for items of one catalogue. Safe for several threads. */
public interface CatalogueScores {
  /** The catalogue. */
  ItemCatalogue catalogue();

  /**
   * Predictions for a user's candidates, in their order.
   *
   * @param user one row: the user's and the moment's columns
   * @param positions of the candidates in the catalogue, at least one
   * @throws org.mtl4j.core.error.MtlException COLUMN_MISSING or DATA_VALUE if the user's row is not
   *     one for the model
   */
  Predictions predict(RawBatch user, int[] positions);
}
