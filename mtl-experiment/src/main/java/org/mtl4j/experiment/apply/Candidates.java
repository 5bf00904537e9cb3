package org.mtl4j.experiment.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import org.mtl4j.serving.model.Explanations;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.CatalogueScores;
import org.mtl4j.serving.ranking.JoinedScores;
import org.mtl4j.serving.ranking.Ranker;
import org.mtl4j.serving.ranking.RankingLimits;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.serving.ranking.Recommendation;
import org.mtl4j.serving.ranking.Recommender;

/** Ranks the candidates in some files for a user. */
public final class Candidates {
  private final ServedModel served;

  /** Ranks with a model. */
  public Candidates(ServedModel served) {
    this.served = served;
  }

  /**
   * What came out.
   *
   * @param by the output, or outputs, that candidates were ranked by
   * @param recommendations the best, best first
   * @param warnings what looked odd, a sentence each
   */
  public record Ranking(String by, List<Recommendation> recommendations, List<String> warnings) {
    /** Copies the lists. */
    public Ranking {
      recommendations = List.copyOf(recommendations);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The k best candidates.
   *
   * @param user the user's and the moment's columns
   * @param files candidates, a row each, in the format of the run's source with a header line
   * @param by the output to rank by; empty: the fusion that the export has, else the last binary
   *     one, the deepest of a funnel
   * @param k how many at most, at least 1
   * @throws MtlException if there is no such output, or columns that the model reads are missing
   */
  public Ranking rank(Map<String, ?> user, List<String> files, Optional<String> by, int k) {
    Optional<Path> own = ExportFiles.fusion(served.folder(), served.manifest());
    if (by.isEmpty() && own.isPresent()) {
      return rank(user, files, FusionFile.read(own.get()).fusion(), k);
    }
    String output = by.orElseGet(this::deepest);
    return rank(
        output, user, files, (model, whole, items) -> model.recommend(whole, items, output, k));
  }

  private Ranking rank(Map<String, ?> user, List<String> files, Fusion by, int k) {
    return rank(
        by.kind().key() + " of " + String.join(", ", by.outputs()),
        user,
        files,
        (model, whole, items) -> model.recommend(whole, items, by, k));
  }

  /**
   * As {@link #rank(Map, List, Optional, int)}, by a score out of several outputs.
   *
   * @param fusion a warning says if it was tuned for another export
   */
  public Ranking rank(Map<String, ?> user, List<String> files, FusionFile fusion, int k) {
    Ranking ranking = rank(user, files, fusion.fusion(), k);
    List<String> warnings = new ArrayList<>(ranking.warnings());
    warnings.addAll(warnings(fusion));
    return new Ranking(ranking.by(), ranking.recommendations(), warnings);
  }

  /**
   * What is recommended of a catalogue.
   *
   * @param ranking the best items, and what became of the others
   * @param warnings what looked odd, a sentence each
   */
  public record Chosen(RankingResult ranking, List<String> warnings) {
    /** Copies the list. */
    public Chosen {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The best items of a catalogue. They are held in memory, and encoded once where the model is an
   * export.
   *
   * @param user the user's and the moment's columns
   * @param files items, a row each, in the format of the run's source with a header line
   * @param id the column with their ids
   * @param asked says what is wanted
   * @throws MtlException as {@link Ranker#rank} and {@link ItemCatalogue#load}; USAGE if
   *     explanations are asked of a baseline
   */
  public Chosen choose(
      Map<String, ?> user, List<String> files, String id, Consumer<RankingRequest.Builder> asked) {
    Set<String> wanted = new LinkedHashSet<>(served.columns());
    wanted.removeAll(user.keySet());
    BatchSource items = served.data().items(files, wanted);
    ItemCatalogue catalogue = ItemCatalogue.load(items, id);
    wanted.removeAll(items.columns().names());
    List<String> warnings = new ArrayList<>(served.pseudonymsExpected());
    Map<String, ?> whole = user.isEmpty() ? user : whole(user, wanted, warnings);
    RankingRequest.Builder builder = RankingRequest.forUser(whole);
    asked.accept(builder);
    RankingRequest request = builder.build();
    try (Predictor predictor = served.load()) {
      RankingResult ranking = rank(predictor, catalogue, request);
      warnings.addAll(items.warnings());
      return new Chosen(ranking, warnings);
    }
  }

  private RankingResult rank(Predictor predictor, ItemCatalogue catalogue, RankingRequest request) {
    RankingLimits limits =
        new RankingLimits(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    if (predictor instanceof MtlModel model) {
      try (Explanations explanations = request.explain() ? model.ranking().explanations() : null) {
        Ranker.Parts parts =
            new Ranker.Parts(
                Optional.of(model.ranking().over(catalogue)),
                Optional.ofNullable(explanations),
                limits);
        return model.ranking().ranker(parts).rank(request);
      }
    }
    if (request.explain()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--explain",
              "Expected a model with a graph, found one that was fitted without.",
              "Leave --explain out."));
    }
    CatalogueScores scores = new JoinedScores(served.manifest(), predictor, catalogue);
    Ranker.Parts parts = new Ranker.Parts(Optional.of(scores), Optional.empty(), limits);
    return new Ranker(served.manifest(), predictor, List.of(), parts).rank(request);
  }

  /** A warning if a fusion was tuned for another export than this one. */
  public List<String> warnings(FusionFile fusion) {
    return FusionTuning.warnings(fusion, served.folder());
  }

  @FunctionalInterface
  private interface Best {
    List<Recommendation> of(Recommender model, Map<String, ?> user, BatchSource items);
  }

  private Ranking rank(String by, Map<String, ?> user, List<String> files, Best ranked) {
    Set<String> wanted = new LinkedHashSet<>(served.columns());
    wanted.removeAll(user.keySet());
    BatchSource items = served.data().items(files, wanted);
    wanted.removeAll(items.columns().names());
    List<String> warnings = new ArrayList<>(served.pseudonymsExpected());
    try (Predictor predictor = served.load()) {
      Recommender model = new Recommender(served.manifest(), predictor);
      Map<String, ?> whole = user.isEmpty() ? user : whole(user, wanted, warnings);
      List<Recommendation> best = ranked.of(model, whole, items);
      warnings.addAll(items.warnings());
      return new Ranking(by, best, warnings);
    }
  }

  /** The user with the columns of lookups and derived ones. */
  private Map<String, ?> whole(Map<String, ?> user, Set<String> wanted, List<String> warnings) {
    BatchSource source = served.data().user(user, wanted);
    Map<String, Object> whole = new LinkedHashMap<>();
    try (RawCursor cursor = source.open()) {
      RawBatch row = cursor.next(1).orElseThrow();
      for (int c = 0; c < row.columns().size(); c++) {
        whole.put(row.columns().names().get(c), row.text(c, 0));
      }
      cursor.next(1); // The warnings are of a whole pass.
    }
    warnings.addAll(source.warnings());
    user.forEach(
        (column, value) -> {
          if (!served.data().pseudonyms().contains(column)) {
            whole.put(column, value); // As given, in its own types.
          }
        });
    return whole;
  }

  private String deepest() {
    return served.manifest().outputs().stream()
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
                        "Name the output to rank by: "
                            + served.manifest().outputs().stream()
                                .map(ModelManifest.Output::name)
                                .toList()
                            + ".")));
  }
}
