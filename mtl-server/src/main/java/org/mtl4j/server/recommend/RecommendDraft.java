package org.mtl4j.server.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonFields;
import org.mtl4j.serving.ranking.RankingLimits;
import org.mtl4j.serving.ranking.RankingRequest;

/**
 * A request to recommend while it is read, by whatever protocol. What does not go together is
 * refused by the keys that it came by. For one thread.
 */
public final class RecommendDraft {
  /** Columns of one row. */
  public static final int MOST_COLUMNS = 1_000;

  private static final int LONGEST_CONDITION = 2_000;

  private final RankingLimits limits;
  private final Optional<RankingRequest.Order> usual;
  private Map<String, Object> user = Map.of();
  private Map<String, Object> context = Map.of();
  private Optional<List<Map<String, Object>>> rows = Optional.empty();
  private Optional<List<String>> ids = Optional.empty();
  private Optional<String> idColumn = Optional.empty();
  private Optional<RankingRequest.Order> order = Optional.empty();
  private int k = 10;
  private final List<String> where = new ArrayList<>();
  private List<String> exclude = List.of();
  private final Map<String, Integer> atMost = new LinkedHashMap<>();
  private boolean explain;
  private Optional<List<String>> fields = Optional.empty();
  private Optional<String> requestId = Optional.empty();

  /**
   * Nothing so far.
   *
   * @param usual what to rank by where nobody says; empty: the last binary output
   */
  public RecommendDraft(RankingLimits limits, Optional<RankingRequest.Order> usual) {
    this.limits = limits;
    this.usual = usual;
  }

  /** The user's columns. */
  public void user(Map<String, Object> columns) {
    user = columns;
  }

  /** The moment's columns. */
  public void context(Map<String, Object> columns) {
    context = columns;
  }

  /** Candidates with their columns. */
  public void rows(List<Map<String, Object>> candidates) {
    rows = Optional.of(candidates);
  }

  /** Candidates of the catalogue. */
  public void ids(List<String> candidates) {
    ids = Optional.of(candidates);
  }

  /** The rows' column of ids. */
  public void idColumn(String column) {
    idColumn = Optional.of(column);
  }

  /**
   * By one output.
   *
   * @throws RequestException INVALID_ARGUMENT if it is said already what to rank by
   */
  public void by(String output) {
    order("by", new RankingRequest.Order.ByOutput(output));
  }

  /**
   * By several outputs.
   *
   * @param kind as {@link Fusion.Kind#key} spells it
   * @throws RequestException INVALID_ARGUMENT if there is no such kind, these are no weights of at
   *     least two outputs, or it is said already what to rank by
   */
  public void fusion(String kind, Map<String, Double> weights) {
    Fusion.Kind found =
        Arrays.stream(Fusion.Kind.values())
            .filter(known -> known.key().equals(kind))
            .findFirst()
            .orElseThrow(() -> JsonFields.refusal("fusion.kind", kinds(), "another text"));
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    boolean negative = weights.values().stream().anyMatch(weight -> !(weight >= 0));
    if (weights.size() < 2 || negative || !(sum > 0 && Double.isFinite(sum))) {
      throw JsonFields.refusal(
          "fusion.weights", "numbers of at least two outputs, 0 or more", "something else");
    }
    order("fusion", new RankingRequest.Order.ByFusion(Fusion.of(found, weights)));
  }

  private static String kinds() {
    return String.join(", ", Arrays.stream(Fusion.Kind.values()).map(Fusion.Kind::key).toList());
  }

  private void order(String key, RankingRequest.Order found) {
    if (order.isPresent()) {
      throw JsonFields.refusal(key, "one of by and fusion", "both");
    }
    order = Optional.of(found);
  }

  /** How many at most. */
  public void k(int most) {
    k = most;
  }

  /**
   * A condition.
   *
   * @throws RequestException INVALID_ARGUMENT if there are too many, or it is too long
   */
  public void where(String condition) {
    if (where.size() == limits.conditions()) {
      throw JsonFields.refusal("where", "at most %d".formatted(limits.conditions()), "more");
    }
    if (condition.length() > LONGEST_CONDITION) {
      throw JsonFields.refusal(
          "where[%d]".formatted(where.size()),
          "at most %d characters".formatted(LONGEST_CONDITION),
          "more");
    }
    where.add(condition);
  }

  /** Ids that are not recommended. */
  public void exclude(List<String> items) {
    exclude = items;
  }

  /** At most so many of one value of a column. */
  public void atMost(String column, int items) {
    atMost.put(column, items);
  }

  /** Whether to say why. */
  public void explain(boolean wanted) {
    explain = wanted;
  }

  /** The columns of items that the reply has. */
  public void fields(List<String> columns) {
    fields = Optional.of(columns);
  }

  /**
   * By which feedback names the request.
   *
   * @throws RequestException INVALID_ARGUMENT if it is not of their form
   */
  public void requestId(String id) {
    requestId = Optional.of(RequestIds.checked(id, "request_id"));
  }

  /**
   * The request.
   *
   * @throws RequestException INVALID_ARGUMENT if its parts do not go together
   */
  public RecommendRequest request() {
    RankingRequest.Builder request = RankingRequest.forUser(user);
    for (String column : context.keySet()) {
      if (user.containsKey(column)) {
        throw JsonFields.refusal(
            JsonFields.path("context", column), "a column that user has not", "one of both");
      }
    }
    request.context(context).exclude(exclude).k(k);
    order.or(() -> usual).ifPresent(request::by);
    candidates().ifPresent(request::candidates);
    for (int i = 0; i < where.size(); i++) {
      addCondition(request, i);
    }
    atMost.forEach((column, items) -> request.atMost(items, column));
    if (explain) {
      request.explain();
    }
    return new RecommendRequest(request.build(), requestId, fields);
  }

  private Optional<RankingRequest.Candidates> candidates() {
    if (idColumn.isPresent() && rows.isEmpty()) {
      throw JsonFields.refusal("id", "candidates that are rows", "none");
    }
    return rows.<RankingRequest.Candidates>map(
            all -> new RankingRequest.Candidates.Rows(all, idColumn))
        .or(() -> ids.map(RankingRequest.Candidates.Ids::new));
  }

  private void addCondition(RankingRequest.Builder request, int number) {
    try {
      request.where(where.get(number));
    } catch (MtlException e) {
      // Its message has the condition, which is what the client sent.
      throw JsonFields.refusal(
          "where[%d]".formatted(number), "a condition like stock > 0", "what is none");
    }
  }
}
