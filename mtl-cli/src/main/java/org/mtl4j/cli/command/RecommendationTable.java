package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.serving.ranking.Recommendation;

/** Recommendations as a table: rank, the item's first columns, a score an output. */
final class RecommendationTable {
  /** Columns of an item that people see; JSON has them all. */
  private static final int SHOWN_COLUMNS = 3;

  private RecommendationTable() {}

  static List<String> lines(List<Recommendation> recommendations) {
    if (recommendations.isEmpty()) {
      return List.of();
    }
    Recommendation first = recommendations.get(0);
    List<String> columns = first.item().keySet().stream().limit(SHOWN_COLUMNS).toList();
    List<String> heads = new ArrayList<>(List.of("rank"));
    heads.addAll(columns);
    heads.addAll(first.scores().keySet());
    TextTable table = new TextTable(heads);
    for (Recommendation recommendation : recommendations) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(recommendation.rank())));
      columns.forEach(column -> row.add(recommendation.item().getOrDefault(column, "")));
      recommendation
          .scores()
          .values()
          .forEach(score -> row.add(String.format(Locale.ROOT, "%.4f", score)));
      table.row(row);
    }
    return table.lines();
  }
}
