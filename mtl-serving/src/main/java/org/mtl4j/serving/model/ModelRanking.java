package org.mtl4j.serving.model;

import java.util.Optional;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import org.mtl4j.serving.ranking.CatalogueScores;
import org.mtl4j.serving.ranking.JoinedScores;
import org.mtl4j.serving.ranking.Ranker;
import org.mtl4j.serving.ranking.RankingRequest;

/**
 * Ranks by an export that is loaded: makes its rankers and what they can be given besides the
 * model. As safe for several threads as the model, and of no use after it.
 */
public final class ModelRanking {
  private final MtlModel model;
  private final Optional<RankingRequest.Order> usual;

  ModelRanking(MtlModel model, Optional<RankingRequest.Order> usual) {
    this.model = model;
    this.usual = usual;
  }

  /**
   * Answers requests to rank.
   *
   * @param parts see {@link #over} for a catalogue, {@link #explanations} for explanations; where
   *     they have no usual order it is the fusion that the export has
   * @throws MtlException UNKNOWN_NAME if the model has not the outputs of the usual order
   */
  public Ranker ranker(Ranker.Parts parts) {
    Ranker.Parts whole =
        new Ranker.Parts(
            parts.catalogue(), parts.explainer(), parts.limits(), parts.usual().or(() -> usual));
    return new Ranker(model.manifest(), model, model.lookups().specs(), whole);
  }

  /**
   * The items of a catalogue, encoded for this model once and for all requests. Columns that a
   * lookup gives items are looked up here, once, and not for each request.
   *
   * @throws MtlException DATA_VALUE if an item has text or an infinite value where the model needs
   *     a number
   * @throws IllegalStateException if the model is closed
   */
  public CatalogueScores over(ItemCatalogue catalogue) {
    RowEncoder encoder = model.encoder();
    ItemCatalogue whole = LookedUpItems.of(catalogue, model.lookups());
    return model.manifest().encoded().isEmpty() // Written by an earlier release.
        ? new JoinedScores(model.manifest(), model, whole)
        : new EncodedCatalogue(
            whole,
            model.manifest(),
            encoder,
            new EncodedCatalogue.Access(model.lookups()::fill, model::predict));
  }

  /**
   * Loads what explains recommendations: a second copy of the export, with gradients, that the
   * caller closes.
   *
   * @throws MtlException as {@link IntegratedGradients#load}
   */
  public Explanations explanations() {
    return Explanations.load(model.folder(), model::filled);
  }
}
