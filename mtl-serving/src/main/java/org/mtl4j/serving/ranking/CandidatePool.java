package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.serving.catalogue.EmptyColumns;
import org.mtl4j.serving.catalogue.ItemCatalogue;

/**
 * The candidates of one request: rows, of which some may be chosen.
 *
 * @param source where the rows are
 * @param positions of the candidates among the rows, in their order
 * @param all whether nobody gave the candidates an order
 * @param unknown ids that there are no rows of
 * @param missed how often such an id was given
 */
record CandidatePool(
    Source source, int[] positions, boolean all, List<String> unknown, int missed) {
  /**
   * Rows that candidates are among.
   *
   * @param rows of the request, or all of the catalogue
   * @param idColumn the column with ids, if there is one
   * @param catalogue if the rows are its own
   */
  record Source(RawBatch rows, Optional<String> idColumn, Optional<ItemCatalogue> catalogue) {
    private static Source of(ItemCatalogue catalogue) {
      return new Source(catalogue.rows(), Optional.of(catalogue.id()), Optional.of(catalogue));
    }
  }

  static CandidatePool of(RankingRequest.Candidates asked, Optional<CatalogueScores> scores) {
    if (asked instanceof RankingRequest.Candidates.Rows rows) {
      return of(rows);
    }
    ItemCatalogue catalogue =
        scores
            .map(CatalogueScores::catalogue)
            .orElseThrow(
                () ->
                    new MtlException(
                        new Problem(
                            ErrorCode.REQUEST_INVALID,
                            "candidates",
                            "The model has no catalogue to take items from.",
                            "Give the candidates' columns, or load the model with a catalogue.")));
    if (asked instanceof RankingRequest.Candidates.Ids ids) {
      return of(ids.ids(), catalogue);
    }
    return new CandidatePool(
        Source.of(catalogue), IntStream.range(0, catalogue.size()).toArray(), true, List.of(), 0);
  }

  private static CandidatePool of(RankingRequest.Candidates.Rows asked) {
    RawBatch rows = batch(asked);
    if (asked.id().isPresent() && !rows.columns().contains(asked.id().get())) {
      throw new MtlException(rows.columns().missing(asked.id().get()));
    }
    return new CandidatePool(
        new Source(rows, asked.id(), Optional.empty()),
        IntStream.range(0, rows.rowCount()).toArray(),
        false,
        List.of(),
        0);
  }

  private static RawBatch batch(RankingRequest.Candidates.Rows asked) {
    if (asked.rows().isEmpty()) {
      return new RawBatch(new Columns(List.of()), 0, 0, List.of(), row -> "");
    }
    try (RawCursor cursor = BatchSource.of(asked.rows()).open()) {
      return EmptyColumns.untyped(cursor.next(asked.rows().size()).orElseThrow());
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.REQUEST_INVALID,
              "candidates",
              "A column holds numbers in some candidates and text in others.",
              "Give all its values as numbers, or all as text."),
          e);
    }
  }

  private static CandidatePool of(List<String> ids, ItemCatalogue catalogue) {
    Set<String> unknown = new LinkedHashSet<>();
    List<Integer> found = new ArrayList<>();
    for (String id : ids) {
      OptionalInt position = catalogue.position(id);
      if (position.isPresent()) {
        found.add(position.getAsInt());
      } else {
        unknown.add(id);
      }
    }
    return new CandidatePool(
        Source.of(catalogue),
        found.stream().mapToInt(Integer::intValue).toArray(),
        false,
        List.copyOf(unknown),
        ids.size() - found.size());
  }

  /** The rows that candidates are among. */
  RawBatch rows() {
    return source.rows();
  }

  /** Whether there are ids. */
  boolean hasIds() {
    return source.idColumn().isPresent();
  }

  /** How many were asked about. */
  int asked() {
    return positions.length + missed;
  }

  /** Whether the rows are the catalogue's. */
  boolean isCatalogue() {
    return source.catalogue().isPresent();
  }

  /** The id of a row; empty if it has none. */
  Optional<String> id(int row) {
    return source.idColumn().map(id -> rows().text(rows().columns().indexOf(id), row));
  }

  /** By what equal scores are ordered: the place by id, or else that among the candidates. */
  int tie(int row, int place) {
    return all ? source.catalogue().orElseThrow().placeById(row) : place;
  }
}
