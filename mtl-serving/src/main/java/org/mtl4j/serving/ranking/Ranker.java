package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;

/**
 * Answers {@link RankingRequest}s: leaves candidates out, scores the others, and chooses the best.
 * What can be left out without a score is, so that it costs nothing. Equal scores keep the
 * candidates' order, and within the whole catalogue that of the ids, whatever the order of its
 * rows; a score that is no number comes last. Immutable, and as safe for several threads as the
 * model: a catalogue is swapped by taking another ranker.
 */
public final class Ranker {
  private static final int BLOCK = 4096;

  private final ModelManifest manifest;
  private final CandidateRows rows;
  private final Predictor predictor;
  private final Parts parts;

  /**
   * What a ranker may have besides a model.
   *
   * @param catalogue that candidates may be named of
   * @param explainer for requests that ask why
   * @param limits of a request
   * @param usual what to rank by where a request does not say; empty: the last binary output
   */
  public record Parts(
      Optional<CatalogueScores> catalogue,
      Optional<RowExplainer> explainer,
      RankingLimits limits,
      Optional<RankingRequest.Order> usual) {
    /** Ranks by the last binary output where a request does not say. */
    public Parts(
        Optional<CatalogueScores> catalogue,
        Optional<RowExplainer> explainer,
        RankingLimits limits) {
      this(catalogue, explainer, limits, Optional.empty());
    }

    /** No catalogue, no explanations, and the usual limits. */
    public static final Parts NONE =
        new Parts(Optional.empty(), Optional.empty(), RankingLimits.DEFAULT);
  }

  /**
   * A ranker.
   *
   * @param manifest what the model takes and gives
   * @param predictor the model, which stays the caller's
   * @param lookups what the predictor gives rows itself that lack it and have the ids
   * @throws MtlException UNKNOWN_NAME if the model has not the outputs of the usual order
   */
  public Ranker(
      ModelManifest manifest, Predictor predictor, List<LookupSpec> lookups, Parts parts) {
    this.manifest = manifest;
    this.rows = new CandidateRows(manifest, lookups);
    this.predictor = predictor;
    this.parts = parts;
    parts.usual().ifPresent(order -> RankingOrder.of(Optional.of(order), manifest));
  }

  /** The model's outputs that candidates can be ranked by. */
  public List<String> outputs() {
    return new RankingOutputs(manifest).names();
  }

  /** What it has besides the model. */
  public Parts parts() {
    return parts;
  }

  /**
   * The best candidates, and what became of the others.
   *
   * @throws MtlException UNKNOWN_NAME if there is no such output; REQUEST_INVALID for more than the
   *     limits allow, for columns that the model needs and nobody has, and where a catalogue, ids
   *     or explanations are asked for that there are none of; EXPRESSION_TYPE or COLUMN_MISSING for
   *     a condition that does not fit the candidates; DATA_VALUE for text or an infinite value
   *     where a number is needed
   */
  public RankingResult rank(RankingRequest request) {
    RankingOrder order = RankingOrder.of(request.order().or(parts::usual), manifest);
    CandidatePool pool = CandidatePool.of(request.candidates(), parts.catalogue());
    parts.limits().check(request, pool.asked());
    if (request.explain() && parts.explainer().isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.REQUEST_INVALID,
              "explain",
              "Nothing is loaded that could explain recommendations.",
              "Leave explain out, or load the model with explanations."));
    }
    RawBatch user = row(request.user());
    CandidateFilters filters = new CandidateFilters(pool, request.choice());
    int[] left = filters.left();
    if (left.length == 0) {
      return result(order, List.of(), pool, filters, 0);
    }
    rows.checkColumns(request.user().keySet(), pool.rows().columns());
    rows.checkUser(user);
    Map<String, float[]> scores = scores(user, pool, left);
    double[] by = order.scores(scores);
    Selection selection = new Selection(pool, left, request.choice());
    List<RankedItem> items = new ArrayList<>();
    for (int candidate : selection.best(by)) {
      Recommendation place =
          new Recommendation(
              items.size() + 1,
              CandidateRows.item(pool.rows(), left[candidate]),
              by[candidate],
              scoresOf(scores, candidate));
      Map<String, List<RankedItem.Contribution>> why =
          request.explain() ? explained(user, pool, left[candidate], order) : Map.of();
      items.add(new RankedItem(pool.id(left[candidate]), place, why));
    }
    filters.count(selection.passedOver());
    return result(order, items, pool, filters, left.length);
  }

  private static RankingResult result(
      RankingOrder order,
      List<RankedItem> items,
      CandidatePool pool,
      CandidateFilters filters,
      int scored) {
    return new RankingResult(
        order.name(),
        items,
        new RankingResult.Counts(pool.asked(), scored, filters.counts()),
        pool.unknown());
  }

  private static RawBatch row(Map<String, Object> user) {
    try (RawCursor cursor = BatchSource.of(List.of(user)).open()) {
      return cursor.next(1).orElseThrow();
    }
  }

  /** Of each output of width 1 the candidates' numbers, computed block by block. */
  private Map<String, float[]> scores(RawBatch user, CandidatePool pool, int[] left) {
    Map<String, float[]> scores = new LinkedHashMap<>();
    outputs().forEach(output -> scores.put(output, new float[left.length]));
    for (int from = 0; from < left.length; from += BLOCK) {
      int[] block = Arrays.copyOfRange(left, from, Math.min(left.length, from + BLOCK));
      Predictions predictions =
          pool.isCatalogue()
              ? parts.catalogue().orElseThrow().predict(user, block)
              : predictor.predict(rows.joined(user, pool.rows().select(block)));
      int first = from;
      scores.forEach(
          (output, all) ->
              System.arraycopy(predictions.values().get(output), 0, all, first, block.length));
    }
    return scores;
  }

  private static Map<String, Double> scoresOf(Map<String, float[]> scores, int candidate) {
    Map<String, Double> own = new LinkedHashMap<>();
    scores.forEach((output, values) -> own.put(output, (double) values[candidate]));
    return own;
  }

  private Map<String, List<RankedItem.Contribution>> explained(
      RawBatch user, CandidatePool pool, int position, RankingOrder order) {
    RawBatch row = rows.joined(user, pool.rows().select(new int[] {position}));
    Map<String, List<RankedItem.Contribution>> why = new LinkedHashMap<>();
    for (String output : order.outputs()) {
      why.put(output, parts.explainer().orElseThrow().explain(row, output));
    }
    return why;
  }
}
