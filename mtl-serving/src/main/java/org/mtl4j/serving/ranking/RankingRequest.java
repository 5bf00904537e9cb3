package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.task.Expression;

/**
 * Whom to recommend what.
 *
 * @param user the user's and the moment's columns; ids alone where a lookup gives the rest
 * @param candidates among which to choose
 * @param order what to rank by; empty: the last binary output, the deepest of a funnel
 * @param choice how many, and which not
 * @param explain whether to say for each item what the features add to its scores
 */
public record RankingRequest(
    Map<String, Object> user,
    Candidates candidates,
    Optional<Order> order,
    Choice choice,
    boolean explain) {
  /** Copies the map. */
  public RankingRequest {
    user = Collections.unmodifiableMap(new LinkedHashMap<>(user));
  }

  /** Items to choose from. */
  public sealed interface Candidates {
    /**
     * Items with their columns.
     *
     * @param rows a map from column to value each; see {@link
     *     org.mtl4j.core.batch.BatchSource#of(List)}
     * @param id the column with their ids, if they have such
     */
    record Rows(List<Map<String, Object>> rows, Optional<String> id) implements Candidates {
      /** Copies the list. */
      public Rows {
        rows = List.copyOf(rows);
      }
    }

    /**
     * Items of the catalogue.
     *
     * @param ids theirs
     */
    record Ids(List<String> ids) implements Candidates {
      /** Copies the list. */
      public Ids {
        ids = List.copyOf(ids);
      }
    }

    /** All items of the catalogue. */
    record Catalogue() implements Candidates {}
  }

  /** What candidates are ranked by. */
  public sealed interface Order {
    /**
     * One output.
     *
     * @param output of width 1
     */
    record ByOutput(String output) implements Order {}

    /**
     * A score out of several outputs.
     *
     * @param fusion of outputs of width 1
     */
    record ByFusion(Fusion fusion) implements Order {}
  }

  /**
   * Which candidates may be recommended.
   *
   * @param k how many at most
   * @param where conditions over the candidates' columns, all of which must hold; a missing value
   *     is no match
   * @param exclude ids that are not recommended, of items the user has seen say
   * @param atMost how many items of equal value there may be
   */
  public record Choice(int k, List<Expression> where, Set<String> exclude, List<AtMost> atMost) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public Choice {
      if (k < 1) {
        throw new IllegalArgumentException("k: expected at least 1, found " + k);
      }
      where = List.copyOf(where);
      exclude = Collections.unmodifiableSet(new LinkedHashSet<>(exclude));
      atMost = List.copyOf(atMost);
    }
  }

  /**
   * At most so many recommended items may have the same value of a column; those without a value
   * may be any number.
   *
   * @param items how many
   * @param column a column of the candidates
   */
  public record AtMost(int items, String column) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public AtMost {
      if (items < 1) {
        throw new IllegalArgumentException("at_most: expected at least 1, found " + items);
      }
    }
  }

  /** A request for a user. */
  public static Builder forUser(Map<String, ?> user) {
    return new Builder(user);
  }

  /** Puts a request together. */
  public static final class Builder {
    private final Map<String, Object> user;
    private Candidates candidates = new Candidates.Catalogue();
    private Optional<Order> order = Optional.empty();
    private int k = 10;
    private final List<Expression> where = new ArrayList<>();
    private final Set<String> exclude = new LinkedHashSet<>();
    private final List<AtMost> atMost = new ArrayList<>();
    private boolean explain;

    private Builder(Map<String, ?> user) {
      this.user = new LinkedHashMap<>(user);
    }

    /**
     * Columns of the moment: hour, device.
     *
     * @throws IllegalArgumentException if the user has one of that name
     */
    public Builder context(Map<String, ?> context) {
      context.forEach(
          (column, value) -> {
            if (user.containsKey(column)) {
              throw new IllegalArgumentException(
                  "context: expected columns that the user has not, found \"" + column + "\"");
            }
            user.put(column, value);
          });
      return this;
    }

    /** Among which to choose; by default the whole catalogue. */
    public Builder candidates(Candidates among) {
      candidates = among;
      return this;
    }

    /** Among items with their columns, which have no ids. */
    public Builder rows(List<? extends Map<String, Object>> rows) {
      return candidates(new Candidates.Rows(List.copyOf(rows), Optional.empty()));
    }

    /** Among items of the catalogue. */
    public Builder ids(List<String> ids) {
      return candidates(new Candidates.Ids(ids));
    }

    /** By that. */
    public Builder by(Order what) {
      order = Optional.of(what);
      return this;
    }

    /** By one output. */
    public Builder by(String output) {
      order = Optional.of(new Order.ByOutput(output));
      return this;
    }

    /** By several. */
    public Builder by(Fusion fusion) {
      order = Optional.of(new Order.ByFusion(fusion));
      return this;
    }

    /** How many at most; by default 10. */
    public Builder k(int most) {
      k = most;
      return this;
    }

    /**
     * Only items of which this is true, {@code "stock > 0 and price <= 20"}; several must all hold.
     *
     * @throws org.mtl4j.core.error.MtlException EXPRESSION_SYNTAX if it is no expression
     */
    public Builder where(String condition) {
      where.add(Expression.parse(condition));
      return this;
    }

    /** Without these ids. */
    public Builder exclude(Iterable<String> ids) {
      ids.forEach(exclude::add);
      return this;
    }

    /**
     * With at most so many of one value.
     *
     * @throws IllegalArgumentException if that is below 1
     */
    public Builder atMost(int items, String column) {
      atMost.add(new AtMost(items, column));
      return this;
    }

    /** With what the features of each item add to its scores. */
    public Builder explain() {
      explain = true;
      return this;
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public RankingRequest build() {
      return new RankingRequest(
          user, candidates, order, new Choice(k, where, exclude, atMost), explain);
    }
  }
}
