package org.mtl4j.server.model;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.serving.model.Explanations;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.CurrentRanker;
import org.mtl4j.serving.ranking.FusionOrder;
import org.mtl4j.serving.ranking.Ranker;
import org.mtl4j.serving.ranking.RankingLimits;
import org.mtl4j.serving.ranking.RankingRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a version recommends with. Its items are read again when their files have changed, and take
 * the place of those before in one step; files that cannot be used take nothing away. Requests come
 * from any thread, {@link #look} from the one that keeps the model. Close it: explanations hold
 * native memory.
 */
public final class ServedRanker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.mtl4j.server.models");

  private final MtlModel model;
  private final Optional<CatalogueSource> items;
  private final Optional<Explanations> explanations;
  private final Optional<RankingRequest.Order> usual;
  private final CurrentRanker current;
  private List<CatalogueSource.Stamp> seen;
  private List<CatalogueSource.Stamp> done;
  private volatile String problem = "";

  /**
   * Reads the items, and loads what explains.
   *
   * @param name of the model
   * @throws MtlException if the fusion or the items cannot be used with this model
   */
  ServedRanker(MtlModel model, String name, Recommending with) {
    this.model = model;
    this.items = Optional.ofNullable(with.catalogues().get(name));
    this.usual =
        Optional.ofNullable(with.fusions().get(name))
            .map(file -> FusionOrder.of(file, model.manifest()));
    this.seen = stamps();
    this.done = seen;
    this.explanations = with.explain() ? explanations(model) : Optional.empty();
    try {
      this.current = new CurrentRanker(made());
    } catch (RuntimeException | Error e) {
      explanations.ifPresent(Explanations::close);
      throw e;
    }
  }

  private static Optional<Explanations> explanations(MtlModel model) {
    if (model.manifest().explanation().inputs().isEmpty()) {
      LOG.warn(
          "{} was written by an earlier release and cannot explain what it recommends",
          model.manifest().name());
      return Optional.empty();
    }
    return Optional.of(model.ranking().explanations());
  }

  private List<CatalogueSource.Stamp> stamps() {
    return items.map(CatalogueSource::stamps).orElse(List.of());
  }

  private Ranker made() {
    return model
        .ranking()
        .ranker(
            new Ranker.Parts(
                items.map(source -> model.ranking().over(source.reader().get())),
                explanations.map(ready -> ready),
                RankingLimits.DEFAULT,
                usual));
  }

  /** The one to ask; a request asks once. */
  Ranker get() {
    return current.get();
  }

  /** What is wrong with files that were not taken; empty if nothing. */
  String problem() {
    return problem;
  }

  /**
   * Reads the files again if they have changed, and were the same at two looks, one after the
   * other: somebody may still be writing them.
   */
  Optional<CatalogueLook> look() {
    List<CatalogueSource.Stamp> now = stamps();
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(done)) {
      return Optional.empty();
    }
    done = now;
    try {
      current.swap(made());
      problem = "";
      return Optional.of(new CatalogueLook.Swapped());
    } catch (RuntimeException | OutOfMemoryError e) {
      problem =
          "The catalogue has changed and cannot be used; the one before is: " + e.getMessage();
      return Optional.of(new CatalogueLook.Refused(problem));
    }
  }

  @Override
  public void close() {
    explanations.ifPresent(Explanations::close);
  }
}
