package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.serving.ranking.RankedItem;
import org.mtl4j.serving.ranking.RankingResult;

/** What is recommended of a catalogue, for people and as JSON. */
final class ChosenView {
  /** Features of an explanation that people see; JSON has them all. */
  private static final int SHOWN_FEATURES = 5;

  private ChosenView() {}

  static Map<String, Object> json(RankingResult ranking) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("by", ranking.by());
    json.put("recommendations", ranking.items().stream().map(ChosenView::item).toList());
    json.put("candidates", ranking.counts().candidates());
    json.put("scored", ranking.counts().scored());
    json.put("left_out", ranking.counts().left());
    json.put("unknown", ranking.unknown());
    return json;
  }

  private static Map<String, Object> item(RankedItem item) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rank", item.place().rank());
    json.put("id", item.id().orElse(null));
    json.put("item", item.place().item());
    json.put("score", item.place().score());
    json.put("scores", item.place().scores());
    if (!item.explanation().isEmpty()) {
      Map<String, Object> explanation = new LinkedHashMap<>();
      item.explanation()
          .forEach(
              (output, why) ->
                  explanation.put(output, why.stream().map(ChosenView::contribution).toList()));
      json.put("explanation", explanation);
    }
    return json;
  }

  private static Map<String, Object> contribution(RankedItem.Contribution contribution) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("feature", contribution.feature());
    json.put("group", contribution.group().orElse(null));
    json.put("value", contribution.value());
    return json;
  }

  static List<String> lines(RankingResult ranking) {
    List<String> lines = new ArrayList<>(List.of("ranked by " + ranking.by()));
    lines.addAll(
        RecommendationTable.lines(ranking.items().stream().map(RankedItem::place).toList()));
    ranking.items().stream()
        .filter(item -> !item.explanation().isEmpty())
        .forEach(item -> lines.addAll(why(item)));
    RankingResult.Counts counts = ranking.counts();
    lines.add(
        String.format(
            Locale.ROOT, "%,d candidates, %,d scored", counts.candidates(), counts.scored()));
    counts.left().forEach((reason, n) -> lines.add(String.format("left out: %,d %s", n, reason)));
    if (!ranking.unknown().isEmpty()) {
      lines.add("not in the catalogue: " + String.join(", ", ranking.unknown()));
    }
    return lines;
  }

  private static List<String> why(RankedItem item) {
    List<String> lines = new ArrayList<>();
    item.explanation()
        .forEach(
            (output, contributions) ->
                lines.add(
                    "%d, %s: %s"
                        .formatted(
                            item.place().rank(),
                            output,
                            contributions.stream()
                                .sorted(
                                    Comparator.comparingDouble(
                                        (RankedItem.Contribution c) -> -Math.abs(c.value())))
                                .limit(SHOWN_FEATURES)
                                .map(
                                    c ->
                                        String.format(
                                            Locale.ROOT, "%s %+.3f", c.feature(), c.value()))
                                .collect(Collectors.joining(", ")))));
    return lines;
  }
}
